import pytest
from making import HARBOUR, WordEmbedder, build, write_corpus

from assistant.assistant import Assistant
from assistant.index import Index
from assistant.terminal import Talk

ASKED = "How many moorings were let in Brackwater in 2023-24?"


@pytest.fixture
def talk(assistant):
    return Talk(assistant)


def test_an_answer_is_said_with_its_source(talk):
    assert "harbour.md" in talk.reply(ASKED)


def test_a_follow_up_is_said_with_how_it_was_understood(talk):
    assert "Understood as" not in talk.reply(ASKED)
    assert talk.reply("and the year before?").startswith(
        "Understood as: moorings, Brackwater, 2022-23"
    )


def test_a_scope_is_set_told_and_lifted(talk):
    assert talk.reply("/scope") == "Looking in all papers."
    assert talk.reply("/scope Libraries Panel") == "Looking only in: Libraries Panel"
    assert "harbour.md" not in talk.reply(ASKED)
    assert talk.reply("/scope all papers") == "Looking in all papers."


def test_a_scope_that_names_nothing_is_told(talk):
    assert "names no committee" in talk.reply("/scope lasagne")


def test_the_last_answer_is_explained_after_its_turns(talk):
    assert "Nothing" in talk.reply("/explain")
    talk.reply(ASKED)
    assert "Verdict: " in talk.reply("/explain")


def test_a_conversation_is_exported(talk, tmp_path):
    talk.reply(ASKED)
    file = tmp_path / "talk.md"
    assert "turns written: 1" in talk.reply(f"/export {file}")
    assert file.read_text("utf-8").startswith(f"**{ASKED}**")
    assert "cannot be written" in talk.reply(f"/export {tmp_path}")


def test_an_unknown_command_is_told_what_there_is(talk):
    assert "/sources" in talk.reply("/source")


def test_a_reading_is_offered_by_number_and_asked_by_it(talk, monkeypatch):
    other = ASKED.replace("2023-24", "2022-23")
    monkeypatch.setattr("assistant.assistant.readings", lambda *_: (other,))
    assert f"1. {other}" in talk.reply(ASKED)
    talk.reply("1")
    assert f"**{other}**" in talk.reply("/export")


def test_a_conversation_goes_on_over_an_index_that_was_swapped_in(corpus, tmp_path):
    index = tmp_path / "index"
    build(corpus, index)
    opened = Index.open(index, WordEmbedder.name)
    talk = Talk(Assistant(opened, WordEmbedder()), index)
    assert "389" in talk.reply(ASKED)
    write_corpus(corpus, harbour=HARBOUR.replace("389", "377"))
    build(corpus, index)
    assert "389" not in talk.reply("/sources")
    assert "377" in talk.reply(ASKED)
