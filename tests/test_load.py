"""Many people at once: the answers are those given alone, and the memory stays as it was."""

import pytest
from browsing import ANSWERED, CHARTED

from benchmarks.load import Crowd, measured

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
    _, half, after = run.memory
    assert (
        after - half < 60
    )  # megabytes; a visit keeps a tenth of one, a thread's first answer more
