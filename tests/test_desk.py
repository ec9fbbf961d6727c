import pytest

from assistant.answers import Answer
from assistant.build import build_index
from assistant.embedder import Embedder
from assistant.errors import IndexUnusable
from assistant.page.desk import Desk


def test_a_desk_without_an_index_says_what_to_run(tmp_path):
    with pytest.raises(IndexUnusable, match="assistant index"):
        Desk(tmp_path / "none", "", tmp_path).records()


@pytest.mark.slow
def test_a_desk_answers_from_the_newest_index_without_being_started_again(tmp_path):
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    desk, embedder = Desk(index, "", corpus), Embedder()
    for count, name in enumerate(("otters", "beavers"), 1):
        (corpus / f"{name}.txt").write_text(f"The {name} survey found 214 {name}.\n")
        build_index(corpus, index, embedder=embedder, progress=False)
        reply, around = desk.ask(f"How many {name} did the survey find?", ())
        cited = reply.citations if isinstance(reply, Answer) else reply.nearest
        assert len(desk.records()) == count
        assert [c.evidence.passage.key for c in cited] == list(around)
