"""The measure of follow-ups: `python -m evals.followups`.

Each turn of the dialogues in `../shared/training` is searched for twice: as it was typed after
its history, and as somebody wrote it out in full. The first should find its passage as often.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from assistant.assistant import Assistant
from assistant.build import build_index
from assistant.conversation import Turn
from assistant.embedder import Embedder
from evals.scoring import bears, same_paper
from evals.suites import EVALS, SHARED
from evals.wording import words

DEPTH = 5


@dataclass(frozen=True, slots=True)
class Dialogue:
    """One turn of a dialogue: what was typed, what it means, and the passage that answers it."""

    name: str
    relation: str  # to the turns before: "switch-period", "return", "new-subject", ...
    question: str
    standalone: str
    turns: tuple[Turn, ...]
    paper: str
    quote: tuple[str, ...]

    @property
    def half(self) -> str:
        """The rules were made from dialogues with an even number, and judged on the odd ones.

        A few odd ones were read before there were rules.
        """
        return "odd" if int(self.name[1:]) % 2 else "even"


@dataclass(frozen=True, slots=True)
class Ranks:
    """The rank of the passage for the question after its history and for the one in full."""

    resolved: int | None
    standalone: int | None


def main() -> int:
    """Prints Recall@1 and @5 of both, by relation and by half; returns the exit code."""
    training = SHARED / "training"
    if not training.is_dir():
        print(f"{training}: not there, so there is nothing to measure", file=sys.stderr)
        return 2
    folder = EVALS / ".indexes" / "training"
    embedder = Embedder()
    build_index(training / "papers", folder, embedder=embedder, progress=True)
    assistant = Assistant.open(folder)
    asked = read_dialogues(training / "followups.jsonl")
    ranks = [ranks_of(turn, assistant) for turn in tqdm(asked, desc="Asking")]
    print(table(asked, ranks))
    return 0


def read_dialogues(path: Path) -> list[Dialogue]:
    """The turns of a file that ask for something; thanks have no passage."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [_dialogue(row) for row in rows if row["relation"] != "thanks"]


def _dialogue(row: Mapping[str, str]) -> Dialogue:
    turns = [Turn(turn["user"], turn["assistant"]) for turn in row["history"]]  # type: ignore
    return Dialogue(
        row["dialogue"],
        row["relation"],
        row["question"],
        row["standalone"],
        tuple(turns),
        row["paper"],
        words(row["quote"]),
    )


def ranks_of(turn: Dialogue, assistant: Assistant) -> Ranks:
    """Where the passage is found, from 1; None where it is not among the first `DEPTH`."""
    return Ranks(
        _rank(turn, turn.question, turn.turns, assistant),
        _rank(turn, turn.standalone, (), assistant),
    )


def _rank(turn: Dialogue, question: str, turns: Sequence[Turn], assistant: Assistant) -> int | None:
    hits = assistant.search(question, turns, DEPTH).hits[:DEPTH]
    found = (
        rank
        for rank, hit in enumerate(hits, 1)
        if same_paper(turn.paper, hit.passage.paper) and bears(turn.quote, hit.passage.text)
    )
    return next(found, None)


def table(asked: Sequence[Dialogue], ranks: Sequence[Ranks]) -> str:
    """The measures as lines of text: each relation, each half, and all follow-ups."""
    rows: dict[str, list[Ranks]] = {}
    for turn, found in zip(asked, ranks, strict=True):
        names = [turn.relation]
        if turn.turns:
            names += [f"all follow-ups, {turn.half} half", "all follow-ups"]
        for name in names:
            rows.setdefault(name, []).append(found)
    lines = [f"{'':<26}{'turns':>6}  {'after its history':>18}  {'in full':>14}"]
    lines += [_line(name, rows[name]) for name in sorted(rows)]
    return "\n".join(lines)


def _line(name: str, ranks: Sequence[Ranks]) -> str:
    resolved = _recalls(rank.resolved for rank in ranks)
    return f"{name:<26}{len(ranks):>6}  {resolved:>18}  {_recalls(r.standalone for r in ranks):>14}"


def _recalls(ranks: Iterable[int | None]) -> str:
    """Recall@1 and @5 as percentages."""
    found = list(ranks)
    shares = (sum(r is not None and r <= k for r in found) / len(found) for k in (1, DEPTH))
    return " / ".join(f"{share:.1%}" for share in shares)


if __name__ == "__main__":
    sys.exit(main())
