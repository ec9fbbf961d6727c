"""The audit record: what it keeps, for how long, and that an answer is given again from it."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from making import WordEmbedder

from assistant.assistant import Assistant
from assistant.audit import FILE, Audit, digest_of, find_entry, words_of
from assistant.conversation import Turn
from assistant.errors import AssistantError
from assistant.index import Index

ASKED = "How many moorings were let in Brackwater?"
DAY = datetime(2024, 5, 1, tzinfo=UTC)


def lines(folder):
    return [json.loads(line) for line in (folder / FILE).read_text("utf-8").splitlines()]


def kept(folder, assistant, text=False, day=DAY, days=30):
    audit = Audit(folder, days, text, now=lambda: day)
    reply = assistant.ask(ASKED)
    return audit.keep(reply, assistant.index.folder.name, ASKED, [Turn("Hello", "Yes")])


def test_time_generation_evidence_and_verdict_are_kept_without_the_text(tmp_path, assistant):
    entry = kept(tmp_path, assistant)
    (line,) = lines(tmp_path)
    assert line["time"].startswith("2024-05-01") and line["index"] == "g-000001"
    assert line["evidence"] and line["verdict"] in ("answer", "refusal")
    assert (line["question"], line["history"]) == ("", []) and ASKED not in json.dumps(line)
    assert find_entry(tmp_path, entry.id) == entry


def test_the_text_is_kept_only_where_it_was_asked_for(tmp_path, assistant):
    entry = kept(tmp_path, assistant, text=True)
    assert entry.question == ASKED and entry.history == (("Hello", "Yes"),)
    assert find_entry(tmp_path, entry.id) == entry


def test_nothing_is_kept_for_no_days(tmp_path, assistant):
    assert kept(tmp_path, assistant, days=0) is None and not (tmp_path / FILE).exists()


def test_entries_are_forgotten_after_their_days(tmp_path, assistant):
    old, new = (kept(tmp_path, assistant, day=DAY + timedelta(n)) for n in (0, 20))
    assert Audit(tmp_path, 30, now=lambda: DAY + timedelta(41)).forget() == 1
    assert find_entry(tmp_path, new.id) and len(lines(tmp_path)) == 1
    with pytest.raises(AssistantError, match="no such entry"):
        find_entry(tmp_path, old.id)


def test_a_server_that_runs_for_long_forgets_too(tmp_path, assistant):
    for days in (0, 20, 40):
        kept(tmp_path, assistant, day=DAY + timedelta(days))
    assert [line["time"][:10] for line in lines(tmp_path)] == ["2024-05-21", "2024-06-10"]


def test_the_words_cited_are_found_again_in_their_generation(tmp_path, assistant):
    entry = kept(tmp_path, assistant)
    reply = assistant.ask(ASKED)
    cited = getattr(reply, "citations", None) or reply.nearest
    index = Index.open_generation(assistant.index.folder)
    assert words_of(entry, index) == [citation.evidence for citation in cited]


def test_the_question_asked_again_on_its_generation_gives_the_same_answer(tmp_path, assistant):
    entry = kept(tmp_path, assistant, text=True)
    again = Assistant(Index.open_generation(assistant.index.folder), WordEmbedder())
    assert digest_of(again.ask(entry.question)) == entry.digest


def test_a_line_that_was_cut_off_is_forgotten_and_hurts_no_other(tmp_path, assistant):
    entry = kept(tmp_path, assistant)
    with (tmp_path / FILE).open("a") as opened:
        opened.write('{"id": "x')
    Audit(tmp_path, 30, now=lambda: DAY).forget()
    assert find_entry(tmp_path, entry.id) == entry and len(lines(tmp_path)) == 1
