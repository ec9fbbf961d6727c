"""How one reply does on one case: retrieved at which rank, chosen, shown, and where it failed."""

from __future__ import annotations

import re
import unicodedata
from calendar import month_name
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from evals.cases import Case, Evidence, Kind
from evals.replies import Citation, Hit, Reply
from evals.wording import length, numbers, shows_one, without, without_marks, words

DEPTH = 50  # passages asked for with each answer
FIRST_PAGE = 10  # passages that an answer can be expected to choose from
LONGEST_HIT = 200  # words; a longer passage finds the evidence by holding everything
BRIEF = 80  # words of an answer to a single question
BRIEF_LISTING = 200  # words of an answer that lists, tabulates or compares
ENOUGH = 0.7  # of the evidence's words, in order, where the two texts differ a little

_MONTHS = "|".join(month_name[1:])
_DATE = re.compile(rf"\b\d{{1,2}} (?:{_MONTHS}) \d{{4}}\b")
_LISTINGS = {Kind.LIST, Kind.DECISION, Kind.TABLE, Kind.COMPARISON, Kind.TREND}


class Stage(StrEnum):
    """Where a case failed; the first stage at which it did."""

    NOT_RETRIEVED = "not retrieved"
    RANKED_LOW = "retrieved, but not in the first 10"
    REFUSED = "refused"
    NOT_CHOSEN = "retrieved, other evidence chosen"
    NOT_SHOWN = "chosen, but the figure not shown"
    TOO_LONG = "too long"
    NOT_CITED = "shown, but not cited"
    NOT_REFUSED = "answered, but the papers do not say"


@dataclass(frozen=True, slots=True)
class Score:
    """What one reply is worth; `stage` is None where nothing failed."""

    case: Case
    reply: Reply
    rank: int | None  # of the first passage that holds evidence, from 1; None if none does
    right: bool
    cited: bool
    unsupported: tuple[str, ...]  # numbers of the answer that no cited passage holds
    pages: int  # citations that cover evidence with a known page
    pages_right: int  # those of them that name that page
    stage: Stage | None

    @property
    def passed(self) -> bool:
        """Whether the case is right and, if there is an answer, cited."""
        return self.stage is None

    @property
    def failing(self) -> str:
        """Say where the case failed, with the rank where that matters."""
        if self.stage is Stage.NOT_RETRIEVED:
            return f"{self.stage} (not in {DEPTH})"
        if self.stage is Stage.RANKED_LOW:
            return f"retrieved at rank {self.rank} but not in the first {FIRST_PAGE}"
        return str(self.stage or "")


def score(case: Case, reply: Reply) -> Score:
    """Return how a reply does on its case."""
    if not case.answerable:
        stage = None if reply.refused else Stage.NOT_REFUSED
        unsupported = unsupported_figures(case, reply)
        return Score(case, reply, None, reply.refused, False, unsupported, 0, 0, stage)
    rank = retrieved_at(case, reply.hits)
    shown = not reply.refused and shows_all(case, without_marks(reply.answer))
    right = shown and is_brief(case, reply)
    cited = not reply.refused and is_cited(case, reply.citations)
    pages, pages_right = _pages(case, reply.citations)
    return Score(
        case=case,
        reply=reply,
        rank=rank,
        right=right,
        cited=cited,
        unsupported=unsupported_figures(case, reply),
        pages=pages,
        pages_right=pages_right,
        stage=_stage(rank, refused=reply.refused, shown=shown, right=right, cited=cited),
    )


def _stage(
    rank: int | None, *, refused: bool, shown: bool, right: bool, cited: bool
) -> Stage | None:
    if right:
        return None if cited else Stage.NOT_CITED
    if shown:
        return Stage.TOO_LONG
    if cited:
        return Stage.NOT_SHOWN
    if rank is None:
        return Stage.NOT_RETRIEVED
    if rank > FIRST_PAGE:
        return Stage.RANKED_LOW
    return Stage.REFUSED if refused else Stage.NOT_CHOSEN


def shows_all(case: Case, text: str) -> bool:
    """Whether a text shows one alternative of every group of the case."""
    return all(shows_one(text, group) for group in case.groups)


def is_brief(case: Case, reply: Reply) -> bool:
    """Whether the answer is as short as its kind of question deserves."""
    return length(reply.answer) <= (BRIEF_LISTING if case.kind in _LISTINGS else BRIEF)


def is_cited(case: Case, citations: Iterable[Citation]) -> bool:
    """Whether the citations cover the evidence: any of it, or all of it where all is needed."""
    cited = tuple(citations)
    covered = (
        any(covers(case, evidence, c.paper, c.quote, c.heading, c.page) for c in cited)
        for evidence in case.evidence
    )
    return all(covered) if case.all_needed else any(covered)


