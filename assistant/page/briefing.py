"""A conversation to take to the meeting: what goes into it, and as Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answers import Answer, Citation, Reply, plain, say_date
from assistant.page.words import unturned
from assistant.points import UNITS
from assistant.series import Series

TITLE = "From the committee papers"
NOTE = (
    "Answers are words of the papers, picked by a computer program. "
    "Open the source before you rely on one."
)
# Word and PDF files have no place for these.
_CONTROLS = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What would make words of a paper a link, a heading or a tag of the Markdown file
_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|!~])")
_BEGINS = re.compile(r"^(\s*)([-+=]|\d+[.)])(?=\s|$)", re.M)


@dataclass(frozen=True, slots=True)
class Picture:
    """A cited page as printed, as a PNG file, and what it shows."""

    png: bytes
    caption: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and its reply, as they go into a briefing."""

    question: str
    reply: Reply
    series: Series | None = None
    pictures: tuple[Picture, ...] = ()

    @property
    def lines(self) -> list[str]:
        """The words of the reply, line by line."""
        return [clean(line) for line in plain(self.reply).split("\n") if line.strip()]

    @property
    def cited(self) -> tuple[Citation, ...]:
        """What it cites, or what lay nearest."""
        return self.reply.citations if isinstance(self.reply, Answer) else self.reply.nearest

    @property
    def is_answer(self) -> bool:
        """Whether the papers answered it."""
        return isinstance(self.reply, Answer)

    @property
    def heading(self) -> str:
        """What stands above what is cited."""
        return "Where it stands" if isinstance(self.reply, Answer) else "Nearest passages"


def as_markdown(asked: Sequence[Asked], today: date) -> str:
    """The conversation as Markdown; words of papers and people stay words."""
    parts = [f"# {TITLE}", f"{say_date(today)}. {NOTE}"]
    for one in asked:
        parts.append(f"## {_literal(one.question)}")
        parts += [_literal(line) for line in one.lines]
        if one.series:
            parts += [f"{_literal(series_title(one.series))}:", _table(series_rows(one.series))]
        if one.cited:
            parts.append(f"{one.heading}:")
        for citation in one.cited:
            quote = "\n".join(f"  > {_literal(line)}" for line in quoted(citation))
            parts.append(f"- {_literal(source(citation))}\n\n{quote}")
    return "\n\n".join(parts) + "\n"


def series_title(series: Series) -> str:
    """What a chart or a table of values is headed with."""
    unit = UNITS.get(series.unit, series.unit)
    return clean(f"{series.measure} ({unit})" if unit else series.measure)


def series_rows(series: Series) -> list[list[str]]:
    """A series as a table, its heads first: each value with the place that it stands at."""
    first = "Period" if series.over_time else "Of"
    names = [line.name for line in series.lines] if len(series.lines) > 1 else ["Value"]
    rows = [[first, *map(clean, names)]]
    for label in series.labels:
        cells = []
        for line in series.lines:
            points = [point for point in line.points if point.label == label]
            cells.append(
                clean(f"{points[0].figure.text} ({points[0].citation.place})") if points else ""
            )
        rows.append([clean(label), *cells])
    return rows


def source(citation: Citation) -> str:
    """A citation with the file that it stands in."""
    return clean(f"{citation.label} ({citation.record.path})")


def quoted(citation: Citation) -> list[str]:
    """The cited words, line by line."""
    return [clean(line) for line in citation.evidence.text.split("\n") if line.strip()]


def clean(text: str) -> str:
    """The text without what is no sign, or turns the direction of signs."""
    return unturned(_CONTROLS.sub(" ", text))


def _table(rows: Sequence[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(map(_literal, row))} |" for row in rows]
    return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]])


def _literal(text: str) -> str:
    """The text so that Markdown shows it sign for sign, on one line."""
    line = " ".join(clean(text).split())
    return _BEGINS.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", line))
