"""The chat: the parts of the page, and what happens when somebody uses them."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from time import time
from typing import cast

import gradio as gr

from assistant.answers import Reply, plain
from assistant.conversation import Turn
from assistant.errors import AssistantError
from assistant.examples import EXAMPLES
from assistant.page import render
from assistant.page.briefing import Asked, as_markdown, as_word
from assistant.page.desk import Desk, Told
from assistant.page.limits import Limit
from assistant.page.statements import footer
from assistant.page.turntools import MOST_LINKED, turn_tools

NAME = "Committee papers assistant"

_INTRO = (
    '<p class="intro">Ask what the committees were told, recommended or decided. Answers are in '
    "the papers’ own words, and each shows where it stands. If the papers do not say, you are "
    "told so.</p>"
)
_TOO_OFTEN = "Those were many questions in one minute. Please wait a little, then ask again."
_WARNING = '<p class="warning">Please do not enter personal or confidential information.</p>'
# A visitor reads an answer from its beginning, however long it is.
_TO_LAST_TURN = "() => document.querySelector('.turn:last-of-type')?.scrollIntoView()"
# Fills the hidden box with the questions of the address, before the server is asked for them.
_QUESTIONS_OF_LINK = (
    "(_, talked) => [JSON.stringify(new URLSearchParams(location.search).getAll('q')), talked]"
)
_SAVE = "(file) => window.saveFile(file)"
_IN_BRITISH_ENGLISH = "() => { document.documentElement.lang = 'en-GB'; }"

# Questions of one visit, and of one address, that are answered in a minute
VISIT_A_MINUTE, ADDRESS_A_MINUTE = 20, 300
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

Updates = dict[object, object]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A turn of one visitor's conversation, and how it looks on the page."""

    turn: Turn
    reply: Reply
    shown: str


