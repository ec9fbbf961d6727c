import json
import shutil

import pytest

from assistant.answers import Answer, Refusal
from assistant.audit import Audit
from assistant.build import build_index
from assistant.conversation import Turn
from assistant.embedder import Embedder
from assistant.errors import IndexUnusable, PaperUnreadable
from assistant.index import current
from assistant.manifest import HeldPart
from assistant.page.desk import Desk, _holds
from assistant.page.told import Told
from assistant.scope import Scope
from assistant.seals import seal


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
        told = desk.ask(f"How many {name} did the survey find?", ())
        reply, around = told.reply, told.around
        cited = reply.citations if isinstance(reply, Answer) else reply.nearest
        assert len(desk.records()) == count
        assert [c.evidence.passage.key for c in cited] == list(around)


@pytest.fixture
def held_desk(small_index, corpus, tmp_path, desk_without_model):
    """A desk over an index that holds back a part of the harbour paper and nothing else."""
    index = tmp_path / "copy"
    shutil.copytree(small_index, index)
    manifest = current(index) / "manifest.json"
    known = json.loads(manifest.read_text("utf-8"))
    part = {"first": 2, "last": 3, "page": 2, "words": "EXEMPT"}
    held = {"digest": known["papers"]["harbour.md"], "whole": False, "parts": [part]}
    manifest.write_text(json.dumps(known | {"withheld": {"harbour.md": held}}), "utf-8")
    seal(manifest.parent)
    return Desk(index, "", corpus)


def test_what_was_asked_before_in_the_same_words_is_not_sought_again(held_desk):
    asked = "How many moorings were let in Brackwater?"
    told = held_desk.ask(asked)
    assert held_desk.ask(asked) is told
    assert held_desk.ask(asked, scope=Scope("Libraries Panel")) is not told
    assert held_desk.ask(asked, [Turn("Who chairs it?", "Wren Ashby.")]) is not told


def test_what_comes_from_another_index_than_the_one_in_use_is_not_kept(
    small_index, corpus, desk_without_model
):
    told = Told(Refusal("The papers do not say."), {}, generation="g-000000")
    sought = []
    desk = Desk(small_index, "", corpus, seek=lambda *asked: sought.append(asked) or told)
    for _ in range(2):
        assert desk.ask("How many moorings were let?") is told
    assert len(sought) == 2


def test_each_answer_is_kept_in_the_audit_record(small_index, corpus, tmp_path, desk_without_model):
    desk = Desk(small_index, "", corpus, Audit(tmp_path, 30))
    for _ in range(2):
        desk.ask("How many moorings were let in Brackwater?")
    assert len((tmp_path / "audit.jsonl").read_text("utf-8").splitlines()) == 2


def test_a_file_of_which_a_part_is_held_back_is_not_handed_out(held_desk):
    assert held_desk.file("library.md").name == "library.md"
    with pytest.raises(PaperUnreadable, match="not for publication"):
        held_desk.file("harbour.md")


def test_a_file_that_is_not_indexed_is_not_handed_out(held_desk, corpus):
    (corpus / "new.md").write_text("Words.", "utf-8")
    for path in ("new.md", "../copy/current", "papers.yaml"):
        with pytest.raises(PaperUnreadable, match="not among"):
            held_desk.file(path)


def test_no_picture_is_drawn_of_a_paper_without_pages(held_desk):
    with pytest.raises(PaperUnreadable, match="has no page 1"):
        held_desk.picture("library.md", 1, 1.0, ())


@pytest.mark.parametrize(("page", "held"), [(1, False), (2, True), (3, True), (4, False)])
def test_the_pages_of_a_part_are_held_to_its_last(page, held):
    assert _holds(page)(HeldPart(2, 3, 2, "EXEMPT")) is held
    assert _holds(page)(HeldPart(None, None, None, "EXEMPT"))
