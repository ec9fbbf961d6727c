"""The title of a document, found among the lines at its head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.papers import Block, Kind
from assistant.records import committee_in, council_in
from assistant.terms import SMALL_WORDS

# A document names its subject within its first blocks, and its title within fewer.
SUBJECT_BLOCKS = 25
TITLE_BLOCKS = 12
TITLE_WORDS = 25
SENTENCE_WORDS = 8  # a line of more that ends with a full stop is no title

_SUBJECT = re.compile(
    r"^(?:subject(?: matter)?(?: of (?:the )?report)?(?: ?/ ?title of decision)?"
    r"|(?:report|eqia) title|title(?: of (?:the )?(?:decision|report))?)\s*(?:[:|]\s*(.*))?$",
    re.I,
)
MINUTES = re.compile(r"^minutes of (?:the |a |an )?(?:\w+ ){0,4}?meeting\b", re.I)
# Lines of a report's or an agenda's head that say something else than what it is about: those
# that begin with a label, those that are nothing but a word, and those that are to or by someone.
_LABEL = re.compile(
    r"^(?:time|date|venue|place|members?|membership|quorum|chair\w*|local councillor|wards?"
    r"|contacts?|electoral divisions?|meeting|ask for|direct dial|tel|telephone|phone|e-?mail"
    r"|notes?|section|classification|status|reports?|author|officers?|lead|brief summary"
    r"|executive summary|summary|purpose|recommendations?|decisions?|key decision|past pathway"
    r"|future pathway|cabinet member|executive|portfolio|corporate director|director|duration"
    r"|outcome sponsor|project)\b[^:|]{0,60}[:|(]",
    re.I,
)
_WORD = re.compile(
    r"(?:executive )?summary|introduction|background|contents?|recommendations?(?:\(s\))?|decision"
    r"|(?:public|county|draft )?reports?|agenda(?: pack| supplement)?|item pages?|for publication",
    re.I,
)
_PERSON = re.compile(
    r"^(?:to|from|by|for|dear|yours|cllrs?|councillors?|present|in attendance|apologies|members?"
    r"|unrestricted|restricted|information collected)\b(?!['’])"
    r"|^[\w’'.]+(?: [\w’'.]+){1,3}, .*\b(?:director|leader|member|officer|manager|head)\b",
    re.I,
)
_APPENDIX = re.compile(r"(?:appendix|annex) \w{1,3}", re.I)
_BARE = re.compile(
    r"\b(?:appendix|annex) \w{1,3}$|^\(?pages? [\d\s–-]+\)?$|@|^as at\b|^[^A-Za-z]*$"
    r"|\((?:vice[- ])?chair\w*\)"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|^(?:january|february|march|april|may|june|july|august|september|october|november|december)"
    r" (?:19|20)\d\d$",
    re.I,
)


def title_of(blocks: Sequence[Block]) -> str:
    """The stated subject, else what the minutes are of, else the first line that names a matter.

    Comes back as "" where the head names none.
    """
    return (
        _subject(blocks[:SUBJECT_BLOCKS])
        or _of_minutes(blocks[:SUBJECT_BLOCKS])
        or _first_line(blocks[:TITLE_BLOCKS])
    )


def _of_minutes(blocks: Sequence[Block]) -> str:
    """ "Minutes of a meeting of the Cabinet", without where and when it was held."""
    line = next((block.text for block in blocks if MINUTES.match(block.text)), "")
    short = re.split(r",? held (?:at|in)\b", line, maxsplit=1)[0]
    return " ".join(short.split()[:TITLE_WORDS])


def _subject(blocks: Sequence[Block]) -> str:
    for block, after in pairwise([*blocks, Block(Kind.PARAGRAPH, "")]):
        match = _SUBJECT.match(block.text.split("\n")[0])
        # A row of more cells than label and subject heads a table of titles.
        if not match or (block.kind is Kind.TABLE_ROW and len(block.cells) != 2):
            continue
        # The label may stand above the subject instead of before it.
        said = (match[1] or "").strip() or after.text
        if said:
            return " ".join(said.split("\n")[0].split()[:TITLE_WORDS])
    return ""


def _first_line(blocks: Sequence[Block]) -> str:
    """The first heading that names a matter, else the first such paragraph.

    What stands below "Appendix 1" alone counts as a heading.
    """
    lines = [block for block in blocks if block.kind in (Kind.HEADING, Kind.PARAGRAPH)]
    headings = [at for at, block in enumerate(lines) if block.kind is Kind.HEADING]
    if lines and _APPENDIX.fullmatch(lines[0].text):
        headings.insert(0, 1)
    for at in [*headings, *range(len(lines))]:
        if title := _named(" ".join(block.text.split("\n")[0] for block in lines[at : at + 1])):
            return _whole(title, lines[at + 1 : at + 2])
    return ""


def _whole(title: str, after: Sequence[Block]) -> str:
    """The title with the next line where it breaks off at a small word."""
    last = title.split()[-1].lower()
    goes_on = last in SMALL_WORDS or title.endswith((",", "–", "-", ":"))
    more = after[0].text.split("\n")[0] if after and goes_on else ""
    whole = f"{title} {more}".strip()
    return whole if len(whole.split()) <= TITLE_WORDS else title


def _named(line: str) -> str:
    """What a line names, without the committee before it; "" for a line that names no matter."""
    words = line.split()
    if not 1 < len(words) <= TITLE_WORDS or _BARE.search(line) or _WORD.fullmatch(line):
        return ""
    if _LABEL.match(line) or _PERSON.match(line):
        return ""
    figures = sum(any(letter.isdigit() for letter in word) for word in words)
    if figures * 2 >= len(words) or (line.endswith(".") and len(words) > SENTENCE_WORDS):
        return ""
    body = committee_in([line])
    if body.lower() == line.lower().removeprefix("the ") or _is_council(line):
        return ""
    rest = line[len(body) :].strip(" -–:,")
    long = len(body.split()) >= 4 and line.lower().startswith(body.lower())
    long = long and body.lower().endswith("committee")
    return rest if long and len(rest.split()) > 1 else line


def _is_council(line: str) -> bool:
    name = council_in([line])
    return bool(name) and len(line.split()) <= len(name.split()) + 1
