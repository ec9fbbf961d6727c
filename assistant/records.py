"""What a paper says of itself: council, committee, meeting date, title and type."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH = "|".join(month[:3] + (f"(?:{month[3:]})?" if month[3:] else "") for month in MONTHS)
_DAY_MONTH_YEAR = re.compile(
    rf"\b(\d{{1,2}})\s?(?:st|nd|rd|th)?[\s-]+(?:of\s+)?({_MONTH})t?\.?,?[\s-]+(\d{{4}})\b", re.I
)
_SLASHED = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})\b")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")

_COUNCIL = re.compile(
    r"\b((?:[A-Z][A-Za-z’'-]+ (?:and |of |& |upon )?){1,4}"
    r"(?:(?i:county|city|borough|district|parish|town|metropolitan|and) )*(?i:council))\b"
)
_NOT_A_COUNCIL = re.compile(r"\b(the|full|this|that|our|each|every|a|parish|town|local|new)$", re.I)
_COMMITTEE = re.compile(
    r"\b((?:[A-Z][A-Za-z’'-]*,? (?:(?:and|of|for|the|&) )*){0,8}"
    r"(?:(?i:sub-)?(?i:committee|board|panel|forum))|Cabinet|CABINET|Full Council|Executive)\b"
)
_PUBLIC_PACK = re.compile(
    r"\(Public Pack\)\s*(?P<name>.*?)\s*(?P<kind>Agenda Document|Agenda Supplement[^,]*?|Minutes)"
    r"\s+for (?P<committee>.+), (?P<date>\d\d/\d\d/\d{4})"
)
# What the first words of a document call it, from the most telling to the least.
_TYPES = (
    ("supplement", r"agenda supplement|supplementary agenda|unavailable when the agenda was"),
    ("minutes", r"^minutes\b|\bminutes of (?:the |a |an )?(?:\w+ ){0,4}?meeting"),
    ("decision record", r"record of decision"),
    ("equality assessment", r"\beqia\b|equalit(?:y|ies) (?:impact )?(?:assessment|analysis)"),
    ("agenda", r"^agenda\b|\bagenda (?:document|template|item)"),
    ("forward plan", r"^(?:[\w’' ]+ )?forward plan\b"),
    ("work programme", r"^(?:[\w’'& ]+ )?work programme\b"),
    ("appendix", r"^(?:appendix|annex)\b"),
)


@dataclass(frozen=True, slots=True)
class Record:
    """What a document's own words say of it; "" and None where they do not say."""

    title: str = ""
    type: str = "report"
    council: str = ""
    committee: str = ""
    meeting_date: date | None = None


def dates_in(text: str) -> list[date]:
    """The whole dates in a text, in order: "21 March 2018", "24/10/2024", "2018-03-21"."""
    found: list[tuple[int, date]] = []
    for match in _DAY_MONTH_YEAR.finditer(text):
        month = [name[:3] for name in MONTHS].index(match[2][:3].lower()) + 1
        found += _dated(match.start(), int(match[3]), month, int(match[1]))
    for match in _SLASHED.finditer(text):
        year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
        found += _dated(match.start(), year, int(match[2]), int(match[1]))
    for match in _ISO.finditer(text):
        found += _dated(match.start(), int(match[1]), int(match[2]), int(match[3]))
    return [day for _, day in sorted(found)]


def _dated(at: int, year: int, month: int, day: int) -> list[tuple[int, date]]:
    try:
        return [(at, date(year, month, day))]
    except ValueError:  # 31 June, or a number that only looks like a date
        return []


def meeting_date_in(lines: Iterable[str]) -> date | None:
    """The date of the meeting that the first lines of a paper name, or None.

    A line that says so ("Date of Meeting", "held on", "To: Cabinet - 30 January 2025") counts
    before a bare date; the date of publication never does.
    """
    bare: date | None = None
    for line in lines:
        days = dates_in(line)
        if not days or re.search(r"publi(?:cation|shed)|confirm|next meeting", line, re.I):
            continue
        if re.search(
            r"\bdate(?: of meeting)?\b|\bheld\b|^to\b|cabinet|committee|day\b", line, re.I
        ):
            return days[0]
        bare = bare or days[0]
    return bare


def council_in(lines: Iterable[str]) -> str:
    """The council that is named most often in the lines, in title case, or ""."""
    counts: dict[str, int] = {}
    for line in lines:
        for match in _COUNCIL.finditer(line):
            name = re.sub(r"^(?:The|To|From|Of|And|At|For|Full|By) ", "", match[1].strip())
            stem = re.sub(r"(?i)\s*council$", "", name).strip()
            if stem and not _NOT_A_COUNCIL.search(stem) and len(stem) > 3:
                key = name.title().replace("’S", "’s").replace("'S", "'s").replace(" And ", " and ")
                counts[key] = counts.get(key, 0) + 1
    return max(counts, key=lambda name: counts[name]) if counts else ""


def committee_in(lines: Iterable[str]) -> str:
    """The first committee or board that the lines name, or "".

    A line that is nothing but the name counts before one that mentions it.
    """
    mentioned = ""
    for line in lines:
        match = _COMMITTEE.search(line)
        if not match:
            continue
        name = re.sub(r"^(?:To|The|From|Of|For|Meeting)[: ]+(?:the )?", "", match[1]).strip()
        name = name.title() if name.isupper() else name
        name = re.sub(r"\b(And|Of|For|The)\b", lambda small: small[1].lower(), name)
        if len(line.split()) <= len(name.split()) + 3:
            return name
        mentioned = mentioned or name
    return mentioned


def type_of(text: str) -> str:
    """What kind of document the first words name: "minutes", "agenda", ... or "report"."""
    folded = " ".join(text.lower().split())
    for name, pattern in _TYPES:
        if re.search(pattern, folded):
            return name
    return "report"


def record_of_title(title: str) -> Record | None:
    """What a public pack's title metadata says, or None where it is no pack's title."""
    match = _PUBLIC_PACK.search(" ".join(title.split()))
    if not match:
        return None
    supplement = match["kind"].startswith("Agenda Supplement")
    name = match["name"] or ("Agenda supplement" if supplement else match["kind"])
    name = "Agenda pack" if name == "Agenda Document" else name
    return Record(
        title=name,
        type="supplement" if supplement else "agenda",
        committee=match["committee"],
        meeting_date=dates_in(match["date"])[0],
    )
