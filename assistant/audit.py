"""The audit record: which words answered, when, from which index; and the answer given again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assistant.answers import Answer, Citation, Reply, plain
from assistant.conversation import Turn
from assistant.errors import AssistantError
from assistant.evidence import Evidence
from assistant.index import Index
from assistant.journal import WRITING, add_line

FILE = "audit.jsonl"
# Nobody may fill the disk by asking.
MOST_BYTES = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Words:
    """Cited words by where they lie: a passage of one generation, and a span of it."""

    paper: str
    passage: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer given. `question` and `history` are "" and empty unless text is kept."""

    id: str
    time: str  # UTC, ISO 8601
    index: str  # the generation
    verdict: str  # "answer" or "refusal"
    evidence: tuple[Words, ...]
    digest: str  # SHA-256 of the answer's words
    question: str = ""
    history: tuple[tuple[str, str], ...] = ()
    scope: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Audit:
    """How the record is kept: for how many days (0: not at all), and whether with the text."""

    folder: Path
    days: int
    text: bool = False
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def keep(
        self,
        reply: Reply,
        generation: str,
        question: str,
        turns: Sequence[Turn] = (),
        scope: dict[str, object] | None = None,
    ) -> Entry | None:
        """The entry that was added for a reply; None where none is kept or it could not be."""
        if not self.days:
            return None
        time = self.now().isoformat(timespec="milliseconds")
        cited = reply.citations if isinstance(reply, Answer) else reply.nearest
        digest = digest_of(reply)
        history = tuple((turn.user, turn.assistant) for turn in turns) if self.text else ()
        entry = Entry(
            hashlib.sha256(f"{time} {digest} {question}".encode()).hexdigest()[:12],
            time,
            generation,
            "answer" if isinstance(reply, Answer) else "refusal",
            tuple(_words(citation) for citation in cited),
            digest,
            question if self.text else "",
            history,
            (scope or {}) if self.text else {},
        )
        if self._is_stale():
            self.forget()
        return entry if add_line(self.folder / FILE, asdict(entry), MOST_BYTES) else None

    def _is_stale(self) -> bool:
        """Whether the first entry, which is the oldest, has been kept for its days."""
        try:
            with (self.folder / FILE).open(encoding="utf-8", errors="replace") as opened:
                return _time_of(opened.readline()) < self._oldest()
        except OSError:
            return False

    def _oldest(self) -> str:
        return (self.now() - timedelta(days=self.days)).isoformat(timespec="milliseconds")

    def forget(self) -> int:
        """Takes out the entries that are older than the days they are kept; how many they were."""
        file = self.folder / FILE
        oldest = self._oldest()
        with WRITING:
            if not file.exists():
                return 0
            lines = file.read_text("utf-8").splitlines(keepends=True)
            kept = [line for line in lines if _time_of(line) >= oldest]
            if len(kept) < len(lines):
                aside = file.with_suffix(".new")
                aside.write_text("".join(kept), "utf-8")
                aside.replace(file)
        return len(lines) - len(kept)


def _time_of(line: str) -> str:
    try:
        return str(json.loads(line)["time"])
    except (ValueError, KeyError, TypeError):  # a line that was cut off tells nothing
        return ""


def digest_of(reply: Reply) -> str:
    """What two replies share where they say the same in the same words."""
    return hashlib.sha256(plain(reply).encode("utf-8", "replace")).hexdigest()


def _words(citation: Citation) -> Words:
    evidence = citation.evidence
    return Words(evidence.passage.paper, evidence.passage.key, evidence.start, evidence.end)


def find_entry(folder: Path, name: str) -> Entry:
    """The entry of a name. Raises AssistantError where there is none."""
    file = folder / FILE
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    for line in reversed(lines):
        if f'"id": "{name}"' in line:
            return read_entry(line)
    raise AssistantError(f"{name}: no such entry in {file}; it may be older than the days kept")


def read_entry(line: str) -> Entry:
    """An entry from its line. Raises AssistantError where it is none."""
    try:
        said = json.loads(line)
        evidence = tuple(Words(**words) for words in said.pop("evidence"))
        history = tuple((user, told) for user, told in said.pop("history"))
        return Entry(evidence=evidence, history=history, **said)
    except (ValueError, TypeError, KeyError) as error:
        raise AssistantError(f"{FILE}: a line is no entry ({error})") from error


def words_of(entry: Entry, index: Index) -> list[Evidence]:
    """The words that were cited, from the generation that they were cited from.

    Raises AssistantError where that generation does not hold them.
    """
    passages = {one.key: one for one in index.store.get([w.passage for w in entry.evidence])}
    found: list[Evidence] = []
    for words in entry.evidence:
        passage = passages.get(words.passage)
        if passage is None or passage.paper != words.paper or words.end > len(passage.text):
            raise AssistantError(f"{index.folder.name}: does not hold what {entry.id} cites")
        found.append(Evidence(passage, words.start, words.end))
    return found
