"""What a process has freed is the system's again, whichever of its threads had it."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="another C library")
HELD = """
from pathlib import Path
from threading import Barrier, Thread
from time import sleep
from assistant.page.heap import give_back, keep_lean, settle

def held():
    told = Path("/proc/self/status").read_text().partition("RssAnon:")[2]
    return int(told.split()[0]) / 1024
"""
# Blocks of a size that the C library keeps for later, with one in use behind them
FREED = """
blocks = [b"x" * 100_000 for _ in range(1000)]
del blocks[:-1]
before = held()
{now}
print(before - held())
"""
# Threads that are there at the same time, each with much for a while and one block for long
THREADS = """
{now}
kept, all_there = [], Barrier(8)
def come():
    all_there.wait()
    for _ in range(20):
        blocks = [b"x" * 60_000 for _ in range(100)]
        kept.append(blocks.pop())
        sleep(0.01)
before = held()
threads = [Thread(target=come) for _ in range(8)]
[one.start() for one in threads]
[one.join() for one in threads]
print(held() - before - sum(map(len, kept)) / 2**20)
"""


def told(script, now):
    command = [sys.executable, "-c", HELD + script.format(now=now)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


@pytest.mark.parametrize("now", ["give_back()", "keep_lean(0.05); sleep(2)"])
def test_what_was_freed_before_what_is_in_use_is_given_back(now):
    assert told(FREED, now) > 80  # megabytes of a hundred


def test_what_is_there_for_good_is_not_looked_through_again():
    kept = "kept = [[n] for n in range(1000)]; "
    count = (
        "import gc; before = gc.get_freeze_count(); {now}; print(gc.get_freeze_count() - before)"
    )
    assert told(kept + count, "settle()") >= 1000
    assert told(kept + count, "pass") == 0


def test_threads_share_what_each_of_them_has_freed():
    assert told(THREADS, "keep_lean()") < 0.75 * told(THREADS, "")
