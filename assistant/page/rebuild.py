"""The rebuild that an officer starts in the browser: a process of its own, and how far it is."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Thread
from typing import IO

from assistant.settings import environment

# "Reading papers:  50%|#####     | 1/2 [00:00<00:01,  8.00paper/s]"
_BAR = re.compile(
    r"(?P<what>[\w ]+):\s+\d+%\|.*?\| *(?P<done>\d+)/(?P<all>\d+) \[[\d:]+<(?P<left>[\d:?]+)"
)
NICE = 10  # those who ask go first


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the last rebuild is."""

    running: bool = False
    line: str = ""  # what it does, or what came of it
    failed: bool = False


class Rebuild:
    """At most one rebuild at a time."""

    def __init__(self, corpus: Path, index: Path, model: str) -> None:
        self._command = [sys.executable, "-m", "assistant.cli", "index", "--json", "--progress"]
        self._command += ["--corpus", str(corpus), "--index", str(index)]
        self._model = model
        self._starting = Lock()
        self._progress = Progress()

    @property
    def progress(self) -> Progress:
        """How far it is now."""
        return self._progress

    def start(self) -> bool:
        """Starts one; False where one is running."""
        with self._starting:
            if self._progress.running:
                return False
            self._progress = Progress(running=True, line="Starting")
        Thread(target=self._run, daemon=True).start()
        return True

    def _run(self) -> None:
        kept = {name: said for name, said in environment().items() if "PASSWORD" not in name}
        try:
            child = subprocess.Popen(
                ["nice", "-n", str(NICE), *self._command] if os.name == "posix" else self._command,
                env={**kept, "ASSISTANT_MODEL": self._model},
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                errors="replace",
            )
        except OSError as error:
            self._progress = Progress(
                line=f"The rebuild could not be started: {error}", failed=True
            )
            return
        last = ""
        assert child.stdout and child.stderr
        for line in _lines(child.stderr):
            last = line
            if bar := _BAR.search(line):
                said = f"{bar['what'].strip()}: {bar['done']} of {bar['all']}"
                left = f", about {bar['left']} left" if "?" not in bar["left"] else ""
                self._progress = Progress(running=True, line=said + left)
        said = child.stdout.read()
        code = child.wait()
        why = last.removeprefix("assistant: ") or "it was stopped"
        self._progress = (
            Progress(line=_summary(said))
            if code == 0
            else Progress(line=f"The index is as it was: {why}", failed=True)
        )


def _lines(stream: IO[str]) -> Iterator[str]:
    """Lines as they come, those too that a progress bar writes over each other."""
    held = ""
    while letter := stream.read(1):
        if letter not in "\r\n":
            held += letter
        elif held.strip():
            yield held.strip()
            held = ""
        else:
            held = ""
    if held.strip():
        yield held.strip()


def _summary(said: str) -> str:
    row = json.loads(said)
    named = ("added", "changed", "dropped", "held", "withdrawn", "unreadable")
    counts = ", ".join(f"{len(row[name])} {name}" for name in named if row[name])
    return f"Rebuilt in {row['seconds']:.0f} seconds: {counts or 'nothing to change'}"
