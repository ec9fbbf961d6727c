"""Which pieces of a text are headings, and how deep."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from types import MappingProxyType

from assistant.blocktitles import name_and_number, shares_word
from assistant.papers import Kind
from assistant.pieces import Piece, ends_open
from assistant.text import states_value
from assistant.textlines import is_unfinished

PAGES = re.compile(r"\s+(\d{1,3}\s?[-–]\s?\d{1,3})$")
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|should|must|can|may|include[sd]?|"
    r"asked|agreed|noted|recommended|propose[sd]?|see|please)\b",
    re.I,
)
_NO_TITLE = re.compile(
    r"(?:none|n/?a|all|nil|yes|no|chair(?:man|person)?|signed|dated?)\W*$|"
    r"(?:cllrs?|councillors?|mrs?|ms|dr|prof(?:essor)?)\b",
    re.I,
)
_HOLDS_POST = re.compile(
    r"\b(?:lead (?:officer|member)|owner|sponsor)\b[\s:–-]+(?-i:[A-Z][\w'’-]+ [A-Z])", re.I
)
_VALUE = re.compile(r"[@|]|://|: \S|^\d|\d{5}|^[\"'“‘(•]")
_BODY = re.compile(r"(?:committee|cabinet|council)$|^[\w&' ,-]{8,60} committee\b", re.I)
_MINUTES = re.compile(r"minutes of\b.*\b(?:meeting|committee|held)\b", re.I)
# "R", "HIGH", "UNCHANGED", and the same after what they are said of ("Direction of travel: up").
_STANDS = (
    r"(?:[RAG]|red|amber|green|high|medium|low|improv(?:ing|ed)|worsen(?:ing|ed)|declin(?:ing|ed)|"
    r"deteriorat(?:ing|ed)|unchanged|no change|stable|static|better|worse|similar|up|down|new|"
    r"(?:on|off) (?:track|target)|complete[d]?|not (?:yet )?started|[↑↓→←↔⇧⇩▲▼▬►])"
)
_MEASURED = (
    r"(?:trend|direction of travel|dot|rag|status|rating|rank(?:ing)?|score|risk|progress|previous|"
    r"latest|current|target|floor|performance|benchmark|comparator)"
)
_STATUS = re.compile(
    rf"{_STANDS}\W*(?:\({_STANDS}\))?|(?:\S+ ){{0,6}}?{_MEASURED}s?(?: rating| status)?"
    rf"\s?[:–-]?\s?{_STANDS}\W*",
    re.I,
)
_NAME_WORDS = 6  # of a column head
_TITLE_WORDS = 12
_DEEPEST = 6


@dataclass
class _Block:
    """Blocks of one name, and how often each heading stood in them."""

    name: str
    level: int
    outside: int  # depth of a bare heading that ends them
    last: bool = False
    headings: Counter[str] = field(default_factory=Counter)


class Levels:
    """Depths of headings as they come: a number tells its own, other marks go by what is above."""

    def __init__(self, counted: Mapping[str, int] = MappingProxyType({})) -> None:
        self.counted = counted  # names of the blocks whose titles count up
        self.block: _Block | None = None  # the block that the paper is in
        self.trail: list[tuple[int, str]] = []  # depth and words of the headings above
        self.above = 1
        self.formal = True  # the last heading with a depth of its own was numbered or marked
        self.opened = False  # the heading above names the body that the paper is for

    def of(self, piece: Piece, following: Piece | None) -> int:
        """The depth of a heading, from 1, given what comes after it."""
        level = self._of(piece, following)
        self.trail = [*(over for over in self.trail if over[0] < level), (level, piece.text)]
        return level

    def _of(self, piece: Piece, following: Piece | None) -> int:
        opened, self.opened = self.opened, False
        found = name_and_number(piece.text, self.counted)
        if found and not piece.number:
            return self._of_block(*found)
        if piece.number and piece.number[0].isdigit():
            parts = [part for part in piece.number.strip("().").split(".") if part]
            parts = parts[:-1] if len(parts) == 2 and parts[1] == "0" else parts
            self.above, self.formal = min(1 + len(parts), _DEEPEST), True
        elif piece.hashed:
            self.above, self.formal = piece.level, True
        elif not opened and self._opens_paper(piece, following):
            self.above, self.opened, self.formal = 1, True, False
        else:
            return self._below(piece)
        self.block = None
        return self.above

    def _of_block(self, name: str, number: int) -> int:
        """The depth of a title that counts up: that of those before it with the same name.

        The first stands below the nearest heading that speaks of what is counted, if there is one.
        """
        if self.block is None or self.block.name != name:
            speaks = [level for level, text in self.trail if shares_word(text, name)]
            level = min((speaks[-1] if speaks else self.above) + 1, _DEEPEST)
            self.block = _Block(name, level, min(level, self.above + 1))
        self.block.last = number == self.counted[name]
        self.above = self.block.level
        return self.above

    def _below(self, piece: Piece) -> int:
        """The depth of a bare heading; in the last of like blocks, one unlike theirs ends it."""
        block = self.block
        if block is not None:
            counts = block.headings.values()
            alike = not counts or max(counts) > 1
            if block.last and alike and piece.text not in block.headings:
                self.block, self.above = None, block.outside - 1
                return block.outside
            block.headings[piece.text] += 1
        return min(self.above + 1, _DEEPEST)

    def _opens_paper(self, piece: Piece, following: Piece | None) -> bool:
        """Whether a bare line names a body, or stands as a title over another bare heading."""
        if re.fullmatch(r"(?:appendix|annex)\s+\w{1,5}", piece.text, re.I):
            return True
        if piece.bold or piece.number or piece.text.endswith(":"):
            return False
        if _BODY.search(piece.text) or _MINUTES.match(piece.text):
            return True
        titled = following is not None and is_plain_title(following)
        return self.formal and titled and len(piece.text.split()) >= 3


def find_headings(
    pieces: Sequence[Piece], *, width: int, closing: bool, counted: Container[str] = ()
) -> list[bool]:
    """For each piece whether it is a heading; `closing` if no table comes after the last."""
    found = []
    crowded = _crowded(pieces)
    torn = _torn_heads(pieces)
    for at, piece in enumerate(pieces):
        before = pieces[at - 1] if at else None
        following = pieces[at + 1] if at + 1 < len(pieces) else None
        last = following is None and closing and not (piece.hashed or piece.bold)
        if piece.gap and name_and_number(piece.text, counted):
            found.append(True)
        elif last or torn[at] or (crowded[at] and not width):
            found.append(False)
        else:
            found.append(_is_heading(piece, before, following, width=width))
    return found


def is_plain_title(piece: Piece) -> bool:
    """Whether a bare line could be a heading, by its words alone."""
    bare = piece.kind == Kind.PARAGRAPH and not (piece.number or piece.bold or piece.hashed)
    return bare and piece.lines == 1 and is_title(piece.text)


def is_title(text: str, *, longest: int = _TITLE_WORDS) -> bool:
    """Whether words could be a heading: few, no sentence, no value, no address."""
    if len(text.split()) > longest or not re.search(r"[A-Za-z]{2}", text):
        return False
    if text[0].islower() or text.endswith((".", ";", "!")) or ends_open(text):
        return False
    if _VALUE.search(text) or _NO_TITLE.match(text) or states_value(text):
        return False
    return not (text.endswith(":") and _VERB.search(text))


def is_status(text: str) -> bool:
    """Whether a line says how a measure stands, and so names nothing: "Trend - Improving", "G"."""
    return bool(_STATUS.fullmatch(text.strip())) or states_value(text)


def names_holder(text: str) -> bool:
    """Whether a line says who answers for what stands above it: "Lead Officer A Person"."""
    return bool(_HOLDS_POST.search(text))


def is_label(piece: Piece) -> bool:
    """Whether a line of its own names the value on the next: "Local Councillor(s):"."""
    bare = piece.kind == Kind.PARAGRAPH and not (piece.number or piece.bold or piece.hashed)
    few = piece.lines == 1 and len(piece.text.split()) <= 6
    return bare and few and piece.text.endswith(":") and not _VERB.search(piece.text)


def _crowded(pieces: Sequence[Piece]) -> list[bool]:
    """Bare short lines, three or more together, are a list and not headings."""
    flags: list[bool] = []
    for is_bare, run in groupby(pieces, key=is_plain_title):
        members = list(run)
        flags += [is_bare and len(members) > 2] * len(members)
    return flags


def _torn_heads(pieces: Sequence[Piece]) -> list[bool]:
    """Bold names with nothing between them, three or more, are a table's heads set one a line."""
    flags: list[bool] = []
    for is_name, run in groupby(pieces, key=_is_bold_name):
        members = list(run)
        flags += [is_name and len(members) > 2] * len(members)
    return flags


