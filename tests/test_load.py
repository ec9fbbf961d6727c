"""Many people at once: the answers are those given alone, and the memory stays as it was."""

import json

import pytest
from browsing import ANSWERED, CHARTED

from assistant.page.chat import VISITS_KEPT
from benchmarks.load import Crowd, logged, measured, served
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


@pytest.mark.slow
def test_visits_beyond_those_that_are_kept_take_no_more_memory(browsed_index, browsed_papers):
    crowd = Crowd(people=50, asked=1, pause=0)
    visits = crowd.visits(QUESTIONS)
    held = []
    with served(browsed_index, browsed_papers) as server:
        for _ in range(2):
            for _ in range(VISITS_KEPT // crowd.people):
                assert all(one.shown for one in crowd.ask(server, visits))
            held.append(server.megabytes)
    assert held[0] > 100
    assert held[1] - held[0] < 15  # megabytes; kept, the visits since would take some fifty


@pytest.mark.slow
def test_what_each_process_of_a_page_holds_is_written_down(browsed_index, browsed_papers, tmp_path):
    log = tmp_path / "memory.jsonl"
    with served(browsed_index, browsed_papers) as server, logged(server, log):
        server.ask(ANSWERED, "0" * 32)
    (line,) = map(json.loads, log.read_text("utf-8").splitlines())
    assert {name.split()[0] for name in line} >= {"second", "page", "clerk"}
    assert min(held for name, held in line.items() if name.startswith(("page", "clerk"))) > 20


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
