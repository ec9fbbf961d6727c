"""The operators of a PDF page and what they are given, read by one expression.

pdfminer's own parser takes half the time of a page: it goes through four steps for each number.
This one yields the same. Pages with pictures among their operators are left to pdfminer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pdfminer.pdfinterp import PDFContentParser, PDFPageInterpreter
from pdfminer.pdftypes import PDFStream, stream_value
from pdfminer.psexceptions import PSEOF, PSSyntaxError
from pdfminer.psparser import KWD, LIT, PSKeyword, PSLiteral, keyword_name, literal_name

Value = bool | int | float | bytes | str | PSLiteral | PSKeyword | PDFStream | list[object]
Given = Value | dict[str, object]
# What carries an operator out and how many values it takes; None where there is no such operator
Operator = tuple[Callable[..., object], int] | None

_ENDS = rb"#/%\[\]()<>{}\s"
_TOKEN = re.compile(
    rb"(?:%[^\r\n]*+|<(?!<)[\s0-9a-fA-F]*+\Z"  # passed over
    rb"|([-+]?\d*\.\d*|[-+]?\d+"  # a number with a point, or a whole one
    rb"|\([^()\\]*(?:\\.[^()\\]*)*\)"  # a string that holds no brackets
    rb"|[A-Za-z][^" + _ENDS + rb"]*+"  # an operator
    rb"|/[^/%\[\]()<>{}\s]*+"  # a name
    rb"|<<|>>|<[\s0-9a-fA-F]*+"  # the last of these a string in hexadecimal digits
    rb"|[^\s\0]))"  # what begins or ends something, or an operator of one sign
    rb"\s*+",  # or the search would try all of these at each blank
    re.DOTALL,
)
_PICTURE = re.compile(rb"(?<![A-Za-z])(?:BI|ID)(?![^" + _ENDS + rb"])")
_PAREN = re.compile(rb"[()]|\\.?", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED = {
    b"b": b"\b", b"t": b"\t", b"n": b"\n", b"f": b"\f", b"r": b"\r",
    b"(": b"(", b")": b")", b"\\": b"\\",
}  # fmt: skip
_HASH = re.compile(rb"#([0-9a-fA-F]{0,2})")
_OPENING = {b"[": b"]", b"{": b"}", b"<<": b">>"}
_BRACKETS = frozenset((*_OPENING, *_OPENING.values()))
KNOWN = 2**14  # tokens whose values are remembered: few pages have more


@dataclass(frozen=True, slots=True)
class _Bracket:
    """The beginning or the end of an array or a dictionary."""

    text: bytes


class Interpreter(PDFPageInterpreter):
    """Carries out what pages say, as pdfminer's does."""

    def execute(self, streams: Sequence[object]) -> None:
        """Carries out the operators of streams, but for those that are being carried out."""
        kept: list[PDFStream] = []
        self.stream_ids.clear()
        for stream in map(stream_value, streams):
            if stream.objid is not None and stream.objid not in self.parent_stream_ids:
                kept.append(stream)
                self.stream_ids.add(stream.objid)
        known: dict[PSKeyword, Operator] = {}
        stack = self.argstack
        for one in _objects(kept):
            if not isinstance(one, PSKeyword):
                stack.append(one)
                continue
            if one not in known:
                known[one] = self._operator(one)
            if operator := known[one]:
                run, count = operator
                given = stack[-count:] if count else []
                del stack[len(stack) - len(given) :]
                if len(given) == count:
                    run(*given)
                    stack = self.argstack  # some take more of it

    def _operator(self, keyword: PSKeyword) -> Operator:
        name = keyword_name(keyword)
        for sign, spelt in (("*", "_a"), ('"', "_w"), ("'", "_q")):
            name = name.replace(sign, spelt)
        run = getattr(self, f"do_{name}", None)
        return (run, run.__code__.co_argcount - 1) if run else None


def _objects(streams: Sequence[PDFStream]) -> Iterator[Given]:
    """What streams hold, in order. Raises what pdfminer raises."""
    data = b"\n".join(stream.get_data() for stream in streams)
    return _with_pictures(streams) if _PICTURE.search(data) else values_in(data)


