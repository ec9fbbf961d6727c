"""Follow-ups: what a question owes to the turns before it, part by part."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.figures import values_in
from assistant.leaning import asks_itself, is_alien, is_new, leans, own_words
from assistant.periods import Periods, counted_from, is_against_period, periods_in, without_relative
from assistant.questions import Lent, kind_asked, names_in
from assistant.terms import stem, terms
from assistant.traits import Asked
from assistant.understood import ALTERNATIVES, Part, Understood, pieces, taken_apart

# A fragment with so many words of its own takes the terms of the question before at this weight:
# "and girls?" is that question with one word exchanged. A question with a verb only leans on it,
# and one that points at nothing may have left its subject.
TAKEN = (0.9, 0.8, 0.65, 0.5, 0.3)
CARRIED = 0.35
PERHAPS = 0.3
ANSWERED = 0.15  # a term of the answer before
EXCHANGED = 1  # own words of a fragment for which the terms it takes over count as typed
TURNS = 8

# What is said out of politeness before a question, and what links it to the one before.
_POLITE = re.compile(
    r"^(?:(?:thanks?(?: you)?|cheers|ta|perfect|great|brilliant|lovely|good|right|oops|very helpful"
    r"|that'?s (?:great|helpful|useful)|hello|hi|(?:good )?(?:morning|afternoon|evening)|hmm+"
    r"|okay|ok|oh|ah|fine)\b(?: very much)?[\s,.;:!–-]*)+",
    re.I,
)
_LINK = re.compile(
    r"^(?:(?:and|but|so|also|now|no|yes|wait|sorry|i (?:should have said|mean|meant)"
    r"|(?:what|how) about|same (?:for|again for)|not that(?: one)?|(?:a )?(?:different|another|new)"
    r" (?:thing|question|subject)|moving on|changing (?:the )?subject)\b[\s,.;:!–-]*)+",
    re.I,
)
_RETURN = re.compile(
    r"\b(?:(?:go(?:ing)? )?back (?:to|on)|return(?:ing)? to|as for|again"
    r"|(?:the|that|your|my) first (?:one|thing|question)|that first|earlier (?:question|one))\b",
    re.I,
)
_FIRST = re.compile(r"\b(?:the|my) first (?:one|thing|question)\b|\bthat first\b", re.I)
_NOW = re.compile(r"\b(?:now|nowadays|currently|at the moment|these days|today)\b", re.I)
# A fragment led by the word that led to what it takes the place of
_LED = re.compile(r"(?:and )?(?P<by>for|of|in|at|by|from|under|with|to|on) \w", re.I)
_PHRASE = (
    r"(?:(?:the|our|its) )?(?:(?!(?:for|of|in|at|by|from|under|with|to|on|is|are|was|were)\b)"
    r"[\w&'’-]+ ?){1,4}"
)
_REFUSED = re.compile(r"The papers indexed here|No paper indexed here")
# Kinds that a fragment seems to ask for while it only names another part.
_UNSAID = (Asked.FACT, Asked.YESNO, Asked.LIST, Asked.DEFINITION, Asked.COMPARISON, Asked.TREND)


@dataclass(frozen=True, slots=True)
class Turn:
    """What a person asked and what was answered."""

    user: str
    assistant: str

    @property
    def told(self) -> str:
        """The answer's words; "" for a refusal, which tells nothing of the matter."""
        return "" if _REFUSED.match(self.assistant) else self.assistant


@dataclass(frozen=True, slots=True)
class Followed:
    """A turn that a question leans on or comes after, with the weights of its terms made whole."""

    turn: Turn
    weights: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Whole:
    """A question made whole: the text to embed, and what the turns before lend it."""

    text: str
    asked: Asked
    periods: Periods
    weights: Mapping[str, float]  # of all its terms; 1 for one that was typed
    understood: Understood
    core: str  # what was typed, without what is said out of politeness or to link it
    lent: Lent | None = None
    follows: tuple[Followed, ...] = ()  # newest first


