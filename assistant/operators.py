"""The operators of a PDF page and what they are given, read by one expression.

pdfminer's own parser takes half the time of a page: it goes through four steps for each number.
This one yields the same. Pages with pictures among their operators are left to pdfminer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

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
    rb"(?:([-+]?\d*\.\d*)"  # 1: a number with a point
    rb"|([-+]?\d+)"  # 2: a whole number
    rb"|\(([^()\\]*+)\)"  # 3: a string
    rb"|([A-Za-z][^" + _ENDS + rb"]*+)"  # 4: an operator
    rb"|/([^/%\[\]()<>{}\s]*+)"  # 5: a name
    rb"|<(?!<)([\s0-9a-fA-F]*+)"  # 6: a string in hexadecimal digits
    rb"|(<<|>>|[\[\]{}])"  # 7: the beginning or the end of something
    rb"|(\()"  # 8: a string that holds brackets or escapes
    rb"|[-+>]|%[^\r\n]*+"  # passed over
    rb"|([^\s\0])"  # 9: an operator of one sign
    rb")\s*+"  # or the search would try all of these at each blank
)
_REAL, _WHOLE, _STRING, _WORD, _NAME, _HEX, _BRACKET, _LONG, _SIGN = range(1, 10)
_PICTURE = re.compile(rb"(?<![A-Za-z])(?:BI|ID)(?![^" + _ENDS + rb"])")
_PAREN = re.compile(rb"[()]|\\.?", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED = {
    b"b": b"\b", b"t": b"\t", b"n": b"\n", b"f": b"\f", b"r": b"\r",
    b"(": b"(", b")": b")", b"\\": b"\\",
}  # fmt: skip
_HASH = re.compile(rb"#([0-9a-fA-F]{0,2})")
_OPENING = {b"[": b"]", b"{": b"}", b"<<": b">>"}


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
        for one in _objects(kept):
            if not isinstance(one, PSKeyword):
                self.push(one)
                continue
            if one not in known:
                known[one] = self._operator(one)
            if operator := known[one]:
                run, count = operator
                given = self.pop(count)
                if len(given) == count:
                    run(*given)

    def _operator(self, keyword: PSKeyword) -> Operator:
        name = keyword_name(keyword)
        for sign, spelt in (("*", "_a"), ('"', "_w"), ("'", "_q")):
            name = name.replace(sign, spelt)
        run = getattr(self, f"do_{name}", None)
        return (run, run.__code__.co_argcount - 1) if run else None


def _objects(streams: Sequence[PDFStream]) -> Iterator[Given]:
    """What streams hold, in order. Raises what pdfminer raises."""
    data = b"\n".join(stream.get_data() for stream in streams)
    if not _PICTURE.search(data):
        yield from values_in(data)
        return
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
    opened: list[tuple[bytes, list[object]]] = []  # what ends each, and what it holds so far
    for kind, text in _tokens(data):
        if kind == _BRACKET:
            if text in _OPENING:
                opened.append((_OPENING[text], []))
                continue
            if not opened or opened[-1][0] != text:
                continue
            held = opened.pop()[1]
            one: Given | None = _dictionary(held) if text == b">>" else held
        else:
            one = _READ[kind](text)
        if one is None:
            continue
        if opened:
            opened[-1][1].append(one)
        else:
            yield one


def _tokens(data: bytes) -> Iterator[tuple[int, bytes]]:
    at: int | None = 0
    while at is not None:
        start, at = at, None
        for token in _TOKEN.finditer(data, start):
            kind = token.lastindex
            if kind and kind < _HEX:
                yield kind, token[kind]
            elif kind == _LONG:
                at = _end_of_string(data, token.end(kind))
                if at is not None:
                    yield kind, data[token.end(kind) : at - 1]
                break
            elif kind and (kind != _HEX or token.end(kind) < len(data)):
                yield kind, token[kind]


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


def _real(text: bytes) -> float | None:
    return float(text) if len(text) > 1 and text not in (b"-.", b"+.") else None


def _whole(text: bytes) -> int | None:
    try:
        return int(text)
    except ValueError:  # more digits than Python reads
        return None


def _word(text: bytes) -> bool | PSKeyword:
    return text == b"true" if text in (b"true", b"false") else KWD(text)


def _name(text: bytes) -> PSLiteral:
    if b"#" in text:
        text = _HASH.sub(lambda found: bytes((int(found[1], 16),)) if found[1] else b"", text)
    try:
        return LIT(text.decode())
    except UnicodeDecodeError:
        return LIT(text)


def _hexadecimal(text: bytes) -> bytes:
    digits = b"".join(text.split()).decode()
    even = len(digits) // 2 * 2
    odd = bytes((int(digits[even:], 16),)) if digits[even:] else b""
    return bytes.fromhex(digits[:even]) + odd


def _escaped(text: bytes) -> bytes:
    return _ESCAPE.sub(_sign, text)


def _sign(found: re.Match[bytes]) -> bytes:
    """The character that an escape stands for. Raises ValueError for one of more than a byte."""
    code = found[1]
    return bytes((int(code, 8),)) if code[:1] in b"01234567" else _ESCAPED.get(code, b"")


_READ: dict[int, Callable[[bytes], Given | None]] = {
    _REAL: _real,
    _WHOLE: _whole,
    _STRING: bytes,
    _WORD: _word,
    _NAME: _name,
    _HEX: _hexadecimal,
    _LONG: _escaped,
    _SIGN: KWD,
}
