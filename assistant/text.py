"""The small questions asked of any text: its folded form, its sentences, its words."""

from __future__ import annotations

import re

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_PLAIN = _INVISIBLE | str.maketrans("’‘‐‑‒–—", "''-----")
_SPACE = re.compile(r"\s+")

# Shortenings that never end a sentence, those that do unless a number follows, and words that
# a single capital names (so that it is not an initial).
_ABBREVIATIONS = re.compile(
    r"cllrs?|mrs?|ms|miss|dr|revd?|prof|sgt|insp|hon|st|i\.?e|e\.?g|cf|vs?|viz|approx|incl|ext|tel"
)
_AMOUNT = re.compile(r"[+−–-]?[£€$]?\d")  # behind "c.", about
_BEFORE_NUMBERS = re.compile(
    r"nos?|paras?|pp?|figs?|ref|sec|ss?|regs?|vol|art|ch|item|min|jan|feb|mar|apr|jun|jul|aug|"
    r"sept?|oct|nov|dec"
)
_LABELLED = re.compile(r"appendix|annex|option|table|part|schedule|grade|group|category|lot")

_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s)")
_BREAK = re.compile(r"\s*\n\s*|\s+(?=[•▪●◦‣·]\s)|(?<=[;:])\s+(?=\(?(?:[a-z]|[ivx]{1,4})\)\s)")
_MARK = re.compile(r"[(\[]?(?:\d+(?:\.\d+)*|[A-Za-z]|[ivxIVX]{1,5})[.)\]]+")

# A percentage, a count in thousands, or a decimal behind a dash or an equals sign.
_STATED = re.compile(
    r"\d\s?%|(?<![\d,])\d{1,3}(?:,\d{3})+(?!\d)|[–—=-]\s?[£+−-]?\s?\d+\.\d+(?![.\d])"
)

_TOKEN = re.compile(
    r"""(?P<span>\b(?:19|20)\d\d\s?[-/]\s?(?:(?:19|20)\d\d|\d\d)(?![\d/-]))
    | (?P<figure>[£$€]?\d+(?:,\d{3})*(?:\.\d+)*(?:\s?%|(?:bn|[a-z]{1,2})\b)?)
    | (?P<word>[^\W\d_]+(?:'[^\W\d_]+)*\d*)""",
    re.X,
)


def fold(text: str) -> str:
    """The same words with every run of white space made one space, and nothing invisible."""
    return _SPACE.sub(" ", text.translate(_INVISIBLE)).strip()


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans (start, end) of the sentences, without the white space around them.

    A line break or a list mark ends a sentence too; "Cllr.", "No. 4", initials, figures and
    marks such as "1." or "(a)" do not.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for gap in _BREAK.finditer(text):
        _split_line(text, start, gap.start(), spans)
        start = gap.end()
    _split_line(text, start, len(text), spans)
    return spans


def _split_line(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    for stop in _END.finditer(text, start, end):
        if _ends_sentence(text, start, stop, end):
            _add(text, start, stop.end(), spans)
            start = stop.end()
    _add(text, start, end, spans)


def _add(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    piece = text[start:end]
    if piece.strip():
        lead = len(piece) - len(piece.lstrip())
        spans.append((start + lead, start + len(piece.rstrip())))


def _ends_sentence(text: str, start: int, stop: re.Match[str], end: int) -> bool:
    """Whether the full stop closes a sentence, judged by the words on its two sides."""
    rest = text[stop.end() : end].lstrip(" \t\xa0\"'“‘([•")
    if not rest or rest[0].islower():
        return False
    before = text[start : stop.end()].strip()
    if _MARK.fullmatch(before):
        return False
    if not stop.group().startswith(".") or stop.group().startswith(".."):
        return True
    tokens = text[start : stop.start()].split()
    word = tokens[-1].lstrip("(\"'“‘[") if tokens else ""
    if _ABBREVIATIONS.fullmatch(word.lower()):
        return False
    if _BEFORE_NUMBERS.fullmatch(word.lower()) and rest[0].isdigit():
        return False
    if word == "c" and _AMOUNT.match(rest):
        return False
    return not _is_initial(word, tokens)


def _is_initial(word: str, tokens: list[str]) -> bool:
    """Whether a single capital is a person's initial and not the name of an appendix."""
    if not re.fullmatch(r"(?:[A-Z]\.)*[A-Z]", word):
        return False
    return len(tokens) < 2 or not _LABELLED.fullmatch(tokens[-2].lower())


def states_value(text: str) -> bool:
    """Whether a line states a value ("Latest (2017) – 68.8%"), and so names nothing below it."""
    return bool(_STATED.search(text))


def words(text: str) -> list[str]:
    """Lower-case words and figures in order, each spelt one way.

    "County's" gives "county", "well-being" gives "well" and "being", "2016/17", "2016–2017" and
    "2016-17" give "2016-17", "£1,640" gives "£1640" and "4.5 %" gives "4.5%".
    """
    plain = (text if text.isascii() else text.translate(_PLAIN)).lower()
    return [
        _spell(found) if found.lastgroup != "word" or "'" in found[0] else found[0]
        for found in _TOKEN.finditer(plain)
    ]


def _spell(found: re.Match[str]) -> str:
    token = found.group()
    if found.lastgroup == "span":
        first, second = re.split(r"\s?[-/]\s?", token)
        return f"{first}-{second[-2:]}"
    if found.lastgroup == "figure":
        return re.sub(r"[,\s]", "", token)
    return token.removesuffix("'s").replace("'", "")