def _with_pictures(streams: Sequence[PDFStream]) -> Iterator[Given]:
    parser = PDFContentParser(streams)
    while True:
        try:
            yield parser.nextobject()[1]
        except PSEOF:
            return


def values_in(data: bytes) -> Iterator[Given]:
    """The operators of a content stream, each behind the values that it is given.

    Raises PSSyntaxError for a dictionary with a key and no value.
    """
    opened: list[tuple[bytes, list[object] | None]] = []  # what ends each, and what it is in
    held: list[object] | None = None  # what the last one opened holds so far
    one: Given | None
    for value in map(_value, _tokens(data)):
        if not isinstance(value, _Bracket):
            one = value
        elif value.text in _OPENING:
            opened.append((_OPENING[value.text], held))
            held = []
            continue
        elif held is not None and opened[-1][0] == value.text:
            one = _dictionary(held) if value.text == b">>" else held
            held = opened.pop()[1]
        else:
            continue
        if one is None:
            continue
        if held is None:
            yield one
        else:
            held.append(one)


def _tokens(data: bytes) -> Iterable[bytes]:
    tokens: list[bytes] = _TOKEN.findall(data)
    return _tokens_one_by_one(data) if b"(" in tokens else tokens


def _tokens_one_by_one(data: bytes) -> Iterator[bytes]:
    """The tokens, with strings that hold brackets of their own."""
    at: int | None = 0
    while at is not None:
        start, at = at, None
        for found in _TOKEN.finditer(data, start):
            if found[1] != b"(":
                yield found[1] or b""
                continue
            at = _end_of_string(data, found.end(1))
            if at is not None:
                yield data[found.start(1) : at]
            break


def _end_of_string(data: bytes, start: int) -> int | None:
    """Where a string ends that holds brackets of its own; None where it does not."""
    depth = 1
    for found in _PAREN.finditer(data, start):
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        if not depth:
            return found.end()
    return None


def _dictionary(held: list[object]) -> dict[str, object]:
    if len(held) % 2:
        raise PSSyntaxError("a dictionary with a key and no value")
    return {literal_name(key): value for key, value in zip(held[::2], held[1::2], strict=True)}


@lru_cache(KNOWN)
def _value(token: bytes) -> Value | _Bracket | None:
    """What a token says by itself; None of what is passed over."""
    if token in (b"", b">"):
        return None
    if token in _BRACKETS:
        return _Bracket(token)
    return _READ.get(token[:1], _word)(token)


def _number(text: bytes) -> int | float | None:
    if b"." in text:
        return float(text) if text.strip(b"+-") != b"." else None
    try:
        return int(text)
    except ValueError:  # a sign alone, or more digits than Python reads
        return None


def _word(text: bytes) -> bool | PSKeyword:
    return text == b"true" if text in (b"true", b"false") else KWD(text)


def _name(text: bytes) -> PSLiteral:
    text = text[1:]
    if b"#" in text:
        text = _HASH.sub(lambda found: bytes((int(found[1], 16),)) if found[1] else b"", text)
    try:
        return LIT(text.decode())
    except UnicodeDecodeError:
        return LIT(text)


def _hexadecimal(text: bytes) -> bytes:
    digits = b"".join(text[1:].split()).decode()
    even = len(digits) // 2 * 2
    odd = bytes((int(digits[even:], 16),)) if digits[even:] else b""
    return bytes.fromhex(digits[:even]) + odd


def _string(text: bytes) -> bytes:
    return _ESCAPE.sub(_sign, text[1:-1]) if b"\\" in text else text[1:-1]


def _sign(found: re.Match[bytes]) -> bytes:
    """The character that an escape stands for. Raises ValueError for one of more than a byte."""
    code = found[1]
    return bytes((int(code, 8),)) if code[:1] in b"01234567" else _ESCAPED.get(code, b"")


# By the sign that a token begins with
_READ: dict[bytes, Callable[[bytes], Value | None]] = {
    **{bytes((sign,)): _number for sign in b"+-.0123456789"},
    b"(": _string,
    b"/": _name,
    b"<": _hexadecimal,
}
