"""Many people at once: the answers are those given alone, and the memory stays as it was."""

import pytest
from browsing import ANSWERED, CHARTED

from benchmarks.load import Crowd, measured
from benchmarks.memory import Watched

QUESTIONS = (
    ANSWERED,
    CHARTED,
    "What does RSC stand for?",
    "How many moorings were let in Saltmarsh Quay in 2020?",
    "How many beavers did the survey find?",
    "Who won the football world cup of 1966?",
    "And in 2021?",
    "What did the otter survey find in the brook?",
)


@pytest.mark.slow
def test_a_crowd_with_some_that_drop_or_read_slowly_gets_what_each_gets_alone(
    browsed_index, browsed_papers
):
    crowd = Crowd(people=50, asked=2, pause=1.5, minutes=0.2)
    run = measured(crowd, browsed_index, browsed_papers, QUESTIONS)
    assert len(run.done) >= 100 and run.wrong == ()
    half, *_, last = [held for _, held in run.memory.readings[len(run.memory.readings) // 2 :]]
    assert last - half < 60  # megabytes; a visit keeps a tenth of one, a first answer more


def test_memory_that_grows_is_told_from_memory_that_only_wavers():
    wavering, growing = Watched(lambda: 0.0), Watched(lambda: 0.0)
    for at in range(240):
        noise = 3.0 * ((at * 7) % 11 - 5)
        wavering.readings.append((5.0 * at, 500 + noise))
        growing.readings.append((5.0 * at, 500 + noise + at / 7.2))
    slope, error = wavering.growth()
    assert abs(slope) < 3 * error
    slope, error = growing.growth()
    assert 0 < error < 20 and slope == pytest.approx(100, abs=3 * error)