def make_whole(question: str, turns: Sequence[Turn]) -> Whole:
    """The question with what it leans on from the turns before; as it stands where it does not."""
    earlier: list[tuple[Whole, Turn]] = []
    for turn in turns[-TURNS:]:
        if turn.user.strip():
            earlier.append((_made(turn.user, earlier), turn))
    return _made(question, earlier)


def _made(typed: str, earlier: Sequence[tuple[Whole, Turn]]) -> Whole:
    typed = _POLITE.sub("", typed).strip() or typed
    base = _base(typed, earlier)
    if base is None:
        return _standing(typed, earlier)
    before, turn = base
    core = _LINK.sub(_linked, typed).strip() or typed
    fragment = not asks_itself(core)
    against, now = is_against_period(core), bool(_NOW.search(core))
    known = (
        (Periods(), "") if is_alien(core, before.weights.keys()) else (before.periods, turn.told)
    )
    periods = Periods() if against else counted_from(core, *known)
    dated = bool(periods) or now
    core = without_relative(core).strip(" ,?") if periods and not periods_in(core) else core
    kept = _kept(before.text, core, fragment=fragment, dated=dated)
    count = len(own_words(core))
    changed = not fragment and is_new(typed, core, before.weights.keys())
    weight = TAKEN[min(count, len(TAKEN) - 1)] if fragment else PERHAPS if changed else CARRIED
    carried = {term: weight * before.weights.get(term, 1.0) for term in terms(kept)}
    for term in terms(turn.told):
        if not (periods and periods_in(term)):
            carried.setdefault(term, ANSWERED)
    asked = kind_asked(core)
    if fragment and asked in _UNSAID:
        asked = kind_told(turn.told) if before.asked is Asked.FACT else before.asked
    together = _changed if changed else _exchanged if fragment else _asked_on
    understood = together(_left(before.understood, kept), taken_apart(core))
    if dated or against:
        period = before.understood.period if against else " ".join(periods.said)
        understood = replace(understood, period=period)
    said = "" if periods_in(core) else " ".join(periods.said)
    return Whole(
        " ".join([*([] if changed else [kept]), core.removeprefix("and "), said]).strip(),
        asked,
        periods if dated else before.periods,
        carried | dict.fromkeys(terms(f"{core} {said}"), 1.0),
        understood,
        f"{core} {said}".strip(),
        Lent(
            carried,
            asked,
            before.periods if fragment and not dated else periods,
            frozenset(terms(kept)) if fragment and count <= EXCHANGED else frozenset(),
        ),
        (_followed(earlier, turn), *before.follows),
    )


def _linked(link: re.Match[str]) -> str:
    """What stands for a link: "and" within a sentence, so that a name after it is seen as one."""
    return "" if re.search(r"[.;:!–-]\s*$", link[0]) else "and "


def _followed(earlier: Sequence[tuple[Whole, Turn]], turn: Turn) -> Followed:
    return next(Followed(turn, whole.weights) for whole, of in earlier if of is turn)


def _standing(text: str, earlier: Sequence[tuple[Whole, Turn]]) -> Whole:
    """A question that owes nothing to what was said before it."""
    weights = dict.fromkeys(terms(text), 1.0)
    return Whole(
        text,
        kind_asked(text),
        periods_in(text),
        weights,
        taken_apart(text),
        text,
        follows=tuple(Followed(turn, whole.weights) for whole, turn in reversed(earlier)),
    )


def _base(typed: str, earlier: Sequence[tuple[Whole, Turn]]) -> tuple[Whole, Turn] | None:
    """The turn that a question leans on: the last, or the one that it goes back to.

    "How is that against England?" is an aside: a fragment after it goes on from before it, unless
    it names another area to compare with.
    """
    if not earlier:
        return None
    if _RETURN.search(typed):
        if _FIRST.search(typed):
            return earlier[0]
        wanted = set(terms(typed))
        shared = [sum(whole.weights.get(term, 0.0) for term in wanted) for whole, _ in earlier]
        if max(shared):
            return earlier[shared.index(max(shared))]
    if not leans(typed):
        return None
    last, turn = earlier[-1]
    aside = len(earlier) > 1 and last.lent and kind_asked(turn.user) is Asked.COMPARISON
    if aside and not asks_itself(_LINK.sub("", typed)) and not taken_apart(typed).area:
        return earlier[-2][0], turn
    return last, turn


