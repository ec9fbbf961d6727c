"""Many people asking the page at once: how long they wait, and whether each gets her own answer.

Run as `python -m benchmarks.load [--people N] [--asked N] [--pause SECONDS] [--minutes N]
[--log FILE]`. Brings the sample's index up to date, starts the page over it and lets so many
people make visits of so many questions, pausing between them as people do (`--pause 0`: all ask
at the same moment), while a few more drop their connections or read as slowly as they can. Then a
page that serves nobody else is asked the same: an answer that differs from the one given alone is
counted as wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from threading import Barrier, Event, Thread
from time import monotonic, perf_counter, sleep
from urllib.parse import urlsplit
from uuid import uuid4

from benchmarks.costs import Row, save, table
from benchmarks.memory import Watched
from benchmarks.processes import kilobytes, kind_of, numbers, parent, seconds_of
from benchmarks.report import read_result
from evals.cases import read_cases
from evals.suites import EVALS, SUITES, open_suite

PREDICT = "/gradio_api/run/predict"
SECONDS = 120.0
PORT = "7970"
TURN = '<article class="turn">'
RUDE = 4
# Visits that differ; a run of an hour makes each of them several times.
VISITS = 200

Visit = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions of one visit so far, and what came of the last of them."""

    visit: Visit
    shown: str  # the conversation as HTML; "" where nothing came
    seconds: float


@dataclass(frozen=True, slots=True)
class Server:
    """A page that runs, the number of its process, and of its functions by name."""

    address: str
    process: int
    functions: Mapping[str, int]

    def ask(self, question: str, session: str) -> str:
        """The conversation of a session as HTML, as the browser gets it; "" where none came."""
        return self._call(*self.asking(question, session))

    def open(self, session: str) -> None:
        """What a browser asks for as it opens the page, until it shows the example questions."""
        for name in ("show_papers", "show_examples"):
            self._call(*self._calling(name, [], session))

    def asking(self, question: str, session: str) -> tuple[str, dict[str, str]]:
        """The body and the headers of a request that asks."""
        return self._calling("answer", [question, None, None], session)

    def _call(self, body: str, heads: dict[str, str]) -> str:
        with closing(HTTPConnection(urlsplit(self.address).netloc, timeout=SECONDS)) as connection:
            try:
                connection.request("POST", PREDICT, body, heads)
                return str(json.loads(connection.getresponse().read())["data"][0])
            except (OSError, ValueError, KeyError):
                return ""

    def _calling(
        self, name: str, data: Sequence[str | None], session: str
    ) -> tuple[str, dict[str, str]]:
        sent = {"data": data, "fn_index": self.functions[name]}
        body = json.dumps({**sent, "session_hash": session, "event_data": None})
        # As from so many machines: of one a page takes no more than some hundred a minute.
        person = f"10.0.{int(session[1:3], 16)}.{int(session[3:5], 16)}"
        return body, {"content-type": "application/json", "x-forwarded-for": person}

    @property
    def megabytes(self) -> float:
        """The memory that its processes have written, in use or swapped out; 0 where not told.

        Of the files that they map the system keeps in memory what it likes.
        """
        return sum(kilobytes(one) for one in self._processes()) / 1024

    def parts(self) -> dict[str, float]:
        """The same of each process that runs, by its kind and number: where the memory is."""
        return {f"{kind_of(one)} {one}": kilobytes(one) / 1024 for one in self._processes()}

    @property
    def seconds(self) -> float:
        """The time that its processes have computed for; 0 where the system does not tell."""
        return sum(seconds_of(one) for one in self._processes())

    def _processes(self) -> list[int]:
        """The page and its clerks, those that have died since left out."""
        parents = {one: parent(one) for one in numbers()}
        return [one for one in parents if self.process in (one, parents[one])]


@contextmanager
def served(index: Path, corpus: Path) -> Iterator[Server]:
    """A page over an index, ready to answer, while it runs."""
    command = [sys.executable, "app.py", "--port", PORT, "--index", index, "--corpus", corpus]
    said = {**os.environ, "ASSISTANT_AUDIT": "0"}  # the index may be one that others measure with
    page = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=EVALS.parent, env=said)
    try:
        assert page.stdout
        address = page.stdout.readline().split()[3].rstrip(";")
        server = Server(address, page.pid, _functions(address))
        server.open(uuid4().hex)
        yield server
    finally:
        page.terminate()
        page.wait(20)