def _is_bold_name(piece: Piece) -> bool:
    bare = piece.bold and not (piece.hashed or piece.number) and piece.lines == 1
    return bare and len(piece.text.split()) <= _NAME_WORDS and not piece.text.endswith(":")


def _is_heading(piece: Piece, before: Piece | None, after: Piece | None, *, width: int) -> bool:
    if piece.hashed:
        return True
    if not piece.text or piece.text[0].islower() or "\n" in piece.text:
        return False
    if is_status(piece.text) or names_holder(piece.text):
        return False
    text = PAGES.sub("", piece.text)
    if piece.bold:
        return _is_bold_heading(piece, text, after)
    if piece.number:
        return _is_numbered_heading(piece, text, before, after, width=width)
    if piece.kind != Kind.PARAGRAPH or not is_title(text):
        return False
    if width:
        return _is_wrapped_heading(piece, before, after, width)
    linked = "](" in piece.last.raw
    alone = piece.gap and (after is None or (after.gap and not after.text[:1].islower()))
    return alone and piece.lines == 1 and not linked


def _is_bold_heading(piece: Piece, text: str, after: Piece | None) -> bool:
    words = len(text.split())
    if piece.kind == Kind.LIST_ITEM and not piece.number:
        listed = after is not None and after.kind == Kind.LIST_ITEM
        return words <= _TITLE_WORDS // 2 and not listed and not text.endswith((".", ";"))
    return words <= 2 * _TITLE_WORDS and not (_VERB.search(text) and text[-1] in ".:")


