"""What people say of an answer, kept in one file of this machine beside the index."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.journal import add_line
from assistant.page.turntools import REASONS
from assistant.questions import LONGEST

FILE = "feedback.jsonl"
# Nobody may fill the disk with reports.
MOST_BYTES = 10 * 2**20
MOST_CITED, LONGEST_PLACE = 20, 400


@dataclass(frozen=True, slots=True)
class Report:
    """One report. `question` is "" unless the person chose to send it."""

    reason: str  # "helpful", or one of REASONS
    cited: tuple[str, ...]
    refused: bool
    question: str


def read_report(sent: object) -> Report | None:
    """The report that a page sent, or None where it is none."""
    if not isinstance(sent, dict) or sent.get("reason") not in ("helpful", *REASONS):
        return None
    cited, question = sent.get("cited"), sent.get("question", "")
    if not isinstance(cited, list) or not isinstance(question, str):
        return None
    places = tuple(str(place)[:LONGEST_PLACE] for place in cited[:MOST_CITED])
    return Report(sent["reason"], places, bool(sent.get("refused")), question[:LONGEST])


def keep_report(index: Path, report: Report, generation: str) -> bool:
    """Adds a line to the file; False where the file is full or cannot be written."""
    said = {"time": datetime.now(UTC).isoformat(timespec="minutes"), "index": generation}
    return add_line(index / FILE, {**said, **asdict(report)}, MOST_BYTES)
