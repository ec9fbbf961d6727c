"""A question taken apart: the periods, groups, areas and papers that it names, and its matter."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from enum import StrEnum

from assistant.posts import POST_WORDS
from assistant.records import MONTHS
from assistant.terms import SMALL_WORDS, stem
from assistant.text import words

_MONTH = rf"(?:{'|'.join(name[:3] + (f'(?:{name[3:]})?' if name[3:] else '') for name in MONTHS)})"
_YEAR = r"(?:19|20)\d\d(?:\s?[-/–]\s?(?:(?:19|20)\d\d|\d\d)(?!\d))?|\b\d\d\s?[-/–]\s?\d\d(?![-/\d])"
_PERIOD = re.compile(
    rf"\b(?:(?:(?:\d{{1,2}}(?:st|nd|rd|th)?\s)?{_MONTH}t?\.?,?\s(?:{_YEAR}|\d\d\b))"
    rf"|(?:(?:q|quarter )[1-4](?:,? (?:of )?(?:{_YEAR}))?)"
    r"|(?:(?:spring|summer|autumn|winter) (?:of )?(?:19|20)\d\d)"
    r"|(?:(?:the )?(?:yr|year|quarter) (?:before|after|earlier|later)\b)"
    rf"|(?:{_YEAR})"
    rf"|(?:(?:this|last|next|that|previous|following|current) (?:financial |academic |school )?"
    r"(?:year|quarter|month))"
    rf"|(?:(?:{'|'.join(name for name in MONTHS if name not in ('may', 'march'))})\b"
    r"|March\b|May\b(?= (?:meeting|papers?|report|minutes|that|of|the)|\W*$)))",
    re.I,
)
_PAPER = re.compile(
    r"\b(?:in|per|at|from|of|to) the (?P<name>(?:(?!the\b)[\w&'’/-]+ ){0,6}?"
    r"(?:report|papers?|minutes|meeting|pack|plan|strategy|accounts|agenda|appendix|supplement|monitoring|cabinet|committee))\b",
    re.I,
)
# The bodies that a council's figures are set against; a question is about one of them at a time.
_COMPARATORS = re.compile(
    r"\b(?:england(?:'s|’s)?|nationally|national(?: (?:average|figure|rate))?|the uk|wales"
    r"|(?:the )?(?:north|south|east|west)[ -](?:east|west|midlands)|east of england|yorkshire"
    r"|regionally|regional(?: average)?|statistical neighbours?|nearest neighbours?"
    r"|(?:similar|other|neighbouring) (?:councils?|authorities|areas))\b",
    re.I,
)
# A place behind the word that puts something there; months are taken before it.
_PLACE = re.compile(
    r"\b(?:in|for|across|around|within) "
    r"(?P<name>(?:the )?[A-Z][a-z][\w'’-]*(?: (?:and |& )?[A-Z][a-z][\w'’-]*)*)"
)
# Words of posts and portfolios, bodies and papers: a name that holds one is no place's.
_NOT_OF_PLACES = """
    cabinet committee board panel scrutiny forum department directorate service services team
    appendix annex plan strategy policy report register budget fund scheme grant programme
    statement framework review indicator category measure year round phase eqia assessment award
    awards charter accounts minutes agenda
    education skills learning health care social adult adults children people finance resources
    transport transportation highways housing environment economy planning communities governance
    all
"""
_NO_PLACE = frozenset(_NOT_OF_PLACES.split()) | POST_WORDS
# Bodies that are called by these words alone, as places never are
_BARE_BODY = frozenset(
    {"the", "council", "county", "city", "borough", "district", "municipal", "metropolitan"}
)
_OF_POST = re.compile(rf"\b(?:{'|'.join(sorted(POST_WORDS))})s?$", re.I)
# Each line holds words that part people, places or figures: where one of them is asked for next,
# it takes the place of the other. General vocabulary of councils and schools.
_ALTERNATIVES = """
girl boy
female male woman man
primary secondary
reading writing maths mathematics
infant junior
red amber green
revenue capital
overspend underspend
ks1 ks2 ks3 ks4
north south east west central
against favour
residential nursing domiciliary
urban rural
high medium low
adult child children childrens kids
approved refused rejected
"""
_GROUPS = re.compile(
    r"\b(?:girls?|boys?|women|men|females?|males?|primar(?:y|ies)|secondar(?:y|ies)|disadvantaged"
    r"|pupils with (?:an )?(?:ehcps?|sen|send)|care leavers?|looked[ -]after children|older people"
    r"|adults?|childrens?|kids|young people|infants?|juniors?|academies"
    r"|maintained schools?)\b(?!['’]s)",
    re.I,
)
_WORD = re.compile(r"[£]?\w[\w&'’./%-]*\w|\w")
# Words that say how it is asked, and those that point back.
_NOT_MATTER = """
    what which who whose when where why how many much far often does did tell remind please give
    list same other one ones instead previous before after then it's what's who's yet i'm we're
    they're don't isn't aren't doesn't didn't sorry meant mean