def _is_numbered_heading(
    piece: Piece, text: str, before: Piece | None, after: Piece | None, *, width: int
) -> bool:
    ending = text.rstrip(".") if len(text.split()) <= 3 and not piece.dotted else text
    longest = _TITLE_WORDS if piece.dotted else 2 * _TITLE_WORDS
    if not is_title(ending, longest=longest) or not piece.number[0].isdigit():
        return False
    if piece.dotted or piece.number.isdigit():
        return not _VERB.search(text)
    item = re.match(r"\s*[-*•]\s", piece.last.raw)
    if piece.number[-1] != "." or item or any(_in_list(other, piece) for other in (before, after)):
        return False
    return bool(width) or (piece.gap and (after is None or after.gap))


def _in_list(other: Piece | None, piece: Piece) -> bool:
    """Whether the two are neighbours in one numbered list."""
    if other is None or other.dotted or not re.fullmatch(r"\d{1,3}\.", other.number):
        return False
    return abs(int(other.number[:-1]) - int(piece.number[:-1])) == 1


def _is_wrapped_heading(
    piece: Piece, before: Piece | None, after: Piece | None, width: int
) -> bool:
    """In printed lines a heading is short, written as a title, and stands between sentences."""
    if piece.lines > 2 or (before is not None and is_unfinished(before.text)):
        return False
    if after is None or not (after.number or after.lines > 1 or len(after.text) > width / 2):
        return False
    words = re.findall(r"[A-Za-z]{4,}", piece.text)
    return bool(words) and all(word[0].isupper() for word in words)
