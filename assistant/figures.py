"""Figures: the values that stand in evidence, with their unit, subject and period."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from assistant.evidence import Evidence
from assistant.papers import Kind
from assistant.passages import Passage

_FIGURE = re.compile(
    r"(?P<sign>[-–−+±]\s?)?(?P<currency>[£€$]\s?)?(?P<sign2>[-–−+]\s?)?"
    r"(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)(?![\d.]*\d)"
    r"(?P<scale>\s?(?:m|k|bn|million|billion|thousand)\b)?"
    r"(?P<unit>\s?%|\s?per ?cent\b|\s?percentage points?\b)?",
    re.I,
)
_SCALES = {"m": 1e6, "million": 1e6, "k": 1e3, "thousand": 1e3, "bn": 1e9, "billion": 1e9}
# Numbers that count or measure nothing: numbered things, and dates and times.
_NUMBERS = re.compile(
    r"\b(?:page|item|paragraph|para|section|appendix|no|nos|number|minute|option|phase|"
    r"stage|key stage|ks|year|grade|level|act|paper|q|quarter|annex|table|figure|version"
    r"|ages?|aged)[.:]?\s?$",
    re.I,
)
_DATES = re.compile(
    r"^\s?(?:st|nd|rd|th)\b|^[-–/]\d|^[-\s]years?[-\s]olds?\b|^\s?(?:am|pm)\b|^:\d|^\s(?:january|february|march"
    r"|april|may|june|july|august|september|october|november|december)\b",
    re.I,
)
# Items go to twenty or so: "68 Loan Applications" are counted.
_ITEM = re.compile(
    r"\s*(?:\d{1,2}(?:[.)](?:\s|$)|\s*\||\.\d{1,2}\s+(?=[A-Z]))|(?:1?\d|20)\s+(?=[A-Z][a-z]+ ))"
)
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_PERIOD = re.compile(
    r"\b(?:Q[1-4](?: ?(?:20)?\d\d[-/]\d\d)?|(?:19|20)\d\d[-/–]\d{2,4}|(?:(?:January|February|March"
    r"|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|"
    r"Nov|Dec) )?(?:19|20)\d\d)\b"
)
# What joins a figure to the period after it, with nothing that parts them.
_JOINS = re.compile(
    r"^[^\s]+(?: [^\s,;:()]+){0,6}? (?:in|at|by|for|during|since|of|to|on)(?: the)? ?$"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A value in the cited words, and what those words say that it measures."""

    evidence: Evidence
    start: int  # within the passage
    end: int
    value: float
    unit: str  # "%", "£", "percentage points" or ""
    subject: str
    period: str

    @property
    def text(self) -> str:
        """The figure as printed."""
        return self.evidence.passage.text[self.start : self.end]


def figures_in(evidence: Evidence, spans: tuple[tuple[int, int], ...]) -> list[Figure]:
    """The figures in the shown spans of a piece of evidence, in order."""
    text = evidence.passage.text
    found: list[Figure] = []
    for start, end in spans:
        for match in _FIGURE.finditer(text, start, end):
            if _is_value(text, match):
                found.append(_figure(evidence, match, (start, end)))
    return found


def values_in(text: str) -> list[str]:
    """The numbers in a text that are values: no dates, years, times or numbers of items."""
    return list(each_value(text))


def each_value(text: str) -> Iterator[str]:
    """The same one by one, for those whom the first may tell enough."""
    return (match.group().strip() for match in _FIGURE.finditer(text) if _is_value(text, match))


def _is_value(text: str, match: re.Match[str]) -> bool:
    before, after = (
        text[max(0, match.start() - 16) : match.start()],
        text[match.end() : match.end() + 12],
    )
    if match["currency"] or match["unit"] or match["scale"]:
        return True
    # "04 Young people in transition" is the fourth of a list.
    numbered = match["number"][0] == "0" and match["number"][1:].isdigit()
    is_year = _YEAR.match(match["number"]) and after[:1] != "+"
    if numbered or is_year or before[-1:].isalpha() or before.endswith(("/", ".", ":")):
        return False
    if _opens_item(text, match):
        return False
    if re.search(r"\d[-–/]$", before + (match["sign"] or "").strip()):
        return False
    return not (_NUMBERS.search(before.rstrip() + " ") or _DATES.search(after))


