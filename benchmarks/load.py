"""Many people asking the page at once: how long they wait, and whether each gets her own answer.

Run as `python -m benchmarks.load [--people N] [--asked N] [--pause SECONDS]`. Starts the page over
the sample's index, asks each question once alone, then lets so many people ask so many questions
each, with a pause between them, as a browser would. An answer that differs from the one given
alone is counted as wrong.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from threading import Thread
from time import perf_counter, sleep
from urllib.parse import urlsplit
from uuid import uuid4

from evals.cases import read_cases
from evals.suites import EVALS, SUITES

SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Asked:
    """One question that was asked through the page."""

    question: str
    shown: str  # the conversation as HTML; "" where nothing came
    seconds: float


class Visitor:
    """One visit of the page, which asks one question after the other, each as the first."""

    def __init__(self, address: str, function: int) -> None:
        self._host = urlsplit(address).netloc
        self._function = function

    def ask(self, question: str) -> Asked:
        """The answer, as the browser gets it."""
        began = perf_counter()
        session = uuid4().hex[:12]
        sent = {"data": [question, None, None], "fn_index": self._function}
        connection = HTTPConnection(self._host, timeout=SECONDS)
        try:
            body = json.dumps({**sent, "session_hash": session, "event_data": None})
            headers = {"content-type": "application/json"}
            connection.request("POST", "/gradio_api/queue/join", body, headers)
            connection.getresponse().read()
            connection.request("GET", f"/gradio_api/queue/data?session_hash={session}")
            shown = _last_shown(connection.getresponse())
        except OSError:
            shown = ""
        finally:
            connection.close()
        return Asked(question, shown, perf_counter() - began)


def _last_shown(lines: Iterator[bytes] | object) -> str:
    """The conversation in the last event of an answer."""
    for line in lines:  # type: ignore[attr-defined]
        if not line.startswith(b"data: "):
            continue
        event = json.loads(line[6:])
        if event["msg"] == "process_completed":
            return str(event["output"].get("data", [""])[0])
    return ""


def function_of(address: str) -> int:
    """The number of the function that answers what is typed."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=SECONDS)
    connection.request("GET", "/config")
    config = json.loads(connection.getresponse().read())
    names = {part["id"]: part["props"].get("elem_id") for part in config["components"]}
    for one in config["dependencies"]:
        if [names.get(target[0]) for target in one["targets"] if target[1] == "submit"]:
            return int(one["id"])
    raise LookupError("the page has no box for questions")


@contextmanager
def served(index: Path, corpus: Path) -> Iterator[tuple[str, int]]:
    """The address of a page over an index, while it runs, and the number of its process."""
    command = [sys.executable, "app.py", "--port", "7970", "--index", index, "--corpus", corpus]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=EVALS.parent)
    try:
        assert server.stdout
        yield server.stdout.readline().split()[3].rstrip(";"), server.pid
    finally:
        server.terminate()
        server.wait(20)


def asked_at_once(
    visitors: Sequence[Visitor], questions: Sequence[str], count: int, pause: float
) -> list[Asked]:
    """What came of every visitor's questions, asked all at the same time."""
    done: list[Asked] = []

    def visit(number: int, visitor: Visitor) -> None:
        chance = random.Random(number)
        for _ in range(count):
            sleep(chance.uniform(0, 2 * pause))
            done.append(visitor.ask(chance.choice(questions)))

    people = [Thread(target=visit, args=pair) for pair in enumerate(visitors)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    return done


def megabytes(process: int) -> float:
    """The memory that a process holds now; 0 where the system does not tell."""
    status = Path(f"/proc/{process}/status")
    lines = status.read_text().splitlines() if status.exists() else []
    held = [line.split()[1] for line in lines if line.startswith("VmRSS")]
    return int(held[0]) / 1024 if held else 0.0


def main() -> int:
    """Prints what was measured; 1 where an answer was another than the one given alone."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--asked", type=int, default=4, help="questions of each of them")
    parser.add_argument("--pause", type=float, default=15.0, help="seconds between them, mean")
    parser.add_argument("--questions", type=int, default=40, help="different ones, of the sample")
    parser.add_argument("--index", type=Path, default=SUITES[0].index)
    options = parser.parse_args()
    cases = [case for case in read_cases(EVALS / "sample.yaml") if not case.history]
    questions = [case.question for case in cases[: options.questions]]
    with served(options.index, SUITES[0].corpus) as (address, process):
        visitor = Visitor(address, function_of(address))
        alone = {question: visitor.ask(question) for question in questions}
        before = megabytes(process)
        people = [Visitor(address, function_of(address)) for _ in range(options.people)]
        done = asked_at_once(people, questions, options.asked, options.pause)
        after = megabytes(process)
    return _told(alone, done, before, after)


def _told(alone: dict[str, Asked], done: list[Asked], before: float, after: float) -> int:
    waits = sorted(one.seconds for one in done)
    wrong = [one for one in done if not one.shown or one.shown != alone[one.question].shown]
    print(f"alone: median {median(one.seconds for one in alone.values()):.2f} s")
    p95 = waits[int(0.95 * (len(waits) - 1))]
    print(f"at once: {len(done)} asked, median {median(waits):.2f} s, p95 {p95:.2f} s")
    print(f"other answers than alone: {len(wrong)}; memory {before:.0f} MB, then {after:.0f} MB")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
