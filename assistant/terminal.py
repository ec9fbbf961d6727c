"""The conversation in the terminal: lines typed and read, with the commands that begin with /."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

from assistant.answers import Answer, Refusal, Reply, plain
from assistant.assistant import Assistant
from assistant.conversation import Turn
from assistant.errors import AssistantError
from assistant.explain import explain
from assistant.scope import EVERYTHING, scope_in

with contextlib.suppress(ImportError):  # where it is there, the arrow keys recall and edit lines
    import readline  # noqa: F401

INTRODUCED = (
    "Ask about the papers, and ask on. /sources shows the words cited last, /scope which papers "
    "are looked in, /explain how the last answer came about, /export FILE keeps the conversation, "
    "/quit ends."
)


def said(reply: Reply) -> str:
    """A reply for the terminal: the text, then its sources with the papers they stand in."""
    if isinstance(reply, Refusal):
        nearest = [f"  {c.label}" for c in reply.nearest]
        return "\n".join([reply.text, *(["Nearest:"] if nearest else []), *nearest])
    lines = [reply.text, ""]
    for citation in reply.citations:
        lines.append(f"[{citation.number}] {citation.label}")
        lines.append(f"    {citation.evidence.passage.paper}")
    if reply.readings:
        lines += ["", "Or did you mean (type its number):"]
        lines += [f"  {number}. {one}" for number, one in enumerate(reply.readings, 1)]
    return "\n".join(lines)


class Talk:
    """One conversation: what was asked and answered, and what a line typed next gets."""

    def __init__(self, assistant: Assistant, index: Path | None = None) -> None:
        self._assistant = assistant
        self._index = index  # where a build may swap another one in meanwhile
        self._turns: list[Turn] = []
        self._last: Reply | None = None
        self._commands: dict[str, Callable[[str], str]] = {
            "/sources": self._sources,
            "/scope": self._scope,
            "/explain": self._explain,
            "/export": self._export,
        }

    def reply(self, line: str) -> str:
        """What is shown for a line. A question that cannot be asked is told and forgotten."""
        name, _, rest = line.partition(" ")
        try:
            self._renew()
            if name in self._commands:
                return self._commands[name](rest.strip())
            if name.startswith("/"):
                return f"{name}: no such command; type {', '.join(self._commands)} or /quit"
            return self._ask(self._offered(line))
        except AssistantError as error:
            return f"assistant: {error}"

    def _renew(self) -> None:
        renewed = self._assistant.renewed(self._index) if self._index else self._assistant
        if renewed is not self._assistant:
            # Nothing of a paper that was withdrawn may outlive the index that held it.
            self._assistant, self._last = renewed, None

    def _offered(self, line: str) -> str:
        """The question that was offered under a number, or the line itself."""
        offered = self._last.readings if isinstance(self._last, Answer) else ()
        number = int(line) if line.strip().isdecimal() else 0
        return offered[number - 1] if 0 < number <= len(offered) else line

    def _ask(self, line: str) -> str:
        reply = self._assistant.ask(line, self._turns)
        self._turns.append(Turn(line, plain(reply)))
        self._last = reply
        understood = reply.question.understood if reply.question else None
        follows = understood is not None and (len(self._turns) > 1 or bool(understood.scope))
        lines = [f"Understood as: {understood.line}"] if understood and follows else []
        return "\n".join([*lines, said(reply)])

    def _sources(self, _: str) -> str:
        if not isinstance(self._last, Answer):
            return "Nothing is cited yet."
        return "\n\n".join(
            f"[{c.number}] {c.label}\n{c.evidence.text}" for c in self._last.citations
        )

    def _scope(self, words: str) -> str:
        """Sets a scope by words, or tells which one holds."""
        records = self._assistant.index.store.records.values()
        if words:
            typed = words if "all" in words.split() else f"only {words}"
            if scope_in(typed, records).scope is None:
                return f"{words}: names no committee, date or paper here; try: /scope Cabinet"
            self._turns.append(Turn(typed, ""))
        found = (scope_in(turn.user, records).scope for turn in reversed(self._turns))
        scope = next((one for one in found if one is not None), EVERYTHING)
        return f"Looking only in: {scope.line}" if scope else "Looking in all papers."

    def _explain(self, _: str) -> str:
        asked = next((n for n in range(len(self._turns), 0, -1) if self._turns[n - 1].assistant), 0)
        if not asked:
            return "Nothing has been asked yet."
        return explain(self._assistant, self._turns[asked - 1].user, self._turns[: asked - 1])[0]

    def _export(self, file: str) -> str:
        """The conversation as Markdown, in a file where one is named."""
        told = "\n\n".join(f"**{t.user}**\n\n{t.assistant}".strip() for t in self._turns)
        if not file:
            return told or "Nothing has been asked yet."
        try:
            Path(file).write_text(told + "\n", encoding="utf-8")
        except OSError as error:
            return f"{file}: cannot be written ({error}); name another file"
        return f"{file}: turns written: {len(self._turns)}"
