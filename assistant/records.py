"""What a paper says of itself: council, committee, meeting date, title and type."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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
_ORDINAL = r"(?:st|nd|rd|th)"
# "on Tuesday, 21st" at the end of a line, "July 2015" on the next; never a page's number
_TORN = re.compile(
    rf"(?:(?<=\d{_ORDINAL})|(?<=day, \d\d)|(?<=day \d\d))\s*\n\s*(?=(?:of )?(?:{_MONTH})\b)"
    rf"|(?<=day,)\s*\n\s*(?=\d{{1,2}}{_ORDINAL}\b)"
    rf"|(?<=\d)\s*\n\s*(?={_ORDINAL}\s+(?:of )?(?:{_MONTH})\b)"
    rf"|(?<=\d{_ORDINAL} )(?P<month>(?:{_MONTH}),?)\s*\n\s*(?=(?:19|20)\d\d\b)",
    re.I,
)
_SLASHED = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})\b")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")

_COUNCIL = re.compile(
    r"\b((?:[A-Z][A-Za-z’'-]+ (?:and |of |& |upon )?){1,4}"
    r"(?:(?i:county|city|borough|district|parish|town|metropolitan|and) )*(?i:council))\b"
)
# Words that say what kind of council it is, or which one is meant, and not how it is called.
_KIND_OF_COUNCIL = frozenset(
    {"the", "full", "this", "that", "our", "each", "every", "a", "and", "of", "to", "from", "at"}
    | {"for", "by", "local", "new", "county", "city", "borough", "district", "parish", "town"}
    | {"metropolitan", "unitary", "council"}
)
# A logo's letters, and words of the sentence
_BEFORE_COUNCIL = re.compile(
    r"^(?:[A-Z]{2,4} (?=[A-Z][a-z])|(?:The|To|From|Of|And|At|For|Full|By) )+"
)
# How often a council must be named to be taken for the paper's own; a line of its own tells more.
COUNCIL_NAMED = 3
_COMMITTEE = re.compile(
    r"\b((?:[A-Z][A-Za-z’'-]*,? (?:(?:and|of|for|the|&) )*){1,8}"
    r"(?:(?i:sub-)?(?i:committee|board|panel|forum))"
    r"|(?:Cabinet|CABINET)(?! (?i:members?|office|secretary|minister|committees?)\b)|Full Council"
    r"|Executive(?=\s*(?:$|[-–,]))|EXECUTIVE(?=\s*(?:$|[-–,])))\b"
)
# Words before a body's name that are none of it.
_NOT_OF_NAME = re.compile(
    r"^(?:(?:To|The|From|Of|For|Meeting|Minutes|Members|Report|Agenda|Role|Decision|That|This|Our"
    r"|Each|Its|A|An|In|At|By|On|And|Any|Sub)\b[: ]*(?:of |by |to |for |the )*)+"
)
_ADDRESSED = re.compile(
    r"^(?:to|meeting|committee|decision (?:to be taken )?by|decision[ -]maker"
    r"|minutes of (?:the |a )?(?:meeting of )?(?:the )?)\s*[:-]?\s*(?:the )?$",
    re.I,
)
_ELSEWHERE = re.compile(r"^(?:past|future) pathway|^previous|^considered by", re.I)
_OTHER_DAY = re.compile(
    r"publi(?:cation|shed)|confirm|next meeting|(?:past|future) pathway|previous", re.I
)
_TOLD = re.compile(r"\bdate of (?:the )?meeting\b|^(?:to|meeting|held)\b", re.I)
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.I)
_HELD = re.compile(r"\b(?:meeting|minutes)\b.*\bheld\b", re.I)
_LIKELY = re.compile(rf"^date\b|{_WEEKDAY.pattern}|committee|cabinet", re.I)
_LONE_MONTH = re.compile(rf"(?:{_MONTH}) (?:19|20)\d\d", re.I)
# Words of a line that is a date, that is one and little else, that may say whose it is, and of
# the sentence that heads minutes
DATE_WORDS, FEW, SOME, MANY = 4, 6, 12, 40
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
    source: str = ""


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


def told_date_in(lines: Iterable[str]) -> date | None:
    """The date that a line says is the meeting's ("Date of Meeting", "To: Cabinet - ..."), or None.

    A line that is nothing but a date says so too; the date of publication never is.
    """
    return next(
        (
            days[0]
            for line, days in _dated_lines(lines)
            if _TOLD.search(line) or len(line.split()) <= DATE_WORDS
        ),
        None,
    )


def meeting_date_in(lines: Iterable[str]) -> date | None:
    """The date of the meeting that the first lines of a paper name, or None.

    A line that says so counts before one that looks like it, and that before a bare date.
    """
    dated = [(line, days[0]) for line, days in _dated_lines(lines)]
    told = [day for line, day in dated if _TOLD.search(line)]
    likely = [day for line, day in dated if _LIKELY.search(line) and len(line.split()) <= SOME]
    # An agenda lists the minutes of the meeting before.
    held = [day for line, day in dated if _HELD.search(line)]
    bare = [day for line, day in dated if len(line.split()) <= FEW]
    # "... held in the Town Hall, Quay Street, on Wednesday, 3rd February 2021, at 10am"
    sat = [day for line, day in dated if _WEEKDAY.search(line) and len(line.split()) <= MANY]
    # "Anyton Parish Council - 3rd September 2019"
    headed = [day for line, day in dated if _COUNCIL.match(line) and len(line.split()) <= SOME]
    return next(iter([*told, *likely, *sat, *headed, *held, *bare]), None)


def month_in(lines: Iterable[str]) -> str:
    """The month that a line of the lines is and nothing else ("September 2018"), or ""."""
    return next((line.strip() for line in lines if _LONE_MONTH.fullmatch(line.strip())), "")


def _dated_lines(lines: Iterable[str]) -> Iterator[tuple[str, list[date]]]:
    whole = _TORN.sub(lambda torn: f"{torn['month'] or ''} ", "\n".join(lines))
    for line in whole.split("\n"):
        days = dates_in(line)
        if days and not _OTHER_DAY.search(line):
            yield line, days


def council_in(lines: Iterable[str]) -> str:
    """The council that the lines name as their own, in title case, or "".

    That is the one named most often, where a line that holds little else counts for several.
    """
    counts: dict[str, int] = {}
    for line in lines:
        for match in _COUNCIL.finditer(line):
            name = _BEFORE_COUNCIL.sub("", match[1].strip())
            if not set(name.lower().split()) - _KIND_OF_COUNCIL:
                continue
            key = name.title().replace("’S", "’s").replace("'S", "'s").replace(" And ", " and ")
            room = 5 if line.strip().startswith(name) else 3
            alone = len(line.split()) <= len(name.split()) + room
            counts[key] = counts.get(key, 0) + (COUNCIL_NAMED if alone else 1)
    best = max(counts, key=lambda name: counts[name], default="")
    return best if counts.get(best, 0) >= COUNCIL_NAMED else ""


def committee_in(lines: Iterable[str]) -> str:
    """The committee or board whose paper the lines head, or "".

    A line that is addressed to it, or is nothing but its name, counts before one that mentions
    a committee.
    """
    held = [line for text in lines for line in text.split("\n")]
    return committee_named(held) or next(
        (
            name
            for line in held
            if (name := _committee(line)) and re.search("committee|cabinet", name, re.I)
        ),
        "",
    )


def committee_named(lines: Iterable[str]) -> str:
    """The first committee or board that a line is addressed to or is nothing but the name of."""
    alone = ""
    for line in lines:
        match, name = _COMMITTEE.search(line), _committee(line)
        if not match or not name:
            continue
        before = line[: match.end() - len(name)]
        if _ADDRESSED.match(before):
            return name
        left = re.sub(r"\b\w+day\b|\d\S*|\b(?:" + _MONTH + r")\b|[-–,]", " ", line, flags=re.I)
        if len(left.split()) <= len(name.split()) + 3 and len(before.split()) < 3:
            alone = alone or name
    return alone


def _committee(line: str) -> str:
    """The name of the body that a line mentions, in title case, or ""."""
    match = None if _ELSEWHERE.match(line) else _COMMITTEE.search(line)
    if not match:
        return ""
    name = _NOT_OF_NAME.sub("", match[1]).strip()
    name = name.title() if name.isupper() else name
    name = re.sub(r"\b(And|Of|For|The)\b", lambda small: small[1].lower(), name)
    known = name in ("Cabinet", "Executive", "Full Council")
    return name if known or len(name.split()) > 1 else ""


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
