"""Incumbents: who holds the post that a question asks for, or which post the person it names has.

Posts change hands, so a pair of person and post is of the date of its paper: that of the meeting
asked for, or the newest where none is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistant.answers import Answer, Citation, Part, say_date, write_text
from assistant.evidence import quotes
from assistant.index import Index
from assistant.lexical import highest
from assistant.naming import day_of
from assistant.offices import Wanted
from assistant.passages import Passage
from assistant.periods import Periods
from assistant.picking import told
from assistant.posts import POST_WORDS, Holder, holders_in, is_post, names_in
from assistant.questions import Question
from assistant.scope import holding
from assistant.spans import ROW_WORDS
from assistant.terms import stem, terms
from assistant.text import sentences
from assistant.working import WorkedOut

# Passages that hold most of the words of a post or name, and are read for who holds it
LOOKED_AT = 300
# Days that a pack may come after the meeting whose minutes are bound into it
LATER = timedelta(days=130)
# Days before the time asked for within which a paper still tells who was in post
BEFORE = timedelta(days=366)
# A passage of at most this many words is read as one thing
SHORT = 40
MOST = 2  # holders of one post that are shown, where papers of one day differ

# Of such posts the body is named by the paper, and not beside the person.
_PRESIDING = frozenset({"chair", "vice", "leader", "mayor", "clerk"})
_OWN_LISTS = ("agenda", "minutes", "work programme")
_BODY = frozenset(terms("council authority county district borough city committee cabinet the"))
_BELOW = frozenset(terms("deputy assistant vice former associate shadow past trainee pa"))
_STANDING_IN = frozenset(terms("interim acting independent executive new elected the"))
_POST_STEMS = frozenset(stem(word) for word in POST_WORDS) | _BELOW
_OFFICES = re.compile(
    r"(?: and | & | ?/ ?|, | [-–] |; |: | ?\()(?=(?:the )?(?:Deputy |Vice-? ?|Interim |Acting )?"
    r"(?:Cabinet Member|Portfolio Holder|Leader|Chair|Section 151|Chief|Monitoring Officer"
    r"|Returning Officer|Director|Head of))",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Incumbents:
    """Who holds a post, best first; none where the papers read name nobody."""

    asked: Wanted
    holders: tuple[Holder, ...]
    note: str = ""  # as of when, where it is not the time asked for
    is_vacant: bool = False  # whether a post was asked for that no paper read names anyone with


def incumbents(
    asked: Wanted, question: Question, nearby: Iterable[Passage], index: Index
) -> Incumbents:
    """Who holds the post asked for, or as what the person does, at the time asked for."""
    asked = replace(asked, periods=asked.periods or _periods(question))
    read = list(_read(asked, nearby, index))
    fits = [
        (fit, holder)
        for passage in read
        for holder in holders_in(passage)
        if (fit := _fit(asked, holder, question, index))
    ]
    dated = [(fit, one, day) for fit, one in fits if (day := _day(one.passage, index))]
    days, note = _time(asked.periods, {day for _, _, day in dated})
    found = [(fit, one) for fit, one, day in dated if day in days]
    if not dated and not asked.periods:
        found = fits
    holders = tuple(_foremost(found, asked))
    if asked.periods:
        read = [one for one in read if (day := _day(one, index)) and _is_within(day, asked.periods)]
    vacant = bool(asked.post) and not found and not any(_may_name(asked, one) for one in read)
    return Incumbents(asked, holders, note, vacant)


def _may_name(asked: Wanted, passage: Passage) -> bool:
    """Whether the post and a name stand near one another, though they are no clear pair."""
    text = passage.text
    presides = _PRESIDING.intersection(_office_terms(asked.post))
    own = set(terms(asked.post))
    if presides:  # in a sentence "leaders" are many, and a post has a capital
        own = {term for term in presides if re.search(rf"\b{term.capitalize()}", text)}
    if not own or (holders_in(passage) and not presides):
        return False
    body = set(_office_terms(asked.post)) - presides - _BODY if presides else set()
    if not body <= set(_office_terms(f"{text} {passage.heading} {passage.committee}")):
        return False
    whole = [(0, len(text))] if len(text.split()) <= SHORT else sentences(text)
    return any(_is_said(own, one) and names_in(one) for one in (text[a:b] for a, b in whole))


def _is_said(own: Set[str], text: str) -> bool:
    """Whether a text holds the terms of a post beside one another."""
    held = _office_terms(text)
    return any(own == set(held[at : at + len(own)]) for at in range(len(held) - len(own) + 1))


def _periods(question: Question) -> Periods:
    return Periods(question.years, question.months, question.quarters)


def _read(asked: Wanted, nearby: Iterable[Passage], index: Index) -> Iterator[Passage]:
    """The passages near at hand, and those that hold most of the words of the post or name."""
    weights = dict.fromkeys(_spelt(asked.post or asked.name), 1.0)
    seen = {passage.key: passage for passage in nearby}
    keys = [*_top(weights, index)]
    if window := _window(asked.periods, index):
        keys += _top(weights, holding(index, window))
    seen |= {passage.key: passage for passage in index.store.get(dict.fromkeys(keys))}
    yield from (seen[key] for key in sorted(seen))


def _top(weights: Mapping[str, float], index: Index) -> list[int]:
    return highest(index.words.scores(weights), LOOKED_AT)


def _window(periods: Periods, index: Index) -> list[int]:
    """The passages of the papers of the time asked for; a pack holds minutes of the one before."""
    days = [date(int(m[:4]), int(m[-2:]), 1) for m in periods.months if m[:4].isdigit()]
    days = days or [date(int(year[:4]), 1, 1) for year in periods.years]
    span = timedelta(days=31) if periods.months else timedelta(days=455)
    return [
        key
        for path, record in index.store.records.items()
        if record.meeting_date
        and any(day <= record.meeting_date <= day + span + LATER for day in days)
        for key in index.store.span(path)
    ]


def _spelt(words: str) -> list[str]:
    """The terms of a post, with those that papers use for the same office."""
    found = terms(words)
    if "chair" in (_office_term(term) for term in found):
        found += [stem(word) for word in ("chair", "chairman", "chairwoman", "chairperson")]
    if {"cabinet", "portfolio"} & set(found):
        found += terms("cabinet member portfolio holder")
    return found


def _office_term(term: str) -> str:
    return "chair" if term.startswith("chair") else "holder" if term == "portfolio" else term


def _office_terms(words: str) -> list[str]:
    plain = re.sub(r"\bportfolio holder\b|\bportfolio\b", "cabinet member", words, flags=re.I)
    plain = re.sub(r"\bs\.? ?151\b", "section 151", plain, flags=re.I)
    if re.search(r"\bin the chair\b", plain, re.I):
        return ["chair"]
    return [_office_term(term) for term in terms(plain.replace("-", " "))]


def _fit(asked: Wanted, holder: Holder, question: Question, index: Index) -> float:
    """How well a pair of person and post is the one asked for; 0 where it is another."""
    if asked.name:
        return float(_is_same_person(asked.name, holder.name)) * (0.5 if holder.is_role else 1.0)
    if holder.is_role:
        return 0.0
    own = _office_terms(asked.post)
    above = " ".join((holder.passage.caption, *holder.passage.trail[-1:], *holder.passage.heads))
    of_members = re.search(r"\bportfolio|\bcabinet member", above, re.I) and not is_post(
        holder.post
    )
    offices = _OFFICES.split(f"Cabinet Member {holder.post}" if of_members else holder.post)
    return max(_office_fit(own, _office_terms(one), asked, holder, index) for one in offices)


def _office_fit(
    own: Sequence[str], office: Sequence[str], asked: Wanted, holder: Holder, index: Index
) -> float:
    heads = [term for term in own if term in _POST_STEMS]
    rest = set(own) - set(heads) - _BODY - _council_terms(holder.passage, index)
    if not set(heads) <= set(office) or (_BELOW & set(office)) - set(own):
        return 0.0
    presides = bool(_PRESIDING.intersection(heads))
    first = next((term for term in office if term not in _STANDING_IN - set(own)), "")
    if presides and first not in heads:
        return 0.0
    held = set(office)
    if presides:
        held |= _bodies(holder, index)
    if not rest <= held:
        return 0.0
    more = set(office) - set(own)
    beside = len(more & asked.beside)
    return 1.0 / (1 + len(more - asked.beside)) + beside


def _bodies(holder: Holder, index: Index) -> set[str]:
    """The terms of what names the body that someone presides over.

    Only the lists of a body's own members go without its name: "(Chair)" behind one of them.
    """
    passage = holder.passage
    record = index.store.records[passage.paper]
    listed = passage.type in _OWN_LISTS or f"({holder.post})" in passage.text
    named = (passage.committee, record.committee, passage.title, *passage.trail)
    own = named if listed else passage.trail[-1:]
    return set(terms(" ".join((passage.text, *own))))


def _council_terms(passage: Passage, index: Index) -> set[str]:
    return set(terms(index.store.records[passage.paper].council))


def _is_same_person(asked: str, name: str) -> bool:
    """Whether two names have one surname and no first names or initials that differ."""
    one, other = _name_parts(asked), _name_parts(name)
    if not one or not other or one[-1] != other[-1]:
        return False
    pairs = zip(one[:-1], other[:-1], strict=False)
    return all(a == b or (min(len(a), len(b)) == 1 and a[0] == b[0]) for a, b in pairs)


def _name_parts(name: str) -> list[str]:
    found = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", name.lower().replace("’", "'"))
    titles = {"cllr", "cllrs", "councillor", "mr", "mrs", "ms", "miss", "dr", "sir", "prof"}
    return [part for part in found if part not in titles]


def _day(passage: Passage, index: Index) -> date | None:
    return day_of(passage, index.store.records[passage.paper])


def _time(periods: Periods, days: Iterable[date]) -> tuple[list[date], str]:
    """The days, of those known, that answer for the time asked for; with what is said of them."""
    known = sorted(days)
    if not periods:
        newest = known[-1:]
        return newest, f"as of {say_date(newest[0])}, the newest paper to say" if newest else ""
    if within := [day for day in known if _is_within(day, periods)]:
        return within if periods.months else within[-1:], ""
    end = _end(periods)
    earlier = [day for day in known if end and end - BEFORE <= day <= end][-1:]
    return earlier, f"as of {say_date(earlier[0])}, the last paper to say" if earlier else ""


def _is_within(day: date, periods: Periods) -> bool:
    if periods.months:
        return any(f"{day:%Y-%m}".endswith(month) for month in periods.months)
    spans = {f"{day.year - (day.month < start)}" for start in (4, 9)}
    return any(
        year[:4] in spans if "-" in year else year == str(day.year) for year in periods.years
    )


def _end(periods: Periods) -> date | None:
    dated = [month for month in periods.months if month[:4].isdigit()]
    if dated:
        return date(int(max(dated)[:4]), int(max(dated)[-2:]), 28)
    years = [int(year[:4]) + ("-" in year) for year in periods.years]
    return date(max(years), 12, 31) if years else None


def _foremost(found: Sequence[tuple[float, Holder]], asked: Wanted) -> list[Holder]:
    """The pairs that fit best, one for each person, whom most papers name first.

    None where so many fit that the post asked for is that of many.
    """
    best = max((fit for fit, _ in found), default=0.0)
    fitting = [holder for fit, holder in found if fit == best]
    if asked.name and best < 1.0:
        return sorted(fitting, key=lambda one: len(one.passage.text))[:1]
    if asked.name:
        return fitting[-1:]
    named = Counter(_name_parts(holder.name)[-1] for holder in fitting)
    firsts = {name: _fullest(name, fitting) for name, _ in named.most_common()}
    return list(firsts.values()) if len(firsts) <= MOST else []


def _fullest(surname: str, holders: Iterable[Holder]) -> Holder:
    """The first of a person's pairs that gives her whole name."""
    own = [one for one in holders if _name_parts(one.name)[-1] == surname]
    return next((one for one in own if len(_name_parts(one.name)[0]) > 1), own[0])


def _shown(holder: Holder) -> tuple[int, int]:
    """Where the person and the post stand; a part in some matter is shown with the matter."""
    text = holder.passage.text
    whole = holder.is_role and len(text.split()) <= ROW_WORDS
    return (0, len(text)) if whole else (holder.start, holder.end)


def told_of(found: Incumbents, question: Question, index: Index) -> Answer:
    """The answer in the papers' own words. There must be a holder."""
    by_key: dict[int, list[Holder]] = {}
    for holder in found.holders:
        by_key.setdefault(holder.passage.key, []).append(holder)
    chosen = [
        one
        for held in by_key.values()
        for one in quotes(held[0].passage, [_shown(holder) for holder in held])
    ]
    records = index.store.records
    citations = tuple(
        Citation(number, one.evidence, records[one.evidence.passage.paper])
        for number, one in enumerate(chosen, 1)
    )
    parts = [
        Part(told(one.evidence.passage, one.shown), number) for number, one in enumerate(chosen, 1)
    ]
    worked = (WorkedOut(found.note, (1,)),) if found.note else ()
    return Answer(write_text(parts, worked), citations, worked_out=worked, question=question)