def retrieved_at(case: Case, hits: Iterable[Hit]) -> int | None:
    """Return the rank of the first passage of fair length that covers any of the evidence.

    Any of it counts, also where the case needs all: the rank says when the reader of the
    passages first meets evidence. The heading counts as part of a passage, since the evidence
    of a table row may begin with the table's title.
    """
    for rank, hit in enumerate(hits, start=1):
        if len(hit.text.split()) > LONGEST_HIT:
            continue
        whole = f"{hit.heading}\n{hit.text}"
        for evidence in case.evidence:
            if not same_paper(evidence.paper, hit.paper):
                continue
            if covers(case, evidence, hit.paper, hit.text, hit.heading, hit.page):
                return rank
            if holds(words(evidence.quote), words(whole)):
                return rank
    return None


def covers(
    case: Case, evidence: Evidence, paper: str, quote: str, heading: str, page: int | None
) -> bool:
    """Whether words of a paper cover a piece of evidence.

    They do when they hold it, are most of it, or nearly match it and show the same facts; on
    the evidence's own page also when, with their heading, they show every fact of a case about
    figures, since the reading order of a PDF may scatter a table's rows.
    """
    if not same_paper(evidence.paper, paper):
        return False
    wanted, found = words(evidence.quote), words(quote)
    if holds(wanted, found) or (holds(found, wanted) and 2 * len(found) >= len(wanted)):
        return True
    whole = f"{heading}\n{quote}"
    if nearly_holds(wanted, found) and _same_facts(case, evidence, whole):
        return True
    on_page = evidence.page is not None and evidence.page == page
    return on_page and _asks_for_figures(case) and shows_all(case, whole)


def same_paper(one: str, other: str) -> bool:
    """Whether two paths name one paper, where either may start at a folder higher up."""
    one, other = (unicodedata.normalize("NFC", path).strip("/") for path in (one, other))
    return one == other or one.endswith(f"/{other}") or other.endswith(f"/{one}")


def holds(wanted: tuple[str, ...], found: tuple[str, ...]) -> bool:
    """Whether the wanted words stand together in the found ones."""
    return bool(wanted) and f" {' '.join(wanted)} " in f" {' '.join(found)} "


def bears(quote: tuple[str, ...], text: str) -> bool:
    """Whether a text holds the evidence, or is the most of it."""
    found = words(text)
    return holds(quote, found) or (holds(found, quote) and 2 * len(found) >= len(quote))


def nearly_holds(wanted: tuple[str, ...], found: tuple[str, ...]) -> bool:
    """Whether one stretch of the found words has enough of the wanted ones, in order."""
    if not wanted or not found:
        return False
    if len(found) > len(wanted):
        place = fuzz.partial_ratio_alignment(wanted, found)
        start, end = (place.dest_start, place.dest_end) if place else (0, 0)
        slack = len(wanted) // 4  # words put in between, such as a cell or a column's name
        found = found[max(0, start - slack) : end + slack]
    return bool(LCSseq.similarity(wanted, found) >= ENOUGH * len(wanted))


def _same_facts(case: Case, evidence: Evidence, text: str) -> bool:
    # "…reading: 2016 = 0.6" and "…writing: 2016 = 3.4" share most words, but not the fact.
    facts = [group for group in case.groups if shows_one(evidence.quote, group)]
    return all(shows_one(text, group) for group in facts)


def _asks_for_figures(case: Case) -> bool:
    return any(char.isdigit() for group in case.groups for text in group for char in text)


def _pages(case: Case, citations: Iterable[Citation]) -> tuple[int, int]:
    """Count the citations that cover evidence with a page, and those that name that page."""
    seen = right = 0
    for c in citations:
        pages = {
            evidence.page
            for evidence in case.evidence
            if evidence.page and covers(case, evidence, c.paper, c.quote, c.heading, c.page)
        }
        seen += bool(pages)
        right += c.page in pages
    return seen, right


def unsupported_figures(case: Case, reply: Reply) -> tuple[str, ...]:
    """Return the numbers of an answer that stand in no cited passage and were not worked out.

    A refusal may also repeat the numbers of its question, and give the date up to which the
    papers go: neither is a figure that it took from them.
    """
    text = without_marks(reply.answer)
    texts = [text for c in reply.citations for text in (c.quote, c.heading)]
    if reply.refused:
        texts.append(case.question)
        text = _DATE.sub(" ", text)
    known = {number for text in texts for number in numbers(text)}
    said = numbers(without(text, reply.worked_out))
    return tuple(f"{number:f}" for number in dict.fromkeys(said) if number not in known)
