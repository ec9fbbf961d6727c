"""The chat: the parts of the page, and what happens when somebody uses them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import cast
from zlib import compress, decompress

import gradio as gr
from anyio import CapacityLimiter
from anyio.to_thread import run_sync

from assistant.answers import plain
from assistant.conversation import Turn
from assistant.errors import AssistantError
from assistant.page import render
from assistant.page.chips import scope_chips, scope_form
from assistant.page.clerks import MOST
from assistant.page.desk import Desk
from assistant.page.limits import Limit
from assistant.page.saving import FORMS, chosen, gathered, saved
from assistant.page.statements import footer
from assistant.page.told import Told
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
_TOO_LONG = (
    "This conversation has become too long to go on. Save it if you want to keep it, then choose "
    "“Start a new conversation”."
)
_WARNING = '<p class="warning">Please do not enter personal or confidential information.</p>'
# Never exchanged for another, so that what it comes to say is read aloud, once.
_SPOKEN = '<div class="unseen" role="status" aria-live="polite" id="said"></div>'
_UNDER_WAY = '<div id="under-way"></div>'
# Fills the hidden box with the questions of the address, before the server is asked for them.
_QUESTIONS_OF_LINK = """async (_, ...kept) => {
  const asked = new URLSearchParams(location.search)
  const questions = asked.getAll('q')
  if (questions.length) await window.begin(questions.at(-1))
  return [JSON.stringify({questions, only: asked.get('only')}), ...kept]
}"""
# What `page.js` does before a question goes out, when its answer is shown, and where none came
_ASKING = "() => window.asking()"
_WISHING = "(_, ...kept) => [window.wished, ...kept]"
_ANSWERED = "(said) => window.answered(said)"
_LISTED = "() => window.listed()"
_LOST = "() => window.lost()"
_LEFT_OUT = "(_, talked) => [window.leftOut(), talked]"
_SAVE = "(file) => window.saveFile(file)"
_IN_BRITISH_ENGLISH = "() => { document.documentElement.lang = 'en-GB'; }"

# Questions of one visit, and of one address, that are answered in a minute
VISIT_A_MINUTE, ADDRESS_A_MINUTE = 20, 300
# Visits whose conversations are kept; who has not asked for longest is forgotten first.
VISITS_KEPT = 500
# Turns of one conversation, some 50 KB each: far more than anybody asks about one thing, and few
# enough that nobody fills the memory by asking on and on.
MOST_TURNS = 60
# Answers under way at a time, one more than there are clerks, so that none of them must wait; the
# others wait in order, and keep no thread from who wants a picture.
AT_ONCE = MOST + 1
_QUIETLY = {"api_visibility": "private", "show_progress": "hidden"}
# A reply is the response to its request: waiting in Gradio's queue, and being told of it by a
# stream of events, would take as long as most answers do.
_AT_ONCE = {**_QUIETLY, "queue": False}

Updates = dict[object, object]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A turn of one visitor's conversation, as small as it can be kept."""

    turn: Turn
    told: Told
    packed: bytes  # how it looks; much is the same from one word to the next
    fresh: bool = False  # asked again with a part changed, so that it leans on nothing before it

    @property
    def shown(self) -> str:
        """How it looks, as HTML."""
        return decompress(self.packed).decode("ascii")


