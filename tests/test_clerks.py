"""Clerks: what they tell is what one process tells, and one that dies or stalls harms nobody."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from time import monotonic, sleep
from urllib.request import urlopen

import pytest
from making import HARBOUR, build, word_clerk, write_corpus

from assistant.conversation import Turn
from assistant.errors import AssistantError, IndexUnusable, QuestionInvalid
from assistant.page.clerks import Clerks
from assistant.scope import Scope

pytestmark = pytest.mark.slow
ASKED = "How many moorings were let in Brackwater?"
QUESTIONS = (
    (ASKED, (), Scope()),
    ("and who chairs it?", (Turn(ASKED, "389"),), Scope()),
    ("How many books were lent?", (), Scope("Libraries Panel")),
    ("How many books were lent?", (), Scope("Harbours Committee")),
    ("What do yachts pay?", (), Scope()),
)


def fragile(index, marker):
    """A clerk that kills itself at "die", at "die once" the first time, and stalls at "stall"."""
    ask = word_clerk(index)

    def seek(question, turns, scope):
        if question == "stall":
            sleep(600)
        if question == "die" or (question == "die once" and not marker.exists()):
            marker.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return ask(question, turns, scope)

    return seek


@pytest.fixture(scope="module")
def clerks(small_index):
    with Clerks(partial(word_clerk, small_index), 2) as hired:
        yield hired


@pytest.fixture(scope="module")
def fragile_clerks(small_index, tmp_path_factory):
    marker = tmp_path_factory.mktemp("fragile") / "died"
    with Clerks(partial(fragile, small_index, marker), 2, seconds=3) as hired:
        yield hired


def wait_for(condition):
    until = monotonic() + 60
    while not condition():
        assert monotonic() < until
        sleep(0.05)


def is_there(process):
    stat = Path(f"/proc/{process}/stat")
    return stat.exists() and stat.read_text().rpartition(") ")[2][0] != "Z"


def test_what_clerks_tell_is_what_is_told_in_one_process(clerks, small_index, without_model):
    alone = word_clerk(small_index)
    with ThreadPoolExecutor(8) as people:
        together = list(people.map(lambda asked: clerks.ask(*asked), QUESTIONS * 4))
    assert together == [alone(*asked) for asked in QUESTIONS] * 4


def test_what_is_amiss_with_a_question_is_said_by_a_clerk_too(clerks):
    with pytest.raises(QuestionInvalid):
        clerks.ask("word " * 2_000)


def test_a_clerk_that_is_killed_is_replaced_and_nobody_goes_without_an_answer(clerks):
    told, before = clerks.ask(ASKED), set(clerks.processes)
    with ThreadPoolExecutor(8) as people:
        asking = [people.submit(clerks.ask, ASKED) for _ in range(40)]
        for one in before:
            os.kill(one, signal.SIGKILL)
        assert all(one.result() == told for one in asking)
    wait_for(lambda: len(clerks.processes) == 2 and not before & set(clerks.processes))


def test_a_question_whose_clerk_died_is_answered_by_another(fragile_clerks):
    assert fragile_clerks.ask("die once").reply.text


def test_a_question_that_kills_every_clerk_is_told_and_the_next_is_answered(fragile_clerks):
    with pytest.raises(AssistantError, match="failed twice"):
        fragile_clerks.ask("die")
    assert "389" in fragile_clerks.ask(ASKED).reply.text


def test_a_clerk_that_stalls_is_ended_and_the_next_question_answered(fragile_clerks):
    with pytest.raises(AssistantError, match="took too long"):
        fragile_clerks.ask("stall")
    assert "389" in fragile_clerks.ask(ASKED).reply.text


def test_a_rebuild_is_taken_up_by_every_clerk(corpus, tmp_path):
    index = tmp_path / "index"
    with Clerks(partial(word_clerk, index), 2) as hired:
        with pytest.raises(IndexUnusable, match="assistant index"):
            hired.ask(ASKED)
        for count in ("389", "1,017"):
            write_corpus(corpus, harbour=HARBOUR.replace("389", count))
            build(corpus, index)
            told = [hired.ask(ASKED) for _ in range(4)]  # they take turns
            assert len({one.generation for one in told}) == 1
            assert all(count in one.reply.text for one in told)


def test_closing_ends_the_clerks(small_index):
    hired = Clerks(partial(word_clerk, small_index), 2)
    hired.ask(ASKED)
    processes = hired.processes
    hired.close()
    wait_for(lambda: not any(map(is_there, processes)))


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_however_the_page_ends_its_clerks_end_with_it(small_index, how):
    command = [sys.executable, "app.py", "--port", "7950", "--index", small_index]
    page = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    page.stdout.readline()
    own = Path(f"/proc/{page.pid}/task/{page.pid}/children")
    wait_for(lambda: len(own.read_text().split()) >= 2)
    processes = own.read_text().split()
    page.send_signal(how)
    page.wait(60)
    page.stdout.close()
    wait_for(lambda: not any(map(is_there, processes)))


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_page_that_is_open_is_no_error_when_the_server_stops(small_index, how):
    command = [sys.executable, "app.py", "--port", "7950", "--index", small_index]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **pipes) as page:
        address = page.stdout.readline().split()[3].rstrip(";")
        # What a browser holds open for as long as the page is
        with urlopen(f"{address}/gradio_api/heartbeat/visit", timeout=60) as held:
            assert held.readline()
            page.send_signal(how)
            _, said = page.communicate(timeout=60)
    assert "ERROR" not in said and "Traceback" not in said
