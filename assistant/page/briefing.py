"""A conversation to take to the meeting: as Markdown and as a Word document."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import docx

from assistant.answers import Answer, Citation, Reply, plain, say_date

TITLE = "From the committee papers"
NOTE = (
    "Answers are words of the papers, picked by a computer program. "
    "Open the source before you rely on one."
)
# A Word document is XML, which has no place for these.
_CONTROLS = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What would make words of a paper a link, a heading or a tag of the Markdown file
_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|!~])")
_BEGINS = re.compile(r"^(\s*)([-+=]|\d+[.)])(?=\s|$)", re.M)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and its reply, as they go into a briefing."""

    question: str
    reply: Reply


def as_markdown(asked: Sequence[Asked], today: date) -> str:
    """The conversation as Markdown; words of papers and people stay words."""
    parts = [f"# {TITLE}", f"{say_date(today)}. {NOTE}"]
    for one in asked:
        parts.append(f"## {_literal(one.question)}")
        parts += [_literal(line) for line in plain(one.reply).split("\n") if line.strip()]
        cited = _cited(one.reply)
        if cited:
            parts.append(f"{_heading(one.reply)}:")
        for citation in cited:
            quote = "\n".join(f"  > {_literal(line)}" for line in _quoted(citation))
            parts.append(f"- {_literal(_source(citation))}\n\n{quote}")
    return "\n\n".join(parts) + "\n"


def as_word(asked: Sequence[Asked], today: date) -> bytes:
    """The conversation as a .docx file."""
    document = docx.Document()
    document.core_properties.title = TITLE
    document.core_properties.author = ""
    document.add_heading(TITLE, 0)
    document.add_paragraph(f"{say_date(today)}. {NOTE}")
    for one in asked:
        document.add_heading(_clean(one.question), 1)
        for line in plain(one.reply).split("\n"):
            if line.strip():
                document.add_paragraph(_clean(line))
        cited = _cited(one.reply)
        if cited:
            document.add_heading(_heading(one.reply), 2)
        for citation in cited:
            document.add_paragraph(_clean(_source(citation)), style="List Bullet")
            for line in _quoted(citation):
                document.add_paragraph(_clean(line), style="Quote")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _cited(reply: Reply) -> tuple[Citation, ...]:
    return reply.citations if isinstance(reply, Answer) else reply.nearest


def _heading(reply: Reply) -> str:
    return "Where it stands" if isinstance(reply, Answer) else "Nearest passages"


def _source(citation: Citation) -> str:
    return f"{citation.label} ({citation.record.path})"


def _quoted(citation: Citation) -> list[str]:
    return [line for line in citation.evidence.text.split("\n") if line.strip()]


def _clean(text: str) -> str:
    return _CONTROLS.sub(" ", text)


def _literal(text: str) -> str:
    """The text so that Markdown shows it sign for sign, on one line."""
    line = " ".join(_clean(text).split())
    return _BEGINS.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", line))
