import pytest

from evals.cases import CaseInvalid, Kind, PastTurn, read_cases

GOOD = """
- id: bus-1
  question: What does a ticket cost?
  kind: figure
  history:
  - {user: Hello, assistant: Good day}
  evidence:
  - {paper: fares.pdf, page: 2, quote: a ticket costs £2}
  need: all
  answer: £2
  must_include: [["£2", "two pounds"]]
  difficulty: 1
"""


def write(tmp_path, text):
    path = tmp_path / "sample.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_reads_every_field_of_a_case(tmp_path):
    (case,) = read_cases(write(tmp_path, GOOD))
    assert (case.id, case.kind, case.all_needed) == ("bus-1", Kind.FIGURE, True)
    assert (case.evidence[0].page, case.evidence[0].paper) == (2, "fares.pdf")
    assert case.groups == (("£2", "two pounds"),)
    assert case.history == (PastTurn("Hello", "Good day"),)


def test_an_unanswerable_case_needs_neither_evidence_nor_answer(tmp_path):
    text = "- {id: none-1, question: Who, kind: unanswerable, evidence: [], answer: ''}"
    (case,) = read_cases(write(tmp_path, text))
    assert not case.answerable


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        ("kind: figure", "kind: number", "number"),
        ("need: all", "need: some", "need"),
        ('["£2", "two pounds"]', "2", "must_include"),
        ('["£2", "two pounds"]', "", "must_include"),
        ("page: 2", "page: 0", "page"),
        ("answer: £2", "answer: 2", "answer"),
        ("difficulty", "dificulty", "dificulty"),
        ("quote: a ticket costs £2", "quote: ''", "quote"),
        ("{user: Hello, assistant: Good day}", "Hello", "history"),
    ],
)
def test_a_wrong_field_is_named_with_its_file_and_case(tmp_path, old, new, names):
    with pytest.raises(CaseInvalid) as problem:
        read_cases(write(tmp_path, GOOD.replace(old, new)))
    assert all(part in str(problem.value) for part in ("sample.yaml", "bus-1", names))


def test_an_id_may_stand_only_once(tmp_path):
    with pytest.raises(CaseInvalid, match="bus-1: the id is used twice"):
        read_cases(write(tmp_path, GOOD + GOOD))


@pytest.mark.parametrize("text", ["id: bus-1", "- bus-1", "- {id: [}", "- {question: Who?}"])
def test_a_file_that_holds_no_cases_is_named(tmp_path, text):
    with pytest.raises(CaseInvalid, match=r"sample\.yaml"):
        read_cases(write(tmp_path, text))
