import pytest
from making import WordEmbedder, build

from assistant.assistant import Assistant
from assistant.headrows import names_columns
from assistant.index import Index

PAPER = """<h1>Fenshire County Council</h1><h2>Harbours Committee</h2>
<p>Date of Meeting: 24 October 2024</p>
<h3>Berths</h3><table>
<tr><th>Harbour</th><th>Sound berths</th><th>Rotten berths</th></tr>
<tr><td>Brackwater</td><td>61</td><td>4</td></tr>
<tr><td>Saltmarsh</td><td>52</td><td>7</td></tr></table>
<p>The harbours were dredged.</p>
"""


@pytest.fixture(scope="module")
def harbours(tmp_path_factory):
    folder = tmp_path_factory.mktemp("heads")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "paper.html").write_text(PAPER, encoding="utf-8")
    build(folder / "corpus", folder / "index")
    return Assistant(Index.open(folder / "index", WordEmbedder.name), WordEmbedder())


def test_only_a_row_of_heads_names_columns(harbours):
    every = harbours.index.store.every()
    named = [one.text for one in every if names_columns(one, harbours.index)]
    assert named == ["Harbour | Sound berths | Rotten berths"]


def test_no_answer_cites_the_heads_of_a_table_alone(harbours):
    reply = harbours.ask("Which harbour has sound berths and rotten berths?")
    cited = [one.evidence.passage for one in reply.citations]
    assert cited and not any(names_columns(one, harbours.index) for one in cited)