class Chat:
    """The page; what a visitor has asked lies in her own session's state and nowhere else."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._visits, self._addresses = Limit(VISIT_A_MINUTE), Limit(ADDRESS_A_MINUTE)
        self._seeking, self._making = CapacityLimiter(AT_ONCE), CapacityLimiter(1)
        with gr.Blocks(title=NAME, analytics_enabled=False) as self.blocks:
            self.blocks.state_session_capacity = VISITS_KEPT
            self._lay_out()
            self._connect()

    def _lay_out(self) -> None:
        with gr.Column(elem_id="head"):
            gr.HTML(f"<h1>{NAME}</h1>")
            self._line = gr.HTML(elem_id="line")
        self._talk = gr.HTML(_INTRO, elem_id="talk")
        gr.HTML(_UNDER_WAY)
        gr.HTML(_SPOKEN)
        self._chips = gr.HTML(elem_id="scoped-to")
        with gr.Row(elem_id="ask"):
            self._box = gr.Textbox(
                label="Your question", lines=1, max_lines=6, scale=5, elem_id="question"
            )
            self._button = gr.Button("Ask", variant="primary", scale=0, min_width=96, elem_id="go")
        self._slip = gr.HTML(elem_id="slip")
        self._choose = gr.HTML(elem_id="choose")
        gr.HTML(_WARNING)
        with gr.Row(elem_id="whole"):
            self._again = gr.Button("Start a new conversation", elem_id="again")
            self._saves = [gr.Button(f"Save as {form}", elem_id=form.lower()) for form in FORMS]
            gr.HTML('<button type="button" class="plain" data-do="print">Print</button>')
        self._examples = gr.HTML(elem_id="examples")
        self._papers = gr.HTML(elem_id="papers")
        gr.HTML(footer())
        # Carries what the page's script takes from the server or hands to it.
        self._carried = gr.Textbox(visible="hidden", show_label=False, elem_id="carried")
        self._asked = gr.Textbox(visible="hidden", show_label=False)
        self._wish = gr.Button(visible="hidden", elem_id="wish")
        self._talked = gr.State(())
        self._scope = gr.State(EVERYTHING)

    def _connect(self) -> None:
        shown = [self._talk, self._carried, self._slip, self._box, self._talked]
        shown += [self._scope, self._chips]
        self._connect_asking(shown)
        # Apart from the answer: Gradio makes each part anew that a reply may change and leaves.
        listed = [self._choose, self._papers]
        narrowing = self._chips.change(self.show_scope, self._scope, listed, **_AT_ONCE)
        narrowing.success(None, js=_LISTED, **_QUIETLY)
        again = self._again.click(self.start_again, None, shown, **_AT_ONCE)
        again.success(None, self._carried, None, js=_ANSWERED, **_QUIETLY)
        for button, form in zip(self._saves, FORMS, strict=True):
            given = [self._carried, self._talked]
            save = partial(self.save, form)
            saving = button.click(save, given, self._carried, js=_LEFT_OUT, **_QUIETLY)
            saving.success(None, self._carried, None, js=_SAVE, **_QUIETLY)
        # Gradio's own script sets the language of the page to plain English.
        self.blocks.load(None, js=_IN_BRITISH_ENGLISH, **_QUIETLY)
        listed = [self._line, self._papers, self._choose]
        self.blocks.load(self.show_papers, None, listed, **_AT_ONCE).then(
            self.show_examples, None, self._examples, **_AT_ONCE
        )

    def _connect_asking(self, shown: list[gr.components.Component]) -> None:
        """Whatever is asked: typed, by a control, or by the link that was opened."""
        known = [self._talked, self._scope]
        # Who types on while an answer is sought is answered next.
        for event, mode in ((self._box.submit, "multiple"), (self._button.click, "once")):
            asking = event(None, self._box, self._asked, js=_ASKING, trigger_mode=mode, **_QUIETLY)
            self._show(asking.success(self.answer, [self._asked, *known], shown, **_AT_ONCE))
        carried = [self._carried, *known]
        self._show(self._wish.click(self.grant, carried, shown, js=_WISHING, **_AT_ONCE))
        arriving = self.blocks.load(self.arrive, carried, shown, js=_QUESTIONS_OF_LINK, **_AT_ONCE)
        self._show(arriving)

    def _show(self, answering: gr.events.Dependency) -> None:
        answering.success(None, self._carried, None, js=_ANSWERED, **_QUIETLY)
        answering.failure(None, None, [self._slip, self._box], js=_LOST, **_QUIETLY)

    async def arrive(
        self, link: str, talked: tuple[Exchange, ...], scope: Scope, request: gr.Request
    ) -> Updates:
        """The questions of a permanent link, asked one after the other in its scope."""
        questions, only = read_link(link)
        shown: Updates = {self._slip: ""}
        if only:
            scope = read_scope(only, self._records())
            shown |= self._scoped(scope)
        for question in questions:
            shown |= await self._ask(question, talked, scope, request, False)
            talked = cast("tuple[Exchange, ...]", shown.get(self._talked, talked))
            scope = cast("Scope", shown.get(self._scope, scope))
        return shown

    async def grant(
        self, sent: str, talked: tuple[Exchange, ...], scope: Scope, request: gr.Request
    ) -> Updates:
        """What a control asked for: another scope, another question, or a part changed."""
        wish = read_wish(sent, self._records())
        if wish is None:
            return {self._carried: ""}
        if wish.scope is not None:
            return self._scoped(wish.scope)
        if wish.question:
            return await self._ask(wish.question, talked, scope, request, False)
        if not 0 < wish.turn <= len(talked):
            return {self._carried: ""}
        before = talked[wish.turn - 1]
        scope = EVERYTHING if wish.parts.get("scope") == "" else scope
        return await self._ask(_asked_again(before, wish.parts), talked, scope, request, True)

    def _records(self) -> list[PaperRecord]:
        with suppress(AssistantError):  # said on the page already, by show_papers
            return self._desk.records()
        return []

    def _scoped(self, scope: Scope) -> Updates:
        """The scope in force from now on, and its chips, which show the rest as they change."""
        inside = sum(map(scope.holds, self._records()))
        told = f"Looking only in: {scope.line}" if scope else "Looking in all papers"
        return {
            self._scope: scope,
            self._chips: scope_chips(scope, inside),
            self._carried: told,
        }

    def show_scope(self, scope: Scope) -> tuple[str, str]:
        """The controls of a scope, and the papers that are left."""
        records = self._records()
        inside = [record for record in records if scope.holds(record)]
        return scope_form(records, scope), render.papers_list(inside)

    async def answer(
        self, question: str, talked: tuple[Exchange, ...], scope: Scope, request: gr.Request
    ) -> Updates:
        """The conversation with the answer to a question, or why there is none."""
        return await self._ask(question, talked, scope, request, False)

    async def _ask(
        self,
        question: str,
        talked: tuple[Exchange, ...],
        scope: Scope,
        request: gr.Request,
        fresh: bool,
    ) -> Updates:
        if not any(map(str.isalnum, question)):
            return {self._slip: render.note("Type a question first."), self._carried: ""}
        if len(talked) >= MOST_TURNS:
            return self._unanswered(question, _TOO_LONG)
        if not self._may_ask(request):
            return self._unanswered(question, _TOO_OFTEN)
        asked = (question, talked, scope, fresh)
        try:
            new = await run_sync(self._exchange, *asked, limiter=self._seeking)
        except AssistantError as error:
            return self._unanswered(question, str(error))
        now = (*talked, new)
        shown: Updates = {
            self._talk: "".join(exchange.shown for exchange in now),
            self._talked: now,
            self._slip: "",
        }
        if fresh or new.told.scope != scope:
            shown |= self._scoped(new.told.scope)
        return {**shown, self._carried: render.spoken(new.told.reply)}

    def _exchange(
        self, question: str, talked: tuple[Exchange, ...], scope: Scope, fresh: bool
    ) -> Exchange:
        """The turn that a question makes. Raises AssistantError where it cannot be asked."""
        before = [] if fresh else _turns(talked)
        told = self._desk.ask(question, before, scope)
        number = len(talked) + 1
        asked = [turn.user for turn in before]
        tools = turn_tools(question, asked, told.reply, number, told.scope)
        shown = render.asked(question, render.told(told, number) + tools)
        # One letter beyond the commonest would double what all the others take.
        packed = compress(shown.encode("ascii", "xmlcharrefreplace"))
        return Exchange(Turn(question, plain(told.reply)), told, packed, fresh)

    def _unanswered(self, question: str, why: str) -> Updates:
        """Why there is no answer, and the question back in its box, to be mended."""
        return {self._slip: render.note(why), self._carried: why, self._box: question}

    def _may_ask(self, request: gr.Request) -> bool:
        address = request.client.host if request.client else ""
        return self._visits.allows(str(request.session_hash)) and self._addresses.allows(address)

    def start_again(self) -> Updates:
        """A page on which nothing has been asked."""
        return {
            **self._scoped(EVERYTHING),
            self._talk: _INTRO,
            self._carried: "New conversation",
            self._slip: "",
            self._box: "",
            self._talked: (),
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

    async def show_examples(self) -> str:
        """A button for each example question."""
        try:
            return render.examples(await run_sync(self._desk.examples, limiter=self._making))
        except AssistantError:  # said on the page already, by show_papers
            return ""


def _turns(talked: Sequence[Exchange]) -> list[Turn]:
    """The turns that a question may lean on: none before one that was asked anew."""
    fresh = max((at for at, exchange in enumerate(talked) if exchange.fresh), default=0)
    return [exchange.turn for exchange in talked[fresh:]]


def _asked_again(before: Exchange, parts: Mapping[str, str]) -> str:
    question = before.told.reply.question
    if question is None or question.understood is None or not before.told.whole:
        return before.turn.user
    return changed(before.told.whole, question.understood, parts, question.asked)
