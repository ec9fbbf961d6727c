"""Reports of readers made into cases, and answers of the audit record given again."""

import json

import pytest

from assistant.audit import Audit
from assistant.errors import AssistantError
from evals.__main__ import main
from evals.cases import read_cases
from evals.promote import QUESTION, QUOTE, promote
from evals.replay import replay

CITED = ["a/Cabinet, pack.pdf, paragraph 3.2, page 59 (PDF page 61)", "b.txt, under “Dues”"]


def reports(folder, *told):
    file = folder / "feedback.jsonl"
    said = {"time": "2024-05-01T10:00+00:00", "index": "g-000001", "refused": False}
    rows = [{**said, "cited": CITED, "question": "", **one} for one in told]
    file.write_text("not JSON\n" + "".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return file


def case(folder, text):
    file = folder / "sample-new.yaml"
    file.write_text(text, "utf-8")
    return read_cases(file)[0]


def test_the_last_fault_becomes_a_case_that_a_maintainer_finishes(tmp_path):
    file = reports(tmp_path, {"reason": "other"}, {"reason": "wrong figure"}, {"reason": "helpful"})
    made = case(tmp_path, text := promote(file, None))
    assert made.id == "report-2024-05-01-3" and 'reported as "wrong figure"' in text
    assert made.question == QUESTION and made.evidence[0].quote == QUOTE
    assert (made.evidence[0].paper, made.evidence[0].page) == ("a/Cabinet, pack.pdf", 61)
    assert "# It cited too: b.txt, under" in text


def test_the_question_that_was_sent_is_the_case_s(tmp_path):
    file = reports(tmp_path, {"reason": "other", "question": "Who: said #this?\n- x"})
    assert case(tmp_path, promote(file, 2)).question == "Who: said #this?\n- x".strip()


@pytest.mark.parametrize("line", [1, 9])
def test_a_line_without_a_report_is_said_to_have_none(tmp_path, line):
    with pytest.raises(AssistantError, match="no report there"):
        promote(reports(tmp_path, {"reason": "other"}), line)


def test_the_command_prints_the_case(tmp_path, capsys):
    assert main(["promote", "--feedback", str(reports(tmp_path, {"reason": "other"}))]) == 0
    assert "- id: report-2024-05-01-2" in capsys.readouterr().out


def test_an_entry_is_given_again_with_the_words_it_cited(assistant, without_model, monkeypatch):
    monkeypatch.setattr("evals.replay.Embedder", lambda model: assistant._embedder)
    folder = assistant.index.folder.parent
    asked = "How many moorings were let in Brackwater?"
    for text in (False, True):
        reply = assistant.ask(asked)
        entry = Audit(folder, 9, text).keep(reply, assistant.index.folder.name, asked)
        lines, same = replay(folder, entry.id)
        assert same and any("moorings" in line for line in lines)
        assert ("the same answer" in lines[-1]) is text
    (folder / "audit.jsonl").unlink()


def test_an_entry_of_a_generation_that_is_gone_is_said_so(tmp_path, assistant):
    entry = Audit(tmp_path, 9).keep(assistant.ask("Who chairs it?"), "g-000099", "Who chairs it?")
    with pytest.raises(AssistantError, match="generation is gone"):
        replay(tmp_path, entry.id)