def _kept(text: str, core: str, *, fragment: bool, dated: bool) -> str:
    """The question before without the pieces that the new one puts others in the place of."""
    named = {piece.part for piece in pieces(core)} if fragment else set()
    if is_against_period(core):
        named.discard(Part.PERIOD)
    text = _without(text, named | ({Part.PERIOD} if dated else set()))
    if not fragment:
        return text
    unled = _without_place(text, core)
    is_placed, text = unled != text, unled
    typed = set(terms(core))
    others = {other for term in typed for other in ALTERNATIVES.get(term, ())} - typed
    if _is_name(core) and not is_placed:
        others |= _only_name(text) - typed
    left = re.sub(
        r"[^\W_]+(?:['’]s)?", lambda f: "" if others.intersection(terms(f[0])) else f[0], text
    )
    return " ".join(left.split())


def _without_place(text: str, core: str) -> str:
    """The question before without the last "for finance" where "and for education?" follows it."""
    if not (led := _LED.match(core)):
        return text
    phrases = re.finditer(rf"\b{led['by']} {_PHRASE}", text, re.I)
    found = [one for one in phrases if not periods_in(one[0])]
    return f"{text[: found[-1].start()]}{text[found[-1].end() :]}".strip(" ?") if found else text


def _is_name(core: str) -> bool:
    """Whether a fragment is nothing but a name: "the West", "Southwold's"."""
    own = [word for word in own_words(core) if word not in ("same", "again")]
    return bool(own) and names_in(f"of {core}") >= {stem(word) for word in own}


def _only_name(text: str) -> frozenset[str]:
    """The terms of the one name in a question; none where it has several."""
    runs = re.findall(r"(?<=[\w,] )[A-Z][a-z’'-]+(?: [A-Z][a-z’'-]+)*", text)
    found = [names_in(f"of {run}") for run in runs]
    named = [names for names in found if names]
    return named[0] if len(named) == 1 else frozenset()


def _without(text: str, parts: set[Part]) -> str:
    for piece in reversed(pieces(text)):
        if piece.part in parts:
            text = text[: piece.start] + text[piece.end :]
    return " ".join(text.split())


def _exchanged(before: Understood, new: Understood) -> Understood:
    """The question before with the parts that a fragment names in the place of its own."""
    left = _without_alternatives(before.matter, new.matter)
    return replace(
        _asked_on(before, new),
        matter=" ".join(dict.fromkeys(f"{left} {new.matter}".split())),
        about=before.about,
    )


def _asked_on(before: Understood, new: Understood) -> Understood:
    """Another question about the matter of the one before."""
    topic = before.about or before.matter
    return replace(
        new,
        matter=new.matter or topic,
        about=topic if new.matter not in ("", topic) else "",
        group=new.group or before.group,
        area=new.area or before.area,
        period=new.period or before.period,
        paper=new.paper or before.paper,
    )


def _changed(_: Understood, new: Understood) -> Understood:
    """Another matter, which has no need of where and when the one before was."""
    return new


def _left(before: Understood, kept: str) -> Understood:
    """What the question before was about, as far as one made whole with it still holds it."""
    held = set(terms(kept))

    def of(said: str) -> str:
        return " ".join(word for word in said.split() if held.issuperset(terms(word)))

    return replace(before, matter=of(before.matter), group=of(before.group))


def _without_alternatives(matter: str, new: str) -> str:
    typed = set(terms(new))
    others = {other for term in typed for other in ALTERNATIVES.get(term, ())} - typed
    return " ".join(word for word in matter.split() if stem(word.lower()) not in others)


def kind_told(answer: str) -> Asked:
    """The kind of the first figure of an answer, where its unit tells one."""
    first = next(iter(values_in(answer)), "")
    if first[:1] in ("£", "€"):
        return Asked.MONEY
    return Asked.PERCENTAGE if first.endswith(("%", "cent")) else Asked.FACT
