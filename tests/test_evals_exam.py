"""The exam before a swap: an index that answers known questions worse is not swapped in."""

import pytest
from making import HARBOUR, WordEmbedder, write_corpus

from assistant.build import build_index, decide
from assistant.cli import main
from assistant.errors import AssistantError
from assistant.index import Index, current
from assistant.releases import Act
from evals.exam import cases_about, make_exam

CASES = """
- id: moorings
  question: How many moorings were let in Brackwater in 2023-24?
  kind: figure
  evidence: [{paper: papers/harbour.md, quote: "The number of moorings let in Brackwater fell"}]
  answer: "389"
  must_include: [["389"]]
"""
UNKNOWN = """
- id: fares
  question: What is the ferry fare to Saltmarsh Quay?
  kind: unanswerable
"""
WORSE = HARBOUR.replace("fell from 412 to 389 in 2023-24", "is not known")


@pytest.fixture
def indexed(corpus, tmp_path):
    """Builds under the exam, and returns the folder in use then."""
    (tmp_path / "sample.yaml").write_text(CASES)
    index = tmp_path / "index"

    def built():
        exam = make_exam(WordEmbedder(), [tmp_path / "sample.yaml"])
        build_index(corpus, index, embedder=WordEmbedder(), progress=False, exam=exam)
        return current(index)

    return built


def test_an_index_that_answers_as_well_is_swapped_in(corpus, indexed):
    before = indexed()
    write_corpus(corpus, ferry="The ferry fare is £4.\n")
    assert indexed() != before


def test_an_index_that_answers_worse_is_not_and_the_questions_are_listed(corpus, indexed, tmp_path):
    before = indexed()
    write_corpus(corpus, harbour=WORSE)
    with pytest.raises(AssistantError, match="answers 0 of 1 known questions") as failed:
        indexed()
    assert "moorings: How many moorings" in str(failed.value)
    assert current(tmp_path / "index") == before
    assert [path.name for path in (tmp_path / "index").iterdir() if path.is_dir()] == [before.name]


def test_a_question_that_was_refused_and_is_answered_fails(corpus, indexed, tmp_path):
    (tmp_path / "sample.yaml").write_text(CASES + UNKNOWN)
    before = indexed()
    write_corpus(corpus, ferry="The ferry fare to Saltmarsh Quay is £4.\n")
    with pytest.raises(AssistantError, match="answers what the one in use refuses") as failed:
        indexed()
    assert "fares: What is the ferry fare" in str(failed.value)
    assert current(tmp_path / "index") == before


def test_questions_that_no_paper_answers_are_asked_where_their_suite_is(corpus, indexed, tmp_path):
    (tmp_path / "sample.yaml").write_text(CASES + UNKNOWN)
    indexed()
    new = Index.open(tmp_path / "index", WordEmbedder.name)
    files = [tmp_path / "sample.yaml"]
    assert [case.id for case in cases_about(new, files)] == ["moorings", "fares"]
    (corpus / "harbour.md").unlink()
    indexed()
    assert cases_about(Index.open(tmp_path / "index", WordEmbedder.name), files) == []


def test_a_question_whose_paper_is_gone_fails_nobody(corpus, indexed):
    before = indexed()
    (corpus / "harbour.md").unlink()
    assert indexed() != before


def test_a_withdrawal_is_obeyed_however_the_questions_are_answered(corpus, indexed, tmp_path):
    before = indexed()
    write_corpus(corpus, harbour=WORSE)
    decide(corpus, tmp_path / "index", "library.md", Act.WITHDRAW, by="Wren", why="error")
    assert indexed() != before


@pytest.mark.usefixtures("without_model")
def test_the_command_takes_the_exam_and_fails_in_one_line_and_a_list(
    corpus, tmp_path, capsys, monkeypatch
):
    (tmp_path / "sample.yaml").write_text(CASES)
    exam = make_exam(WordEmbedder(), [tmp_path / "sample.yaml"])
    monkeypatch.setattr("evals.exam.make_exam", lambda embedder: exam)
    command = ["index", "--gate", "--quiet", "--corpus", str(corpus)]
    command += ["--index", str(tmp_path / "index")]
    assert (main(command), capsys.readouterr().out) == (0, "")
    write_corpus(corpus, harbour=WORSE)
    assert main(command) == 2
    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith("assistant: the new index answers 0 of 1")
    assert "moorings" in second
