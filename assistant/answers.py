"""Replies: an answer that cannot be built without evidence, or a refusal with what lay nearest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from assistant.errors import EvidenceMissing
from assistant.evidence import Evidence, missing_numbers
from assistant.figures import Figure
from assistant.papers import PaperRecord
from assistant.passages import Passage
from assistant.questions import Question
from assistant.ties import is_later
from assistant.working import WorkedOut


@dataclass(frozen=True, slots=True)
class Citation:
    """A piece of evidence with its number in the answer and the record of its paper."""

    number: int
    evidence: Evidence
    record: PaperRecord

    @property
    def label(self) -> str:
        """The citation as a person would say it: "Cabinet, 30 January 2025, item 7, page 61".

        A report goes by its item number; what has none, or is bound in beside it, by its title.
        """
        passage = self.evidence.passage
        day = passage.meeting_date or self.record.meeting_date
        by_item = passage.item and passage.type not in ("appendix", "supplement")
        parts = [
            passage.committee or self.record.committee or self.record.council,
            say_date(day) if day else "",
            f"item {passage.item}" if passage.item else "",
            "" if by_item else passage.title or self.record.title,
            self._standing,
            self.place,
            _read_by(passage.place_at(self.evidence.start).ocr),
        ]
        return ", ".join(part for part in parts if part)

    @property
    def _standing(self) -> str:
        """What the words are worth where they are no report as first published, or ""."""
        if self.evidence.passage.type == "minutes":
            return self.record.minutes
        return "supplement" if is_later(self.record) else ""

    @property
    def place(self) -> str:
        """Where it stands in its paper: "paragraph 3.2, page 59 (PDF page 61)"; "" if unknown."""
        passage = self.evidence.passage
        place = passage.place_at(self.evidence.start)
        parts = [_numbered(passage), _page(place.printed, place.page)]
        if not any(parts) and passage.trail:
            return f"under “{passage.trail[-1]}”"
        return ", ".join(part for part in parts if part)


def say_date(day: date) -> str:
    """A date as the papers write it: "1 August 2024"."""
    return f"{day.day} {day:%B %Y}"


def _numbered(passage: Passage) -> str:
    number = passage.paragraph.rstrip(".")
    if not number:
        return ""
    return f"minute {number}" if passage.kind == "minute" else f"paragraph {number}"


def _page(printed: str, page: int | None) -> str:
    if printed and page and printed != str(page):
        return f"page {printed} (PDF page {page})"
    return f"page {page}" if page else ""


def _read_by(ocr: int | None) -> str:
    """That the words were not typed, and how sure their reader is of them."""
    if ocr is None:
        return ""
    return f"read by OCR, {ocr}% sure" if ocr else "read by OCR"


@dataclass(frozen=True, slots=True)
class Answer:
    """Words of the papers that answer a question, with their citations.

    Raises EvidenceMissing where there is no citation, or where the text holds a number that
    stands in no cited words and is not one that was worked out.
    """

    text: str
    citations: tuple[Citation, ...]
    figures: tuple[Figure, ...] = ()
    worked_out: tuple[WorkedOut, ...] = ()
    question: Question | None = None
    readings: tuple[
        str, ...
    ] = ()  # questions that would give another figure, where it may be meant

    def __post_init__(self) -> None:
        if not self.citations:
            raise EvidenceMissing("an answer without evidence")
        said = plain(self)
        for one in self.worked_out:
            said = re.sub(rf"(?<![\w.,]){re.escape(one.text)}(?!\w)", " ", said)
        if missing := missing_numbers(said, [citation.evidence for citation in self.citations]):
            raise EvidenceMissing(f"{missing[0]} stands in no cited words")


@dataclass(frozen=True, slots=True)
class Refusal:
    """One sentence that says that the papers do not answer, and the passages that lay nearest."""

    text: str
    nearest: tuple[Citation, ...] = ()
    question: Question | None = None


Reply = Answer | Refusal


def plain(reply: Reply) -> str:
    """A reply's words without the marks of its own citations; other brackets stay."""
    if isinstance(reply, Refusal):
        return reply.text
    marks = "|".join(str(citation.number) for citation in reply.citations)
    return re.sub(rf"\s?\[(?:{marks})\](?=\n|$)", "", reply.text)


@dataclass(frozen=True, slots=True)
class Part:
    """A run of shown words and the number of the citation that bears them."""

    text: str
    citation: int
    lead: str = field(default="")  # said before it, in the assistant's own words


def write_text(parts: list[Part], worked: Sequence[WorkedOut] = ()) -> str:
    """The answer as a person reads it: each part with its mark, then what was worked out."""
    lines = [f"{part.lead}{part.text} [{part.citation}]" for part in parts]
    return "\n".join([*lines, *(f"Worked out: {one.text}" for one in worked)])


def reply_row(reply: Reply) -> dict[str, object]:
    """The reply as the batch contract wants it, without its id and the time it took."""
    if isinstance(reply, Refusal):
        return {
            "answer": reply.text,
            "refused": True,
            "citations": [],
            "figures": [],
            "worked_out": [],
            "readings": [],
            "nearest": [_citation_row(citation) for citation in reply.nearest],
            "understood": _understood_row(reply),
        }
    return {
        "answer": reply.text,
        "refused": False,
        "citations": [_citation_row(citation) for citation in reply.citations],
        "figures": [_figure_row(figure, reply.citations) for figure in reply.figures],
        "worked_out": [{"text": one.text, "from": list(one.sources)} for one in reply.worked_out],
        "readings": list(reply.readings),
        "understood": _understood_row(reply),
    }


def _understood_row(reply: Reply) -> dict[str, str] | None:
    understood = reply.question.understood if reply.question else None
    return understood.row() if understood else None


def _citation_row(citation: Citation) -> dict[str, object]:
    passage = citation.evidence.passage
    place = passage.place_at(citation.evidence.start)
    day = passage.meeting_date or citation.record.meeting_date
    return {
        "number": citation.number,
        "paper": passage.paper,
        "title": passage.title or citation.record.title,
        "council": citation.record.council,
        "committee": passage.committee or citation.record.committee,
        "meeting_date": day.isoformat() if day else None,
        "item": passage.item,
        "heading": passage.heading,
        "paragraph": passage.paragraph,
        "page": place.page,
        "printed_page": place.printed or None,
        "ocr": place.ocr,
        "source": citation.record.source or None,
        "quote": citation.evidence.text,
    }


def _figure_row(figure: Figure, citations: tuple[Citation, ...]) -> dict[str, object]:
    number = next(c.number for c in citations if c.evidence == figure.evidence)
    value = int(figure.value) if figure.value == int(figure.value) else figure.value
    return {
        "text": figure.text,
        "value": value,
        "unit": figure.unit,
        "subject": figure.subject,
        "period": figure.period,
        "citation": number,
    }
