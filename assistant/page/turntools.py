"""What can be done with a turn: copy it, link to it, say whether it was right."""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import urlencode

from assistant.answers import Answer, Reply, plain
from assistant.leaning import leans
from assistant.page.wishes import MOST_LINKED, scope_fields
from assistant.page.words import escape
from assistant.scope import EVERYTHING, Scope

REASONS = {
    "wrong figure": "The figure or date is wrong",
    "wrong passage": "These words do not answer the question",
    "not newest": "A newer paper says otherwise",
    "is in the papers": "The papers do answer it",
    "other": "Something else",
}


def turn_tools(
    question: str,
    before: Sequence[str],
    reply: Reply,
    turn: int,
    scope: Scope = EVERYTHING,
) -> str:
    """Buttons for a turn that was asked within a scope after the questions `before`."""
    cited = reply.citations if isinstance(reply, Answer) else reply.nearest
    places = [f"{one.record.path}, {one.place}" for one in cited]
    reasons = "".join(
        f'<label><input type="radio" name="reason" value="{name}" required> {said}</label>'
        for name, said in REASONS.items()
    )
    return (
        f'<div class="turntools" data-said="{escape(as_text(question, reply))}" '
        f'data-link="{escape(link_to(question, before, scope))}" '
        f'data-question="{escape(question)}" '
        f'data-cited="{escape(json.dumps(places))}" '
        f'data-refused="{"" if isinstance(reply, Answer) else "yes"}">'
        '<div class="buttons"><button type="button" data-do="copy">Copy answer</button>'
        '<button type="button" data-do="link">Copy link</button>'
        '<button type="button" data-do="helpful">Helpful</button>'
        f'<label class="choose"><input type="checkbox" class="chosen" data-turn="{turn}" checked> '
        "In the saved file</label></div>"
        f'<details class="tell"><summary>Not right?</summary><form>'
        f"<fieldset><legend>What is not right?</legend>{reasons}</fieldset>"
        f'<label class="asked"><input type="checkbox" name="asked"> '
        "Send my question too (otherwise only the reason and the places cited are kept)</label>"
        '<button type="submit">Send</button></form></details>'
        f'<p class="told" role="status" id="told-{turn}"></p></div>'
    )


def as_text(question: str, reply: Reply) -> str:
    """A turn as plain text for the clipboard: the question, the answer, where it stands."""
    lines = [question, "", plain(reply)]
    if isinstance(reply, Answer):
        lines += ["", *(f"{one.label}\n{one.record.path}" for one in reply.citations)]
    return "\n".join(lines)


def link_to(question: str, before: Sequence[str], scope: Scope = EVERYTHING) -> str:
    """The query that asks a question anew, with the questions that a follow-up leans on.

    It carries the scope too.
    """
    asked = [question]
    for earlier in reversed(before):
        if not leans(asked[0]) or len(asked) == MOST_LINKED:
            break
        asked.insert(0, earlier)
    only = [("only", json.dumps(scope_fields(scope), ensure_ascii=False))] if scope else []
    return f"?{urlencode([*(('q', one) for one in asked), *only])}"
