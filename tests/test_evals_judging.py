"""The training of the verdict: what it learns from, and that it learns to tell them apart."""

import numpy as np
import pytest

from assistant.verdict import VERDICT_FEATURES
from evals.judging import ELSEWHERE, NEAR, WEIGHTS, Judged
from evals.suites import SHARED


def judged(lacking, score):
    """A question with this score of the best span, and nothing else."""
    row = [0.0] * len(VERDICT_FEATURES)
    row[VERDICT_FEATURES.index("score")] = score
    return Judged("council", lacking, tuple(row))


@pytest.mark.slow
def test_what_reads_badly_where_nothing_answers_is_judged_less_likely():
    pytest.importorskip("lightgbm")
    from evals.judging import fit

    random = np.random.default_rng(7)
    answered = [judged("", score) for score in random.normal(2.0, 1.0, 400)]
    lacking = [judged(NEAR, score) for score in random.normal(-2.0, 1.0, 400)]
    odds = fit([*answered, *lacking]).predict(
        np.array([judged("", 3.0).row, judged("", -3.0).row]), raw_score=True
    )
    assert odds[0] > 0 > odds[1]


def test_a_near_miss_counts_for_more_than_a_question_about_elsewhere():
    assert WEIGHTS[NEAR] > WEIGHTS[""] > WEIGHTS[ELSEWHERE]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the training pairs are not here")
def test_near_misses_and_traps_have_no_answer_that_could_be_told():
    from evals.training import read_near_misses

    near = read_near_misses(SHARED / "training")
    assert len(near) > 800
    assert not any(pair.answers for pair in near)
