"""Exchanges: a follow-up that names another row or column is told the cell that stands there."""

import pytest
from making import WordEmbedder, build

from assistant.assistant import Assistant
from assistant.conversation import Turn, make_whole
from assistant.exchange import exchanged
from assistant.index import Index

PAPER = """<h1>Fenshire County Council</h1><h2>Harbours Committee</h2>
<p>Date of Meeting: 24 October 2024</p>
<h3>Berths taken by harbour</h3><table>
<tr><th>Harbour</th><th>Boys 2023</th><th>Girls 2023</th><th>Boys 2024</th><th>Nat 2024</th></tr>
<tr><td>Brackwater</td><td>61%</td><td>64%</td><td>66%</td><td>70%</td></tr>
<tr><td>Saltmarsh</td><td>52%</td><td>57%</td><td>53%</td><td>70%</td></tr>
<tr><td>Thornmere</td><td>41%</td><td></td><td>49%</td><td>70%</td></tr></table>
<p>Sailing courses were taken by 66% of boys in Brackwater and by more of the girls there.</p>
"""
BEFORE = "What share of boys in Brackwater took a berth in 2024?"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("exchange")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "paper.html").write_text(PAPER, encoding="utf-8")
    build(folder / "corpus", folder / "index")
    return Assistant(Index.open(folder / "index", WordEmbedder.name), WordEmbedder())


@pytest.fixture(scope="module")
def ask(assistant):
    return lambda asked, told="66%.": assistant.ask(asked, [Turn(BEFORE, told)])


@pytest.mark.parametrize(
    "asked, told",
    [
        ("and the year before?", "Boys 2023: 61%"),
        ("what about Saltmarsh?", "Boys 2024: 53%"),
        ("and Thornmere in 2023?", "Boys 2023: 41%"),
        ("how about nationally", "Nat 2024: 70%"),
        ("no, I meant girls in 2023", "Girls 2023: 64%"),
    ],
)
def test_another_name_or_period_takes_the_cell_that_is_else_the_same(ask, asked, told):
    reply = ask(asked)
    assert reply.text.endswith(f"{told} [1]")
    assert len(reply.citations) == 1


def test_of_several_figures_that_were_told_the_one_that_was_asked_for_is_exchanged(ask):
    told = "Harbour: Brackwater; Boys 2023: 61%; Boys 2024: 66% [1]"
    assert ask("and Saltmarsh?", told).text.endswith("Boys 2024: 53% [1]")


def test_a_cell_that_was_told_in_another_place_is_exchanged_for_none(ask):
    assert len(ask("what about Saltmarsh?", "They had 12 moorings.").citations) > 1


def test_an_empty_cell_tells_nothing(assistant, ask):
    asked = "and girls in Thornmere in 2023?"
    assert exchanged(make_whole(asked, [Turn(BEFORE, "66%.")]), assistant.index) is None
    assert "Girls 2023" not in ask(asked).text


def test_a_cell_that_is_there_is_exchanged(assistant):
    whole = make_whole("and girls in Brackwater in 2023?", [Turn(BEFORE, "66%.")])
    assert exchanged(whole, assistant.index).text == "64%"


def test_a_fragment_that_asks_who_or_compares_takes_no_cell(ask):
    assert "Boys 2023: 61%" not in ask("who by the year before?").text
    assert not ask("is Saltmarsh better?").text.endswith("Boys 2024: 53% [1]")
