"""The exam of a new index: known questions about its papers, asked of it and of the one in use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath

from assistant.assistant import Assistant
from assistant.embedder import Embedder
from assistant.errors import AssistantError
from assistant.index import Index
from evals.baseline import REFUSED_RIGHTLY, RIGHT_AND_CITED, Change, compare, record
from evals.cases import Case
from evals.replies import read_row
from evals.scoring import DEPTH, Score, score
from evals.suites import batch_row, find_cases

NAME = "known questions"


class ExamFailed(AssistantError):
    """Raised where a new index answers worse than the one in use; the first line says so."""


def make_exam(
    embedder: Embedder, files: Sequence[Path] = ()
) -> Callable[[Index | None, Index], None]:
    """The exam that a build holds before it swaps: raises ExamFailed where the new index is worse.

    The questions are those of these case files, or all that are known. Only those are asked whose
    papers are all in both indexes, so that a paper which was taken out fails nobody.
    """

    def exam(old: Index | None, new: Index) -> None:
        now = _asked(new, embedder, cases_about(new, files))
        fails = [_told(one) for one in now if one.unsupported]
        if fails:
            raise ExamFailed(_listed("gives figures that its papers do not hold", fails))
        if old is None:
            return
        known = {case.id for case in cases_about(old, files)}
        both = [one for one in now if one.case.id in known]
        before = _asked(old, embedder, [one.case for one in both])
        changes = {one.measure: one for one in compare(NAME, record(before), both)}
        _check_answers(changes[RIGHT_AND_CITED], sum(one.case.answerable for one in both))
        if said := [_told(one) for one in changes[REFUSED_RIGHTLY].worse]:
            what = "answers what the one in use refuses, and what no paper is known to say"
            raise ExamFailed(_listed(what, said))

    return exam


def _check_answers(change: Change, asked: int) -> None:
    if len(change.worse) > len(change.better):
        said = f"answers {change.now} of {asked} known questions, the one in use {change.before}"
        raise ExamFailed(_listed(said, [_told(one) for one in change.worse]))


def _listed(what: str, cases: Sequence[str]) -> str:
    head = f"the new index {what}; it was not swapped in, which it is without --gate"
    return "\n".join([head, *cases])


def _told(one: Score) -> str:
    why = f"figures without support: {', '.join(one.unsupported)}" if one.unsupported else one.stage
    return f"  {one.case.id}: {one.case.question} ({why})"


def cases_about(index: Index, files: Sequence[Path] = ()) -> list[Case]:
    """The known cases whose papers, told by their files' names, are all in an index.

    Those that no paper answers are there where any other case of their suite is.
    """
    names = {PurePosixPath(path).name for path in index.store.records}
    found: list[Case] = []
    for cases in find_cases(files).values():
        about = [
            case
            for case in cases
            if case.answerable and all(PurePosixPath(e.paper).name in names for e in case.evidence)
        ]
        found += [*about, *(case for case in cases if about and not case.answerable)]
    return found


def _asked(index: Index, embedder: Embedder, cases: Sequence[Case]) -> list[Score]:
    assistant = Assistant(index, embedder)
    rows = (assistant.answer_row(batch_row(case), hits=DEPTH) for case in cases)
    return [score(case, read_row(row)) for case, row in zip(cases, rows, strict=True)]
