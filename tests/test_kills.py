"""Builds killed at any moment: the index answers on, and the next build is right."""

import random
import subprocess
import sys
from pathlib import Path
from time import monotonic

import pytest
from making import HARBOUR, build, contents, write_corpus

TESTS = Path(__file__).resolve().parent
KILLS = 30
SEED = 11
BUILDING = """
import pathlib, sys
import making
from assistant.build import build_index
corpus, index = map(pathlib.Path, sys.argv[1:])
print("ready", flush=True)
build_index(corpus, index, embedder=making.WordEmbedder(), progress=False)
print("built", flush=True)
"""


def begin(corpus, index):
    """A build in a process of its own, about to begin."""
    child = subprocess.Popen(
        [sys.executable, "-c", BUILDING, corpus, index],
        cwd=TESTS,
        env={"PYTHONPATH": f"{TESTS}:{TESTS.parent}"},
        stdout=subprocess.PIPE,
    )
    assert child.stdout.readline() == b"ready\n"
    return child


def change(corpus, number):
    write_corpus(corpus, harbour=HARBOUR.replace("389", str(1_000 + number)))


@pytest.mark.slow
def test_an_index_outlives_every_kill_and_the_next_build_is_right(corpus, tmp_path):
    index, chance = tmp_path / "index", random.Random(SEED)
    build(corpus, index)
    change(corpus, 0)
    child, began = begin(corpus, index), monotonic()
    assert child.wait() == 0
    takes = monotonic() - began
    for number in range(1, KILLS + 1):
        before = contents(index)
        change(corpus, number)
        child = begin(corpus, index)
        try:
            child.wait(chance.uniform(0, takes))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        build(corpus, tmp_path / f"new {number}")
        after = contents(tmp_path / f"new {number}")
        assert contents(index) in (before, after)
        build(corpus, index)
        assert contents(index) == after
    assert not list(index.glob(".building*")) + list(index.glob(".current-*"))
