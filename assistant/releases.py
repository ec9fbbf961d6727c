"""What officers decided about single papers, as a log that is only ever added to.

`releases.jsonl` lies in the corpus folder beside the papers, so that it outlives any index. Each
line is one act: a paper that the gate holds back is released, or a paper is withdrawn. A release
is of a content, whatever its file is called; a withdrawal holds for the content, for any file of
the same words, and for the name, until it is released.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from assistant.errors import AssistantError

LOG = "releases.jsonl"


class Act(StrEnum):
    """What an officer may decide about a paper."""

    RELEASE = "release"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log."""

    at: str  # date and time, UTC
    act: Act
    paper: str  # path below the corpus folder when it was decided
    digest: str  # SHA-256 of the file
    text: str  # SHA-256 of its words, "" where it was never read
    by: str
    why: str

    def __str__(self) -> str:
        done = "released" if self.act is Act.RELEASE else "withdrawn"
        return f"{done} by {self.by} on {self.at[:10]}: {self.why}"

    def is_of(self, path: str, digest: str, text: str) -> bool:
        """Whether the act is about this file."""
        same = digest == self.digest or bool(text and text == self.text)
        return same or (self.act is Act.WITHDRAW and path == self.paper)


def read_log(corpus: Path) -> tuple[Entry, ...]:
    """All acts, oldest first. Raises AssistantError for a line that is none, by its number."""
    path = corpus / LOG
    if not path.is_file():
        return ()
    entries: list[Entry] = []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            known = json.loads(line)
            entries.append(Entry(**{**known, "act": Act(known["act"])}))
        except (ValueError, TypeError, KeyError) as error:
            raise AssistantError(
                f"{path}: line {number} is no entry; restore the file, then: assistant index"
            ) from error
    return tuple(entries)


def log_digest(corpus: Path) -> str:
    """What tells one state of the log from another; "" where there is none."""
    path = corpus / LOG
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def record_act(corpus: Path, entry: Entry) -> None:
    """Adds a line to the log. Raises AssistantError where the folder cannot be written."""
    line = json.dumps(asdict(entry), ensure_ascii=False) + "\n"
    try:
        with (corpus / LOG).open("a", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise AssistantError(
            f"{corpus / LOG}: cannot be written ({error.strerror}); nothing was recorded"
        ) from error


def new_entry(act: Act, paper: str, digest: str, text: str, *, by: str, why: str) -> Entry:
    """An entry of this moment. Raises AssistantError where nobody or no reason is named."""
    by, why = " ".join(by.split()), " ".join(why.split())
    if not by or not why:
        raise AssistantError("say who decided and why: --by WHO --why TEXT")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    return Entry(at, act, paper, digest, text, by, why)


def last_act(log: Sequence[Entry], path: str, digest: str, text: str = "") -> Entry | None:
    """The act that counts for a file, or None where nothing was decided about it.

    The release of a withdrawn paper only undoes the withdrawal: the gate looks at it again.
    """
    standing: Entry | None = None
    for entry in log:
        if entry.is_of(path, digest, text):
            undone = standing is not None and standing.act is Act.WITHDRAW
            standing = None if undone and entry.act is Act.RELEASE else entry
    return standing