def _opens_item(text: str, match: re.Match[str]) -> bool:
    """Whether a number at the start of a line is that of an item or a paragraph: "3. Apologies"."""
    at_start = not text[: match.start()].rpartition("\n")[2].strip()
    return at_start and bool(_ITEM.match(text, match.start()))


def _figure(evidence: Evidence, match: re.Match[str], span: tuple[int, int]) -> Figure:
    sign = (match["sign"] or match["sign2"] or "").strip()
    start = match.start()
    # A dash between words is a dash: "target – 90%" is not minus ninety.
    if sign and not _is_sign(evidence.passage.text, match):
        start, sign = match.start() + len(match["sign"] or ""), ""
    value = float(match["number"].replace(",", ""))
    value *= _SCALES.get((match["scale"] or "").strip().lower(), 1.0)
    unit = (match["unit"] or "").strip().lower()
    unit = "percentage points" if "point" in unit else "%" if unit else ""
    subject, period = _meaning(evidence, match.start(), span)
    return Figure(
        evidence=evidence,
        start=start,
        end=match.end(),
        value=-value if sign in ("-", "–", "−") else value,
        unit=(match["currency"] or "").strip() or unit,
        subject=subject,
        period=period,
    )


def _is_sign(text: str, match: re.Match[str]) -> bool:
    spaced = (match["sign"] or match["sign2"] or "").endswith((" ", "\xa0"))
    before = text[: match.start()]
    return not spaced and (not before or before[-1] in " |(£=:\n")


def _meaning(evidence: Evidence, at: int, span: tuple[int, int]) -> tuple[str, str]:
    """What a figure measures and when, from its row and column or from its sentence."""
    passage = evidence.passage
    if passage.kind is Kind.TABLE_ROW and passage.cells:
        row, column = passage.cells[0], _column(passage, at)
        head = passage.heads[column] if column < len(passage.heads) else ""
        period = next(iter(_PERIOD.findall(head)), "") or next(
            iter(_PERIOD.findall(passage.caption)), ""
        )
        return " - ".join(part for part in (row if column else "", head) if part)[:160], period
    sentence = passage.text[span[0] : span[1]]
    subject = passage.trail[-1] if passage.trail else passage.title
    return subject[:160], _nearest_period(sentence, at - span[0])


def _nearest_period(sentence: str, at: int) -> str:
    """The period with the fewest other figures between it and the one at `at`, or "".

    Of two, the one that the figure is joined to: "rose from 84% in 2015 to 90% at the end of 2016".
    """
    figures = [m.start() for m in _FIGURE.finditer(sentence) if _is_value(sentence, m)]

    def distance(period: re.Match[str]) -> tuple[int, bool, int]:
        low, high = sorted((period.start(), at))
        joined = bool(_JOINS.search(sentence[at : period.start()]))
        return sum(low < figure < high for figure in figures), not joined, high - low

    return min(_PERIOD.finditer(sentence), key=distance).group() if _PERIOD.search(sentence) else ""


def column_of(figure: Figure) -> int:
    """The column, from 0, of the cell that a figure stands in; 0 where it is in no table."""
    passage = figure.evidence.passage
    in_table = passage.kind is Kind.TABLE_ROW and passage.cells
    return _column(passage, figure.start) if in_table else 0


def _column(passage: Passage, at: int) -> int:
    """Among all the row's columns, the empty ones too, which its text leaves out."""
    filled = [column for column, cell in enumerate(passage.cells) if cell]
    text = passage.text
    bounds = [0, *(m.end() for m in re.finditer(r" \| ", text)), len(text) + 1]
    place = next(n for n, (low, high) in enumerate(pairwise(bounds)) if low <= at < high)
    return filled[place] if place < len(filled) else 0