def _functions(address: str) -> dict[str, int]:
    """The numbers of the page's functions by their names."""
    with closing(HTTPConnection(urlsplit(address).netloc, timeout=SECONDS)) as connection:
        connection.request("GET", "/config")
        config = json.loads(connection.getresponse().read())
    return {one["api_name"]: int(one["id"]) for one in config["dependencies"] if one["api_name"]}


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many people ask, how often, and for how long."""

    people: int
    asked: int
    pause: float
    minutes: float = 0.0  # 0: one visit of each

    def visits(self, questions: Sequence[str]) -> list[Visit]:
        """Visits that differ, each of questions that differ."""
        chance = random.Random(1)
        return [tuple(chance.sample(questions, self.asked)) for _ in range(VISITS)]

    def ask(self, server: Server, visits: Sequence[Visit]) -> list[Asked]:
        """What came of everything that all of them asked."""
        done: list[Asked] = []
        until = monotonic() + 60 * self.minutes
        all_there = Barrier(self.people)

        def come(number: int) -> None:
            chance = random.Random(number)
            at = number
            session = uuid4().hex
            server.open(session)
            all_there.wait()
            while True:
                self._visit(server, session, visits[at % len(visits)], chance, done)
                at += self.people
                session = uuid4().hex
                if monotonic() >= until:
                    break

        people = [Thread(target=come, args=(number,)) for number in range(self.people)]
        for one in people:
            one.start()
        for one in people:
            one.join()
        return done

    def _visit(
        self, server: Server, session: str, visit: Visit, chance: random.Random, done: list[Asked]
    ) -> None:
        for count, question in enumerate(visit, 1):
            sleep(chance.uniform(0, 2 * self.pause))
            began = perf_counter()
            shown = server.ask(question, session)
            done.append(Asked(visit[:count], shown, perf_counter() - began))


@contextmanager
def logged(server: Server, log: Path | None) -> Iterator[None]:
    """While it lasts, what each process holds is written to a file once a minute."""
    done = Event()

    def write() -> None:
        began = monotonic()
        while log:
            parts = {name: round(held, 2) for name, held in server.parts().items()}
            with log.open("a") as kept:
                kept.write(json.dumps({"second": round(monotonic() - began), **parts}) + "\n")
            if done.wait(60):
                return

    writing = Thread(target=write)
    writing.start()
    yield
    done.set()
    writing.join()


@contextmanager
def rude(server: Server, questions: Sequence[str]) -> Iterator[None]:
    """While it lasts, some ask and leave before the answer, others read it a byte at a time."""
    gone = Event()

    def come(number: int) -> None:
        chance = random.Random(number)
        where = urlsplit(server.address)
        while not gone.wait(2):
            with suppress(OSError), closing(socket.socket()) as one:
                one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
                one.connect((where.hostname, where.port))
                one.settimeout(0.5)
                body, heads = server.asking(chance.choice(questions), uuid4().hex)
                heads |= {"host": where.netloc, "content-length": str(len(body.encode()))}
                told = "".join(f"{name}: {value}\r\n" for name, value in heads.items())
                one.sendall(f"POST {PREDICT} HTTP/1.1\r\n{told}\r\n{body}".encode())
                for _ in range(0 if number % 2 else 20):
                    gone.wait(0.2)
                    one.recv(1)

    people = [Thread(target=come, args=(number,)) for number in range(RUDE)]
    for one in people:
        one.start()
    yield
    gone.set()
    for one in people:
        one.join()


@dataclass(frozen=True, slots=True)
class Run:
    """What a crowd got, and what it cost."""

    done: tuple[Asked, ...]
    wrong: tuple[Asked, ...]
    computed: float  # seconds
    memory: Watched

    def waited(self, share: float) -> float:
        """The seconds that this share of all questions were answered in."""
        waits = sorted(one.seconds for one in self.done)
        return waits[int(share * (len(waits) - 1))]


def measured(
    crowd: Crowd, index: Path, corpus: Path, questions: Sequence[str], log: Path | None = None
) -> Run:
    """A crowd let loose on a page, and its answers held against those given alone."""
    visits = crowd.visits(questions)
    with served(index, corpus) as server:
        began = server.seconds
        with (
            Watched(lambda: server.megabytes) as memory,
            logged(server, log),
            rude(server, questions),
        ):
            done = crowd.ask(server, visits)
        sleep(2)  # what the rude have left behind is answered too
        computed = server.seconds - began
    with served(index, corpus) as server:
        alone = dict(_alone(server, {one.visit for one in done}))
    wrong = [
        one
        for one in done
        if one.shown.count(TURN) != len(one.visit) or one.shown != alone[one.visit]
    ]
    return Run(tuple(done), tuple(wrong), computed, memory)


def _alone(server: Server, asked: set[Visit]) -> Iterator[tuple[Visit, str]]:
    """The conversation after each question of the visits, with nobody else there."""
    for visit in asked:
        if any(visit == other[: len(visit)] and visit != other for other in asked):
            continue  # the beginning of another
        session = uuid4().hex
        for count, question in enumerate(visit, 1):
            yield visit[:count], server.ask(question, session)


def main() -> int:
    """Prints what was measured; 1 where an answer was another than the one given alone."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--asked", type=int, default=4, help="questions of each visit")
    parser.add_argument("--pause", type=float, default=15.0, help="seconds between them, mean")
    parser.add_argument("--minutes", type=float, default=0.0, help="visits until then; 0: one each")
    parser.add_argument("--index", type=Path, default=SUITES[0].index)
    parser.add_argument("--log", type=Path, help="a file for the memory of each process")
    options = parser.parse_args()
    crowd = Crowd(options.people, options.asked, options.pause, options.minutes)
    cases = read_cases(EVALS / "sample.yaml")
    questions = list(dict.fromkeys(case.question for case in cases if not case.history))
    suite = replace(SUITES[0], index=options.index)
    open_suite(suite)  # an index of another version is told of in every answer, never answered from
    run = measured(crowd, suite.index, suite.corpus, questions, options.log)
    before = read_result("load")
    rows = before.rows if before else ()
    row = shown(crowd, run)
    save("load", [*(one for one in rows if one["asking"] != row["asking"]), row])
    print(table([row]))
    return 1 if run.wrong else 0


def shown(crowd: Crowd, run: Run) -> Row:
    """A run as a row of the results."""
    growth, error = run.memory.growth()
    kept = [held for _, held in run.memory.readings]
    long = f", {crowd.minutes:g} min" if crowd.minutes else ""
    return {
        "asking": f"{crowd.people} people, {crowd.pause:g} s apart{long}",
        "asked": len(run.done),
        "median s": round(median(one.seconds for one in run.done), 2),
        "p95 s": round(run.waited(0.95), 2),
        "CPU ms each": round(1000 * run.computed / len(run.done)),
        "wrong": len(run.wrong),
        "MB at first": round(kept[0]),
        "MB at last": round(kept[-1]),
        "MB more an hour": round(growth),
        "standard error": round(error),
    }


if __name__ == "__main__":
    sys.exit(main())
