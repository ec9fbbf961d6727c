import pytest

from evals.__main__ import main
from evals.cases import Case, CaseInvalid, Evidence, Kind, PastTurn
from evals.replies import Hit, Reply
from evals.suites import EVALS, SHARED, batch_row, find_cases, run_suite, suite_of

CASES = "- {id: ID, question: Who, kind: unanswerable}\n"
CASE = Case(
    "bus-1",
    "and then?",
    Kind.FOLLOWUP,
    "£2",
    (Evidence("fares.pdf", "a ticket costs £2"),),
    (("£2",),),
    history=(PastTurn("Is there a bus?", "Yes."),),
)


def write(folder, name, case_id):
    path = folder / name
    path.write_text(CASES.replace("ID", case_id), encoding="utf-8")
    return path


def test_the_name_of_a_case_file_says_which_papers_it_asks_about(tmp_path):
    assert suite_of(tmp_path / "kent-dev.yaml").name == "kent"
    assert suite_of(tmp_path / "dorset.yaml").name == "dorset"
    assert suite_of(EVALS / "hard.yaml").name == "sample"
    with pytest.raises(CaseInvalid, match=r"other\.yaml"):
        suite_of(tmp_path / "other.yaml")


def test_cases_come_from_files_and_folders_each_file_once(tmp_path):
    file = write(tmp_path, "sample.yaml", "s-1")
    write(tmp_path, "kent-dev.yaml", "k-1")
    found = find_cases([file, tmp_path])
    ids = {suite.name: [case.id for case in cases] for suite, cases in found.items()}
    assert ids == {"sample": ["s-1"], "kent": ["k-1"]}


def test_an_id_may_stand_in_one_file_of_a_suite_only(tmp_path):
    write(tmp_path, "kent-a.yaml", "k-1")
    write(tmp_path, "kent-b.yaml", "k-1")
    with pytest.raises(CaseInvalid, match=r"kent-b\.yaml: case k-1"):
        find_cases([tmp_path])


def test_a_case_is_asked_as_a_batch_row():
    assert batch_row(CASE) == {
        "id": "bus-1",
        "question": "and then?",
        "history": [{"user": "Is there a bus?", "assistant": "Yes."}],
    }


def test_every_case_is_asked_and_scored_in_order_with_a_progress_bar(capsys):
    hits = (Hit("fares.pdf", "a ticket costs £2"),)
    scores = run_suite("sample", [CASE, CASE], lambda case: Reply("£9", hits=hits))
    assert [score.rank for score in scores] == [1, 1]
    assert "sample: asking" in capsys.readouterr().err


def test_a_missing_case_file_is_an_error_in_one_line(tmp_path, capsys):
    assert main(["--cases", str(tmp_path / "kent.yaml")]) == 2
    assert capsys.readouterr().err.startswith("error: ")


def test_only_whole_suites_can_become_the_baseline(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["--save", "--cases", "sample.yaml"])
    assert stopped.value.code == 2
    assert "--cases" in capsys.readouterr().err


def test_the_known_questions_beside_the_checkout_can_be_read():
    if not (SHARED / "evals").is_dir():
        pytest.skip("the folder shared/evals is not beside this checkout")
    names = {suite.name for suite in find_cases([SHARED / "evals"])}
    assert {"dorset", "kent"} <= names