class Chat:
    """The page; what a visitor has asked lies in her own session's state and nowhere else."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._visits, self._addresses = Limit(VISIT_A_MINUTE), Limit(ADDRESS_A_MINUTE)
        with gr.Blocks(title=NAME, analytics_enabled=False) as self.blocks:
            self._lay_out()
            self._connect()

    def _lay_out(self) -> None:
        with gr.Column(elem_id="head"):
            gr.HTML(f"<h1>{NAME}</h1>")
            self._line = gr.HTML(elem_id="line")
        self._talk = gr.HTML(_INTRO, elem_id="talk")
        self._said = gr.HTML(render.status(""))
        with gr.Row(elem_id="ask"):
            self._box = gr.Textbox(
                label="Your question", lines=1, max_lines=6, scale=5, elem_id="question"
            )
            self._button = gr.Button("Ask", variant="primary", scale=0, min_width=96, elem_id="go")
        self._slip = gr.HTML(elem_id="slip")
        gr.HTML(_WARNING)
        with gr.Row(visible=False, elem_id="whole") as self._whole:
            self._again = gr.Button("Start a new conversation", elem_id="again")
            self._word = gr.Button("Save as Word", elem_id="word")
            self._markdown = gr.Button("Save as Markdown", elem_id="markdown")
            gr.HTML('<button type="button" class="plain" data-do="print">Print</button>')
        with gr.Column(visible=False, elem_id="examples") as self._group:
            gr.HTML("<h2>Questions these papers answer</h2>")
            self._tries = [gr.Button(visible=False) for _ in range(EXAMPLES)]
        self._papers = gr.HTML(elem_id="papers")
        gr.HTML(footer())
        # Carries what the page's script takes from the server or hands to it.
        self._carried = gr.Textbox(visible="hidden", show_label=False, elem_id="carried")
        self._talked = gr.State(())

    def _connect(self) -> None:
        shown = [self._talk, self._said, self._slip, self._box, self._whole, self._talked]
        shown += [self._button, *self._tries]
        quietly = {"api_visibility": "private", "show_progress": "hidden"}
        for event, asked, mode in (
            # Who types on while an answer is sought is answered next.
            (self._box.submit, self._box, "multiple"),
            (self._button.click, self._box, "once"),
            *((one.click, one, "once") for one in self._tries),
        ):
            answering = event(
                self.answer,
                [asked, self._talked],
                shown,
                trigger_mode=mode,
                concurrency_id="answer",
                **quietly,
            )
            answering.then(None, js=_TO_LAST_TURN, **quietly)
            answering.failure(self.give_up, self._talked, shown, **quietly)
        self._again.click(self.start_again, None, shown, **quietly)
        for button, made in ((self._word, self.save_word), (self._markdown, self.save_markdown)):
            button.click(made, self._talked, self._carried, **quietly).then(
                None, self._carried, None, js=_SAVE, **quietly
            )
        # Gradio's own script sets the language of the page to plain English.
        self.blocks.load(None, js=_IN_BRITISH_ENGLISH, **quietly)
        self.blocks.load(
            self.arrive,
            [self._carried, self._talked],
            shown,
            js=_QUESTIONS_OF_LINK,
            concurrency_id="answer",
            **quietly,
        )
        self.blocks.load(self.show_papers, None, [self._line, self._papers], **quietly).then(
            self.show_examples, None, [self._group, *self._tries], **quietly
        )

    def arrive(
        self, link: str, talked: tuple[Exchange, ...], request: gr.Request
    ) -> Iterator[Updates]:
        """The questions of a permanent link, asked one after the other."""
        yield {self._slip: ""}
        for question in _questions_of(link):
            for updates in self.answer(question, talked, request):
                yield updates
                talked = cast("tuple[Exchange, ...]", updates.get(self._talked, talked))

    def answer(
        self, question: str, talked: tuple[Exchange, ...], request: gr.Request
    ) -> Iterator[Updates]:
        """The question with a sign that it is worked on, then with its answer."""
        if not question.strip():
            yield {self._slip: render.note("Type a question first.")}
            return
        if not self._may_ask(request):
            yield {**self._as_before(talked, _TOO_OFTEN), self._box: question}
            return
        before = "".join(exchange.shown for exchange in talked)
        yield {
            self._talk: before + render.asked(question, render.working()),
            self._said: render.status("Looking in the papers"),
            self._slip: "",
            self._box: "",
            **self._buttons(on=False),
        }
        try:
            told = self._desk.ask(question, [exchange.turn for exchange in talked])
        except AssistantError as error:
            yield {**self._as_before(talked, str(error)), self._box: question}
            return
        yield self._answered(_exchange(question, told, talked), talked, told.reply)

    def _may_ask(self, request: gr.Request) -> bool:
        address = request.client.host if request.client else ""
        return self._visits.allows(str(request.session_hash)) and self._addresses.allows(address)

    def give_up(self, talked: tuple[Exchange, ...]) -> Updates:
        """The page made usable again after a fault of ours, which the server's log tells."""
        return self._as_before(talked, "Something went wrong; it is in the log. Please ask again.")

    def _as_before(self, talked: tuple[Exchange, ...], why: str) -> Updates:
        """The conversation without the last question, and why there is no answer to it."""
        return {
            self._talk: "".join(exchange.shown for exchange in talked) or _INTRO,
            self._said: render.status(why),
            self._slip: render.note(why),
            **self._buttons(on=True),
        }

    def _answered(self, new: Exchange, talked: tuple[Exchange, ...], reply: Reply) -> Updates:
        now = (*talked, new)
        return {
            self._talk: "".join(exchange.shown for exchange in now),
            self._said: render.status(render.spoken(reply)),
            self._whole: gr.Row(visible=True),
            self._talked: now,
            **self._buttons(on=True),
        }

    def _buttons(self, *, on: bool) -> Updates:
        return {button: gr.Button(interactive=on) for button in (self._button, *self._tries)}

    def start_again(self) -> Updates:
        """A page on which nothing has been asked."""
        return {
            self._talk: _INTRO,
            self._said: render.status("New conversation"),
            self._slip: "",
            self._box: "",
            self._whole: gr.Row(visible=False),
            self._talked: (),
        }

    def save_word(self, talked: tuple[Exchange, ...]) -> str:
        """The conversation as a Word file, in words that `page.js` saves."""
        return _file("committee-papers.docx", WORD, as_word(_asked(talked), date.today()))

    def save_markdown(self, talked: tuple[Exchange, ...]) -> str:
        """The conversation as a Markdown file, in words that `page.js` saves."""
        text = as_markdown(_asked(talked), date.today())
        return _file("committee-papers.md", "text/markdown", text.encode("utf-8"))

    def show_papers(self) -> Updates:
        """Which papers are in, or what to run where there are none."""
        try:
            records = self._desk.records()
        except AssistantError as error:
            return {self._line: render.no_papers(str(error)), self._papers: ""}
        return {
            self._line: render.papers_line(records),
            self._papers: render.papers_list(records),
        }

    def show_examples(self) -> Updates:
        """A button for each example question, and none for those there are not."""
        try:
            questions = self._desk.examples()
        except AssistantError:  # said on the page already, by show_papers
            questions = []
        buttons = {
            button: gr.Button(question, visible=True)
            for button, question in zip(self._tries, questions, strict=False)
        }
        return {self._group: gr.Column(visible=bool(questions)), **buttons}


def _exchange(question: str, told: Told, talked: tuple[Exchange, ...]) -> Exchange:
    number = len(talked) + 1
    before = [exchange.turn.user for exchange in talked]
    body = render.told(told, number) + turn_tools(question, before, told.reply, number)
    return Exchange(Turn(question, plain(told.reply)), told.reply, render.asked(question, body))


def _questions_of(link: str) -> list[str]:
    """The questions that the page's script read from its address."""
    try:
        asked = json.loads(link or "[]")
    except (ValueError, RecursionError):
        return []
    questions = asked if isinstance(asked, list) else []
    return [one for one in questions if isinstance(one, str) and one.strip()][:MOST_LINKED]


def _asked(talked: tuple[Exchange, ...]) -> list[Asked]:
    return [Asked(exchange.turn.user, exchange.reply) for exchange in talked]


def _file(name: str, kind: str, data: bytes) -> str:
    # The time makes it another file even where nothing was asked in between.
    made = {"name": name, "kind": kind, "data": b64encode(data).decode(), "at": time()}
    return json.dumps(made)
