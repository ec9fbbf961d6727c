"""The suites: which case files ask about which papers, and how they are put to the assistant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from evals.cases import Case, CaseInvalid, read_cases
from evals.replies import Reply, read_row
from evals.scoring import DEPTH, Score, score

ROOT = Path(__file__).resolve().parent.parent
EVALS = ROOT / "evals"
SHARED = ROOT.parent / "shared"  # lies beside a checkout; what needs it is left out without it


@dataclass(frozen=True, slots=True)
class Suite:
    """Papers that cases ask about; the name begins the names of its case files."""

    name: str
    corpus: Path
    index: Path


SUITES = (
    Suite("sample", ROOT / "corpus" / "sample", EVALS / ".indexes" / "sample"),
    Suite("dorset", SHARED / "papers" / "dorset", EVALS / ".indexes" / "dorset"),
    Suite("kent", SHARED / "papers" / "kent", EVALS / ".indexes" / "kent"),
)


def find_cases(given: Sequence[Path]) -> dict[Suite, tuple[Case, ...]]:
    """Return the cases of each suite: from the files and folders given, or all that is there."""
    paths = given or [folder for folder in (EVALS, SHARED / "evals") if folder.is_dir()]
    found: dict[Suite, tuple[Case, ...]] = {}
    for file in dict.fromkeys(file.resolve() for path in paths for file in _files(path)):
        suite = suite_of(file)
        found[suite] = (*found.get(suite, ()), *_new(file, found.get(suite, ())))
    return {suite: found[suite] for suite in SUITES if found.get(suite)}


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(path.rglob("*.yaml"))
    if not path.exists():
        raise CaseInvalid(f"{path}: no such case file; see `python -m evals --help`")
    return [path]


def _new(file: Path, earlier: Sequence[Case]) -> tuple[Case, ...]:
    cases = read_cases(file)
    for twice in {case.id for case in earlier} & {case.id for case in cases}:
        raise CaseInvalid(f"{file}: case {twice}: the id is used in another file; give its own")
    return cases


def suite_of(file: Path) -> Suite:
    """Return the suite that a case file belongs to, by its name; all of `evals/` is sample."""
    if EVALS in file.parents:
        return SUITES[0]
    for suite in SUITES:
        if file.name.startswith(suite.name):
            return suite
    names = ", ".join(f"{suite.name}*.yaml" for suite in SUITES)
    raise CaseInvalid(f"{file}: the name does not say which papers it asks about; use {names}")


def open_suite(suite: Suite) -> Callable[[Case], Reply]:
    """Bring the suite's index up to date and return the assistant's way of answering a case."""
    from assistant.assistant import Assistant  # takes seconds, so only where cases are run
    from assistant.build import build_index
    from assistant.embedder import Embedder

    print(f"{suite.name}: indexing {suite.corpus.name}", flush=True)
    build_index(suite.corpus, suite.index, embedder=Embedder(), progress=True)
    assistant = Assistant.open(suite.index)
    return lambda case: read_row(assistant.answer_row(batch_row(case), hits=DEPTH))


def batch_row(case: Case) -> dict[str, object]:
    """Return the case as a row of `assistant ask --batch`."""
    history = [{"user": turn.user, "assistant": turn.assistant} for turn in case.history]
    return {"id": case.id, "question": case.question, "history": history}


def run_suite(
    name: str, cases: Sequence[Case], answer: Callable[[Case], Reply]
) -> tuple[Score, ...]:
    """Put every case to the assistant and return how each did."""
    bar = tqdm(cases, desc=f"{name}: asking", unit="question", mininterval=0.5)
    return tuple(score(case, answer(case)) for case in bar)
