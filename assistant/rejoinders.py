"""Rejoinders: words that ask for what was just told once more, where it stands, or if it is so."""

from __future__ import annotations

import re

_POLITE = r"(?:(?:and|but|so|ok(?:ay)?|sorry|please|can you|could you)[ ,]+)*"
_THAT = r"(?:that|it|this|those|these|they|you)"
_SOURCE = r"(?:page|paper|report|document|source|table|passage|paragraph|words)s?"
_AGAIN = re.compile(
    rf"{_POLITE}(?:what|pardon|sorry|eh|huh|again|once more|come again|repeat(?: {_THAT})?"
    rf"|(?:say|tell me|show me) {_THAT}(?: again| once more)"
    rf"|what (?:was|did) {_THAT}(?: say)? again)"
    r"(?: please)?",
    re.I,
)
_IS = r"(?:['’]s| is| are| was| does| do| did)"
_STANDS = rf"(?: (?:say|says|said|stand|come|get|got|find|found|on|in|from|written|{_THAT}|so))"
_WHERE = re.compile(
    rf"{_POLITE}(?:where(?: exactly)?{_IS} {_THAT}{_STANDS}+"
    rf"|(?:in |on |from )?(?:what|which) {_SOURCE}(?:{_IS} {_THAT}{_STANDS}*)?"
    rf"|(?:what{_IS} )?(?:the|your) {_SOURCE}|show me (?:the|that|your) {_SOURCE}"
    rf"|how do you know(?: {_THAT})?)(?: please)?",
    re.I,
)
_SURE = re.compile(
    rf"{_POLITE}(?:really|are you (?:really |quite |absolutely )?(?:sure|certain)"
    rf"(?: (?:about|of) {_THAT})?|is {_THAT} (?:really )?(?:right|correct|true|so))",
    re.I,
)
_LEADS = (
    (_AGAIN, ""),
    (_WHERE, "It stands where the citations show:"),
    (_SURE, "The papers say so in the words cited:"),
)


def rejoinder(text: str) -> str | None:
    """What leads the answer given once more to words that ask back; None where they do not."""
    said = re.sub(r"[\s.!?,:;]+$", "", text.strip())
    return next((lead for form, lead in _LEADS if form.fullmatch(said)), None)
