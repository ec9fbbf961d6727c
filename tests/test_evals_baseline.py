import pytest

from evals.baseline import BaselineInvalid, compare, read_baseline, record, save_baseline
from evals.cases import Case, Evidence, Kind
from evals.replies import Reply
from evals.scoring import Score, Stage


def scored(name, *, rank=1, stage=None, refused=False):
    case = Case(name, "What?", Kind.FIGURE, "5", (Evidence("a.pdf", "five"),), (("5",),))
    reply = Reply("5", refused=refused)
    return Score(case, reply, rank, stage is None, stage is None, (), 0, 0, stage)


def suite(*failing, size=6, **fields):
    return [
        scored(name, **fields) if name in failing else scored(name)
        for name in map(str, range(size))
    ]


def changes(before, now):
    return {change.measure: change for change in compare("sample", record(before), now)}


def test_two_cases_fewer_are_allowed_and_three_are_not():
    two = changes(suite(), suite("1", "2", stage=Stage.NOT_SHOWN))
    three = changes(suite(), suite("1", "2", "3", stage=Stage.NOT_SHOWN))
    assert not two["right and cited"].too_far
    assert three["right and cited"].too_far


def test_a_case_gained_makes_up_for_a_case_lost():
    now = suite("1", "2", "3", stage=Stage.NOT_SHOWN)
    change = changes(suite("0", stage=Stage.REFUSED), now)["right and cited"]
    assert (change.before, change.now, change.too_far) == (5, 3, False)
    assert [score.case.id for score in change.better] == ["0"]


def test_more_wrong_refusals_are_worse():
    now = suite("1", "2", "3", stage=Stage.REFUSED, refused=True)
    assert changes(suite(), now)["refused wrongly"].too_far
    assert not changes(now, suite())["refused wrongly"].too_far


def test_a_fall_in_recall_names_each_case_with_its_rank():
    change = changes(suite(), suite("1", "2", "4", rank=7))["Recall@5"]
    assert change.too_far
    assert str(change) == (
        "sample: Recall@5 went from 6 to 3; worse: 1 (rank 7), 2 (rank 7), 4 (rank 7)"
    )


def test_a_fall_in_right_and_cited_names_the_stage():
    change = changes(suite(), suite("1", stage=Stage.TOO_LONG))["right and cited"]
    assert str(change).endswith("worse: 1 (too long)")


def test_only_cases_in_both_runs_are_compared():
    assert not any(change.too_far for change in changes(suite(), suite(size=2)).values())
    assert changes(suite(size=2), suite())["Recall@1"].better == ()


def test_saving_keeps_the_suites_that_were_not_run(tmp_path):
    path = tmp_path / "baseline.json"
    save_baseline(path, {"kent": record(suite("1", stage=Stage.REFUSED, refused=True))})
    save_baseline(path, {"sample": record(suite())})
    kept = read_baseline(path)
    assert kept["kent"].counted["right and cited"] == frozenset("02345")
    assert kept["sample"] == record(suite())


def test_the_baseline_holds_no_words_of_papers_or_questions(tmp_path):
    path = tmp_path / "baseline.json"
    save_baseline(path, {"sample": record(suite())})
    text = path.read_text(encoding="utf-8")
    assert "five" not in text
    assert "What?" not in text


def test_no_baseline_is_no_records(tmp_path):
    assert read_baseline(tmp_path / "baseline.json") == {}


@pytest.mark.parametrize("text", ["{", "[]", '{"kent": {}}', '{"kent": {"measures": {}}}'])
def test_a_damaged_baseline_names_the_command_that_mends_it(tmp_path, text):
    path = tmp_path / "baseline.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BaselineInvalid, match="python -m evals --save"):
        read_baseline(path)
