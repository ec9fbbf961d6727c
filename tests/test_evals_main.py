from evals.__main__ import conclude
from evals.cases import Case, Evidence, Kind
from evals.replies import Citation, Reply
from evals.scoring import score

QUOTE = "a ticket costs £2 in the evening"


def scores(right, wrong=0, answer="£2 [1]"):
    good = Reply(answer, citations=(Citation(1, "fares.pdf", QUOTE),))
    bad = Reply("The papers do not say.", refused=True)
    replies = [bad] * wrong + [good] * right
    evidence = (Evidence("fares.pdf", QUOTE),)
    return {
        "sample": [
            score(Case(f"bus-{n}", "What?", Kind.FIGURE, "£2", evidence, (("£2",),)), reply)
            for n, reply in enumerate(replies)
        ]
    }


def test_without_a_baseline_the_run_holds_and_tells_how_to_save_one(tmp_path, capsys):
    assert conclude(scores(4), tmp_path, save=False) == 0
    assert "python -m evals --save" in capsys.readouterr().out
    assert not (tmp_path / "baseline.json").exists()


def test_a_run_as_good_as_the_baseline_holds(tmp_path):
    assert conclude(scores(4), tmp_path, save=True) == 0
    assert conclude(scores(4), tmp_path, save=False) == 0


def test_three_cases_fewer_fail_and_are_named_with_their_stage(tmp_path, capsys):
    conclude(scores(4), tmp_path, save=True)
    assert conclude(scores(1, wrong=3), tmp_path, save=False) == 1
    assert "FAILED sample: right and cited went from 4 to 1" in capsys.readouterr().out


def test_two_cases_fewer_are_told_but_hold(tmp_path, capsys):
    conclude(scores(4), tmp_path, save=True)
    assert conclude(scores(2, wrong=2), tmp_path, save=False) == 0
    out = capsys.readouterr().out
    assert "right and cited went from 4 to 2" in out
    assert "FAILED" not in out


def test_one_unsupported_figure_fails_the_run_also_when_saving(tmp_path, capsys):
    assert conclude(scores(4, answer="£2 of £7 [1]"), tmp_path, save=True) == 1
    assert "FAILED unsupported figures: bus-0: 7" in capsys.readouterr().out


def test_every_run_prints_the_tables_and_writes_the_report(tmp_path, capsys):
    conclude(scores(1, wrong=1), tmp_path, save=False)
    out = capsys.readouterr().out
    assert all(title in out for title in ("Measures", "sample, by kind", "Misses, by the stage"))
    assert "bus-0" in (tmp_path / "report.html").read_text(encoding="utf-8")
