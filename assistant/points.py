"""Points: values with the period, area or group that a paper tells them of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answers import Citation
from assistant.figures import Figure, figures_in
from assistant.periods import periods_in
from assistant.records import MONTHS
from assistant.terms import SMALL_WORDS
from assistant.text import words
from assistant.working import OF_TIME

UNITS = {"%": "per cent", "£": "pounds", "€": "euros", "$": "dollars"}
_MONTH = "|".join(name[:3] + (f"(?:{name[3:]})?" if name[3:] else "") for name in MONTHS)
_YEAR = r"(?:19|20)\d\d(?:\s?[-/–]\s?(?:20)?\d\d(?!\d))?|(?<![\d.])\d\d[-/–]\d\d(?![\d/-])"
_PERIOD = re.compile(
    rf"\b(?:(?:Q|Qtr |Quarter )[1-4](?:,? (?:of )?(?:{_YEAR}))?"
    rf"|(?:\d{{1,2}} )?(?:{_MONTH}),? (?:{_YEAR}|\d\d\b)|{_YEAR})",
    re.I,
)
_STATED = re.compile(r"\s?\(?(provisional|forecast|target|estimated?|projected|budget)\b", re.I)


@dataclass(frozen=True, slots=True)
class Point:
    """One value: what it is told of (a period, an area, a group), and where it stands."""

    label: str
    figure: Figure
    citation: Citation

    @property
    def note(self) -> str:
        """What the paper says behind it that it is ("provisional"), or ""."""
        after = self.figure.evidence.passage.text[self.figure.end :]
        found = _STATED.match(after)
        return found[1].lower() if found else ""


def when(label: str) -> float | None:
    """A period as years: "Q3 2017-18" is 2017.75; None where it names no year."""
    named = periods_in(re.sub(r"\bqtr\b", "quarter", label, flags=re.I))
    years = [int(year[:4]) for year in named.years]
    if named.months:
        month = min(named.months)
        return int(month[:4]) + (int(month[-2:]) - 1) / 12 if month[:4].isdigit() else None
    if not years:
        return None
    quarters = [int(quarter[1]) for quarter in named.quarters]
    return min(years) + (min(quarters) / 4 if quarters else 0.0)


def period_in(text: str) -> str:
    """The first period that a text names, as printed, or ""."""
    found = _PERIOD.search(text)
    return found.group() if found else ""


def is_period(label: str) -> bool:
    """Whether a label names a period and nothing else."""
    return bool(period_in(label)) and not undated(label)


def undated(text: str) -> str:
    """The words of a text that tell more than a period, as printed."""
    return " ".join(word for word in _PERIOD.sub(" ", text).split() if _is_telling(word))


@lru_cache(maxsize=20_000)
def _is_telling(word: str) -> bool:
    """Whether a word, as printed, tells more than a period."""
    return any(len(one) > 1 and one not in OF_TIME | SMALL_WORDS for one in words(word))


def runs_in(citation: Citation) -> list[list[Point]]:
    """Figures and periods that take turns: "(2016) 45%; (2017) 57%", "19.8 at Q4, 12.1 at Q1"."""
    evidence = citation.evidence
    text = evidence.passage.text
    periods = list(_PERIOD.finditer(text, evidence.start, evidence.end))
    figures = [
        figure
        for figure in figures_in(evidence, ((evidence.start, evidence.end),))
        if not any(figure.start < p.end() and p.start() < figure.end for p in periods)
    ]
    ends: list[tuple[int, int, Figure | str]] = sorted(
        [(p.start(), p.end(), p.group()) for p in periods]
        + [(figure.start, figure.end, figure) for figure in figures],
        key=lambda end: end[0],
    )
    runs: list[list[Figure | str]] = []
    last = None
    for start, end, one in ends:
        parted = (
            last is None
            or undated(text[last:start])
            or isinstance(one, Figure) == isinstance(runs[-1][-1], Figure)
        )
        if parted:
            runs.append([])
        runs[-1].append(one)
        last = end
    return [_paired(run, citation) for run in runs]


def _paired(run: Sequence[Figure | str], citation: Citation) -> list[Point]:
    """A run of turns as points; none where it is not clear which belongs to which."""
    if len(run) % 2:
        return []
    pairs = list(zip(run[::2], run[1::2], strict=True))
    points = [
        Point(period, figure, citation)
        for one, other in pairs
        for period, figure in ((one, other), (other, one))
        if isinstance(period, str) and isinstance(figure, Figure)
    ]
    one_unit = len({point.figure.unit for point in points}) == 1
    distinct = len({point.label for point in points}) == len(points)
    return points if one_unit and distinct else []
