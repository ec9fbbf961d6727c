"""Chips: the parts of a question as understood, and the papers looked in, each to be removed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistant.answers import say_date
from assistant.page.wishes import scope_fields
from assistant.page.words import escape
from assistant.papers import PaperRecord
from assistant.periods import Periods
from assistant.scope import KINDS, Scope, may_hold
from assistant.understood import Understood

NAMES = {
    "matter": "Matter",
    "about": "About",
    "group": "Group",
    "area": "Area",
    "period": "Period",
    "paper": "Paper",
}


def understood_chips(understood: Understood, turn: int) -> str:
    """The question as understood: a chip for each part, and a form to change them."""
    said = {name: str(getattr(understood, name)) for name in NAMES}
    chips = [
        _chip(f"{NAMES[name]}: {value}", _again(turn, {name: ""}))
        for name, value in said.items()
        if value and name != "matter"
    ]
    if understood.scope:
        chips.append(_chip(f"Only in: {understood.scope}", _again(turn, {"scope": ""})))
    matter = f'<li class="chip"><span>Matter: {escape(said["matter"])}</span></li>'
    fields = "".join(
        f'<label>{label} <input type="text" name="{name}" value="{escape(said[name])}" '
        'maxlength="2000" autocomplete="off"></label>'
        for name, label in NAMES.items()
        if name != "about" or said[name]
    )
    return (
        f'<div class="understood"><p class="grey" id="understood-{turn}">Understood as:</p>'
        f'<ul class="chips" aria-labelledby="understood-{turn}">'
        f"{matter if said['matter'] else ''}{''.join(chips)}</ul>"
        f'<details class="change"><summary>Change what is asked</summary>'
        f'<form data-wishes="again" data-turn="{turn}">{fields}'
        '<button type="submit">Ask again</button></form></details></div>'
    )


def corrected(corrections: Sequence[tuple[str, str]]) -> str:
    """What was read in the place of words that no paper knows, or ""."""
    if not corrections:
        return ""
    said = ", ".join(
        f"“{escape(meant)}” instead of “{escape(typed)}”" for typed, meant in corrections
    )
    return f'<p class="grey">Showing results for {said}</p>'


def readings(questions: Iterable[str]) -> str:
    """Other questions that the words may ask, each a button; "" where there are none."""
    buttons = "".join(f"<li>{ask_button(question)}</li>" for question in questions)
    said = '<p class="grey">You may have meant:</p>'
    return f'<div class="readings">{said}<ul>{buttons}</ul></div>' if buttons else ""


def ask_button(question: str) -> str:
    """A button that asks a question."""
    wish = _wish({"do": "ask", "question": question})
    return f'<button type="button" {wish}>{escape(question)}</button>'


def scope_chips(scope: Scope, inside: int) -> str:
    """Which papers are looked in, and how many they are; "" where it is all of them."""
    if not scope:
        return ""
    chips = "".join(
        _chip(said, {"do": "scope", **scope_fields(rest)}) for said, rest in _ways(scope)
    )
    papers = f"{inside} paper{'' if inside == 1 else 's'}"
    return (
        f'<div class="scoped"><p id="scoped">Looking only in ({papers}):</p>'
        f'<ul class="chips" aria-labelledby="scoped">{chips}</ul></div>'
    )


def _ways(scope: Scope) -> list[tuple[str, Scope]]:
    """What each part of a scope says, and the scope without it."""
    when = ", ".join(Periods(scope.years, scope.months).said)
    return [
        (said, rest)
        for said, rest in (
            (scope.committee, replace(scope, committee="")),
            (when, replace(scope, years=frozenset(), months=frozenset())),
            (scope.days, replace(scope, since=None, until=None)),
            (scope.paper, replace(scope, paper="")),
            (KINDS.get(scope.kind, ""), replace(scope, kind="")),
        )
        if said
    ]


def scope_form(records: Sequence[PaperRecord], scope: Scope) -> str:
    """The controls that choose which papers are looked in and listed."""
    bodies = sorted({record.committee for record in records if record.committee})
    meetings = sorted(
        {(r.meeting_date, r.committee) for r in records if r.meeting_date}, reverse=True
    )
    held = {f"{day.isoformat()} {body}": _meeting(day, body) for day, body in meetings}
    titles = sorted({record.title for record in records if record.title})
    kinds = {kind: said for kind, said in KINDS.items() if any(may_hold(r, kind) for r in records)}
    is_one_day = scope.since is not None and scope.since == scope.until
    meeting = f"{scope.since} {scope.committee}" if is_one_day else ""
    since, until = ("" if is_one_day else day or "" for day in (scope.since, scope.until))
    return (
        '<details class="scope"><summary>Choose which papers to look in</summary>'
        '<form data-wishes="scope">'
        f"{_select('committee', 'Committee', {b: b for b in bodies}, scope.committee)}"
        f"{_select('meeting', 'Meeting', held, meeting)}"
        f"{_select('paper', 'Paper', {t: t for t in titles}, scope.paper)}"
        f"{_select('kind', 'Kind of paper', kinds, scope.kind)}"
        f'<label>Meetings from <input type="date" name="since" value="{since}"></label>'
        f'<label>Meetings up to <input type="date" name="until" value="{until}"></label>'
        '<span class="buttons"><button type="submit">Look only there</button>'
        f'<button type="button" {_wish({"do": "scope"})}>Look in all papers</button></span>'
        "</form></details>"
    )


def _meeting(day: date, body: str) -> str:
    return f"{body}, {say_date(day)}" if body else say_date(day)


def _select(name: str, label: str, options: Mapping[str, str], chosen: str) -> str:
    listed = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>'
        f"{escape(said)}</option>"
        for value, said in options.items()
    )
    return (
        f'<label>{label} <select name="{name}"><option value="">All</option>{listed}</select>'
        "</label>"
    )


def _chip(said: str, wish: Mapping[str, object]) -> str:
    return (
        f'<li class="chip"><span>{escape(said)}</span><button type="button" {_wish(wish)} '
        f'aria-label="Remove {escape(said)}">×</button></li>'
    )


def _again(turn: int, parts: Mapping[str, str]) -> dict[str, object]:
    return {"do": "again", "turn": turn, "parts": parts}


def _wish(wish: Mapping[str, object]) -> str:
    return f'data-wish="{escape(json.dumps(wish, ensure_ascii=False))}"'
