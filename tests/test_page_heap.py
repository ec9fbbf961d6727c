"""What a process has freed is the system's again."""

import subprocess
import sys

import pytest

# Blocks of a size that the C library keeps for later, with one in use behind them
FREED = """
import sys
from pathlib import Path
from time import sleep
from assistant.page.heap import give_back, keep_giving_back

def held():
    told = dict(line.split()[:2] for line in Path("/proc/self/status").read_text().splitlines()
                if line.startswith("RssAnon"))
    return int(told["RssAnon:"]) / 1024

blocks = [b"x" * 100_000 for _ in range(1000)]
del blocks[:-1]
before = held()
if sys.argv[1] == "now":
    give_back()
else:
    keep_giving_back(0.05)
    sleep(2)
print(before - held())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="another C library")
@pytest.mark.parametrize("when", ["now", "by and by"])
def test_what_was_freed_before_what_is_in_use_is_given_back(when):
    command = [sys.executable, "-c", FREED, when]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    assert float(told.stdout) > 80  # megabytes of a hundred