"""
_NO_MATTER = frozenset(_NOT_MATTER.split())


def _alternatives() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for line in _ALTERNATIVES.strip().splitlines():
        stems = frozenset(stem(word) for word in line.split())
        for one in stems:
            table[one] = table.get(one, frozenset()) | stems - {one}
    return table


ALTERNATIVES = _alternatives()


class Part(StrEnum):
    """What a piece of a question says."""

    PERIOD = "period"
    GROUP = "group"
    AREA = "area"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a question's words that says one part of it."""

    part: Part
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as it was understood, part by part; "" where it says nothing of one."""

    matter: str
    about: str = ""  # the matter of the turns before that a follow-up asks something else of
    group: str = ""
    area: str = ""
    period: str = ""
    paper: str = ""
    scope: str = ""  # the papers that the conversation keeps to
    until: str = ""  # the day up to which the papers know, where what is current is asked for

    @property
    def line(self) -> str:
        """The parts as a person reads them: "KS2 writing, girls, Dorset, 2024"."""
        scope = f"only {self.scope}" if self.scope else ""
        until = f"papers up to {self.until}" if self.until else ""
        said = (self.matter, self.about, self.group, self.area, self.period, self.paper)
        parts = (*said, scope, until)
        return ", ".join(part for part in parts if part)

    def row(self) -> dict[str, str]:
        """The line and the parts, as the batch contract has them."""
        return {"line": self.line, **asdict(self)}


def taken_apart(text: str) -> Understood:
    """The parts of a question that stands on its own."""
    said: dict[Part, list[str]] = {}
    rest = text
    for piece in reversed(pieces(text)):
        said.setdefault(piece.part, []).insert(0, piece.text)
        rest = f"{rest[: piece.start]} {rest[piece.end :]}"

    def part(name: Part) -> str:
        return ", ".join(dict.fromkeys(said.get(name, [])))

    return Understood(
        matter_of(rest),
        group=part(Part.GROUP),
        area=part(Part.AREA),
        period=part(Part.PERIOD),
        paper=part(Part.PAPER),
    )


def comparators_in(text: str) -> list[str]:
    """The bodies that a question names to set a council's figures against, as they were typed."""
    return [match.group() for match in _COMPARATORS.finditer(text)]


def matter_of(text: str) -> str:
    """The words of a question that say what it is about, as they were typed."""
    kept = [
        word
        for word in _WORD.findall(text)
        if not {word.lower().removesuffix("'s"), stem(word.lower())} & _NO_MATTER
        and words(word)
        and words(word)[0] not in SMALL_WORDS
    ]
    return " ".join(dict.fromkeys(kept))


def pieces(text: str) -> list[Piece]:
    """The pieces that name a period, a group, an area or a paper, in order; a word is in one."""
    found: list[Piece] = []
    for part, pattern in (
        (Part.PERIOD, _PERIOD),
        (Part.AREA, _COMPARATORS),
        (Part.PAPER, _PAPER),
        (Part.AREA, _PLACE),
        (Part.GROUP, _GROUPS),
    ):
        for match in pattern.finditer(text):
            start, end = match.span("name" if "name" in match.groupdict() else 0)
            end = _end_of_place(match) if pattern is _PLACE else end
            if start < end and not any(start < other.end and other.start < end for other in found):
                found.append(Piece(part, start, end, text[start:end]))
    return sorted(found, key=lambda piece: piece.start)


def _end_of_place(match: re.Match[str]) -> int:
    """Where the name of a place ends that a preposition leads to: at its start where it is none.

    "In Kent's Reserves Policy" is in Kent, and a "Member for Education" is of no place.
    """
    name = match["name"]
    owner = re.match(r".*?['’]s(?= )", name)
    if owner and _words(name[owner.end() :]) & _NO_PLACE:
        name = owner[0]
    led = match.string[: match.start()].rstrip()
    of_post = match[0].lower().startswith("for ") and _OF_POST.search(led)
    is_none = of_post or _words(name) & _NO_PLACE or _words(name) <= _BARE_BODY
    return match.start("name") + (0 if is_none else len(name))


def _words(name: str) -> set[str]:
    return set(re.findall(r"[a-z]+", re.sub(r"['’]s\b", "", name).lower()))
