"""The chat: the parts of the page, and what happens when somebody uses them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import cast

import gradio as gr

from assistant.answers import Reply, plain
from assistant.conversation import Turn
from assistant.errors import AssistantError
from assistant.examples import EXAMPLES
from assistant.page import render
from assistant.page.chips import scope_chips, scope_form
from assistant.page.desk import Desk, Told
from assistant.page.limits import Limit
from assistant.page.saving import FORMS, chosen, gathered, saved
from assistant.page.statements import footer
from assistant.page.turntools import turn_tools
from assistant.page.wishes import read_link, read_scope, read_wish
from assistant.papers import PaperRecord
from assistant.rephrase import changed
from assistant.scope import EVERYTHING, Scope

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
_QUESTIONS_OF_LINK = """(_, ...kept) => {
  const asked = new URLSearchParams(location.search)
  return [JSON.stringify({questions: asked.getAll('q'), only: asked.get('only')}), ...kept]
}"""
_WISH = "(_, ...kept) => [window.wished, ...kept]"
_AFTER_WISH = "() => window.afterWish?.()"
_LEFT_OUT = "(_, talked) => [window.leftOut(), talked]"
_SAVE = "(file) => window.saveFile(file)"
_IN_BRITISH_ENGLISH = "() => { document.documentElement.lang = 'en-GB'; }"

# Questions of one visit, and of one address, that are answered in a minute
VISIT_A_MINUTE, ADDRESS_A_MINUTE = 20, 300
# While one answer is laid out, the next is sought.
AT_ONCE = 4
_QUIETLY = {"api_visibility": "private", "show_progress": "hidden"}
_ANSWERS = {**_QUIETLY, "concurrency_id": "answer", "concurrency_limit": AT_ONCE}

Updates = dict[object, object]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A turn of one visitor's conversation, and how it looks on the page."""

    turn: Turn
    told: Told
    shown: str
    fresh: bool = False  # asked again with a part changed, so that it leans on nothing before it


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
        self._chips = gr.HTML(elem_id="scoped-to")
        with gr.Row(elem_id="ask"):
            self._box = gr.Textbox(
                label="Your question", lines=1, max_lines=6, scale=5, elem_id="question"
            )
            self._button = gr.Button("Ask", variant="primary", scale=0, min_width=96, elem_id="go")
        self._slip = gr.HTML(elem_id="slip")
        self._choose = gr.HTML(elem_id="choose")
        gr.HTML(_WARNING)
        with gr.Row(visible=False, elem_id="whole") as self._whole:
            self._again = gr.Button("Start a new conversation", elem_id="again")
            self._saves = [gr.Button(f"Save as {form}", elem_id=form.lower()) for form in FORMS]
            gr.HTML('<button type="button" class="plain" data-do="print">Print</button>')
        with gr.Column(visible=False, elem_id="examples") as self._group:
            gr.HTML("<h2>Questions these papers answer</h2>")
            self._tries = [gr.Button(visible=False) for _ in range(EXAMPLES)]
        self._papers = gr.HTML(elem_id="papers")
        gr.HTML(footer())
        # Carries what the page's script takes from the server or hands to it.
        self._carried = gr.Textbox(visible="hidden", show_label=False, elem_id="carried")
        self._wish = gr.Button(visible="hidden", elem_id="wish")
        self._talked = gr.State(())
        self._scope = gr.State(EVERYTHING)

    def _connect(self) -> None:
        shown = [self._talk, self._said, self._slip, self._box, self._whole, self._talked]
        shown += [self._button, *self._tries, self._scope, self._chips, self._choose, self._papers]
        self._connect_asking(shown)
        self._again.click(self.start_again, None, shown, **_QUIETLY)
        for button, form in zip(self._saves, FORMS, strict=True):
            given = [self._carried, self._talked]
            save = partial(self.save, form)
            saving = button.click(save, given, self._carried, js=_LEFT_OUT, **_QUIETLY)
            saving.then(None, self._carried, None, js=_SAVE, **_QUIETLY)
        # Gradio's own script sets the language of the page to plain English.
        self.blocks.load(None, js=_IN_BRITISH_ENGLISH, **_QUIETLY)
        listed = [self._line, self._papers, self._choose]
        self.blocks.load(self.show_papers, None, listed, **_QUIETLY).then(
            self.show_examples, None, [self._group, *self._tries], **_QUIETLY
        )

    def _connect_asking(self, shown: list[gr.components.Component]) -> None:
        """Whatever is asked: typed, by an example, by a control, or by the link that was opened."""
        known = [self._talked, self._scope]
        for event, asked, mode in (
            # Who types on while an answer is sought is answered next.
            (self._box.submit, self._box, "multiple"),
            (self._button.click, self._box, "once"),
            *((one.click, one, "once") for one in self._tries),
        ):
            answering = event(self.answer, [asked, *known], shown, trigger_mode=mode, **_ANSWERS)
            answering.then(None, js=_TO_LAST_TURN, **_QUIETLY)
            answering.failure(self.give_up, self._talked, shown, **_QUIETLY)
        carried = [self._carried, *known]
        granting = self._wish.click(self.grant, carried, shown, js=_WISH, **_ANSWERS)
        granting.then(None, js=_AFTER_WISH, **_QUIETLY)
        granting.failure(self.give_up, self._talked, shown, **_QUIETLY)
        self.blocks.load(self.arrive, carried, shown, js=_QUESTIONS_OF_LINK, **_ANSWERS)

    def arrive(
        self, link: str, talked: tuple[Exchange, ...], scope: Scope, request: gr.Request
    ) -> Iterator[Updates]:
        """The questions of a permanent link, asked one after the other in its scope."""
        yield {self._slip: ""}
        questions, only = read_link(link)
        if only:
            scope = read_scope(only, self._records())
            yield self._scoped(scope)
        for question in questions:
            for updates in self.answer(question, talked, scope, request):
                yield updates
                talked = cast("tuple[Exchange, ...]", updates.get(self._talked, talked))
                scope = cast("Scope", updates.get(self._scope, scope))

    def grant(
        self, sent: str, talked: tuple[Exchange, ...], scope: Scope, request: gr.Request
    ) -> Iterator[Updates]:
        """What a control asked for: another scope, another question, or a part changed."""
        wish = read_wish(sent, self._records())
        if wish is None:
            return
        if wish.scope is not None:
            yield self._scoped(wish.scope)
        elif wish.question:
            yield from self.answer(wish.question, talked, scope, request)
        elif 0 < wish.turn <= len(talked):
            before = talked[wish.turn - 1]
            scope = EVERYTHING if wish.parts.get("scope") == "" else scope
            yield from self._ask(_asked_again(before, wish.parts), talked, scope, request, True)

    def _records(self) -> list[PaperRecord]:
        with suppress(AssistantError):  # said on the page already, by show_papers
            return self._desk.records()
        return []

    def _scoped(self, scope: Scope) -> Updates:
        """The scope in force shown: its chips, its controls, and the papers that are left."""
        records = self._records()
        inside = [record for record in records if scope.holds(record)]
        told = f"Looking only in: {scope.line}" if scope else "Looking in all papers"
        return {
            self._scope: scope,
            self._chips: scope_chips(scope, len(inside)),
            self._choose: scope_form(records, scope),
            self._papers: render.papers_list(inside),
            self._said: render.status(told),
        }

    def answer(
        self, question: str, talked: tuple[Exchange, ...], scope: Scope, request: gr.Request
    ) -> Iterator[Updates]:
        """The question with a sign that it is worked on, then with its answer."""
        yield from self._ask(question, talked, scope, request, False)

    def _ask(
        self,
        question: str,
        talked: tuple[Exchange, ...],
        scope: Scope,
        request: gr.Request,
        fresh: bool,
    ) -> Iterator[Updates]:
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
            told = self._desk.ask(question, [] if fresh else _turns(talked), scope)
        except AssistantError as error:
            yield {**self._as_before(talked, str(error)), self._box: question}
            return
        shown = self._answered(_exchange(question, told, talked, fresh), talked, told.reply)
        yield shown if told.scope == scope and not fresh else {**self._scoped(told.scope), **shown}

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
            **{
                part: shown
                for part, shown in self._scoped(EVERYTHING).items()
                if part != self._said
            },
        }

    def save(self, form: str, left_out: str, talked: tuple[Exchange, ...]) -> str:
        """The conversation, but for the turns left out, as a file that `page.js` saves."""
        turns = [talked[at] for at in chosen(left_out, len(talked))]
        told = [(exchange.turn.user, exchange.told) for exchange in turns]
        pictured = gathered(told, self._desk, pictures=form != "Markdown")
        return saved(form, pictured, date.today())

    def show_papers(self) -> Updates:
        """Which papers are in, or what to run where there are none."""
        try:
            records = self._desk.records()
        except AssistantError as error:
            missing = render.no_papers(str(error))
            return {self._line: missing, self._papers: "", self._choose: ""}
        return {
            self._line: render.papers_line(records),
            self._papers: render.papers_list(records),
            self._choose: scope_form(records, EVERYTHING),
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


def _exchange(question: str, told: Told, talked: tuple[Exchange, ...], fresh: bool) -> Exchange:
    number = len(talked) + 1
    before = [] if fresh else [turn.user for turn in _turns(talked)]
    tools = turn_tools(question, before, told.reply, number, told.scope)
    shown = render.asked(question, render.told(told, number) + tools)
    return Exchange(Turn(question, plain(told.reply)), told, shown, fresh)


def _turns(talked: Sequence[Exchange]) -> list[Turn]:
    """The turns that a question may lean on: none before one that was asked anew."""
    fresh = max((at for at, exchange in enumerate(talked) if exchange.fresh), default=0)
    return [exchange.turn for exchange in talked[fresh:]]


def _asked_again(before: Exchange, parts: Mapping[str, str]) -> str:
    question = before.told.reply.question
    if question is None or question.understood is None or not before.told.whole:
        return before.turn.user
    return changed(before.told.whole, question.understood, parts, question.asked)
