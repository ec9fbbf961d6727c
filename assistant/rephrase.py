"""A question asked again with one of its parts changed or left out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from assistant.traits import Asked
from assistant.understood import Part, Understood, pieces

# What may stand before a part and says nothing without it
_BEFORE = re.compile(
    r"(?:^|(?<=\s)|(?<=[,(]))(?:(?:and|or|what about|how about|in|for|of|at|by|during|since|from|to"
    r"|on|per|across|around|within|the|about)\s+)+$",
    re.I,
)
_JOINED = {Part.PERIOD: "in", Part.GROUP: "for", Part.AREA: "in", Part.PAPER: "in the"}
# How a question is put whose words are only its parts
_LEADS = {
    Asked.PERCENTAGE: "What percentage",
    Asked.MONEY: "How much money",
    Asked.COUNT: "How many",
    Asked.PERSON: "Who",
    Asked.DATE: "When",
    Asked.DECISION: "What was decided on",
    Asked.RECOMMENDATION: "What is recommended on",
    Asked.REASON: "Why",
}


def changed(whole: str, understood: Understood, parts: Mapping[str, str], asked: Asked) -> str:
    """The question `whole` with these parts said so, and those left out that are ""."""
    new = {
        name: parts[name]
        for name in ("matter", "about", *Part)
        if name in parts and parts[name] != getattr(understood, name)
    }
    if "matter" in new or "about" in new:
        return _told(replace(understood, **new), asked)
    text = whole
    for part in Part:
        if part in new:
            text = _exchanged(text, part, new[part])
    # A part that the turns before lent may stand nowhere in the words.
    untouched = " ".join(text.split()) == " ".join(whole.split())
    return _told(replace(understood, **new), asked) if new and untouched else text


def _exchanged(text: str, part: Part, said: str) -> str:
    """The text with its first piece of a kind exchanged and the others left out."""
    found = [piece for piece in pieces(text) if piece.part == part]
    if not found:
        ends = re.search(r"[\s?.!]*$", text)
        at = ends.start() if ends else len(text)
        return f"{text[:at]} {_JOINED[part]} {said}{text[at:]}" if said else text
    for number, piece in reversed(list(enumerate(found))):
        before, after = text[: piece.start], text[piece.end :]
        if said and not number:
            text = f"{before}{said}{after}"
        else:
            text = f"{_BEFORE.sub('', before).rstrip(' ,')}{after}"
    return re.sub(r"\s+([?.,!;:])", r"\1", " ".join(text.split()))


def _told(understood: Understood, asked: Asked) -> str:
    """The parts in a row, as a question of their kind."""
    joined = [f"{_JOINED[part]} {said}" for part in Part if (said := getattr(understood, part))]
    lead = _LEADS.get(asked, "")
    matter = " ".join(part for part in (understood.matter, understood.about) if part)
    if lead and matter.lower().startswith(lead.split()[0].lower()):
        lead = ""
    return f"{' '.join(part for part in (lead, matter, *joined) if part)}?"
