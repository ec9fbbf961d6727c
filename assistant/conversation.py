"""Follow-ups: what a question owes to the turns before it, part by part."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.figures import values_in
from assistant.periods import Periods, counted_from, is_against_period, periods_in, without_relative
from assistant.questions import Lent, kind_asked, names_in
from assistant.terms import SMALL_WORDS, stem, terms
from assistant.text import words
from assistant.traits import Asked
from assistant.understood import ALTERNATIVES, Part, Understood, pieces, taken_apart

# A fragment with so many words of its own takes the terms of the question before at this weight:
# "and girls?" is that question with one word exchanged. A question with a verb only leans on it,
# and one that points at nothing may have left its subject.
TAKEN = (0.9, 0.8, 0.65, 0.5, 0.3)
CARRIED = 0.5
PERHAPS = 0.3
ANSWERED = 0.15  # a term of the answer before
EXCHANGED = 1  # own words of a fragment for which the terms it takes over count as typed
TURNS = 8
# A question with at most this many words of its own leans on what was said before.
FEW_WORDS = 4

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
_NEW_SUBJECT = re.compile(
    r"^(?:(?:a )?(?:different|another|new) (?:thing|question|subject)|moving on"
    r"|changing (?:the )?subject)"
    r"\b",
    re.I,
)
_RETURN = re.compile(
    r"\b(?:(?:go(?:ing)? )?back (?:to|on)|return(?:ing)? to|as for|again"
    r"|(?:the|that|your|my) first (?:one|thing|question)|that first|earlier (?:question|one))\b",
    re.I,
)
_FIRST = re.compile(r"\b(?:the|my) first (?:one|thing|question)\b|\bthat first\b", re.I)
_NOW = re.compile(r"\b(?:now|nowadays|currently|at the moment|these days|today)\b", re.I)
# "Who was chief executive in March 2018?" asks of nothing said before.
_WHO_IS = re.compile(
    r"who(?:'s|’s| is| was) (?:the |our |an? )?(?:(?!in\b|at\b|of\b|for\b)[\w-]+ ){0,2}"
    r"(?:chief executive|director|leader|chair(?:man|woman|person)?|cabinet member|mayor"
    r"|monitoring officer|portfolio holder)\b",
    re.I,
)
_POINTS = re.compile(
    r"\b(?:it|its|they|them|their|theirs|these|those|there|he|she|his|her|him|same|ones?|others?"
    r"|instead|latter|former|that|this)\b(?! (?:year|month|quarter|meeting|report|committee)\b)",
    re.I,
)
_LEANS = re.compile(
    r"^(?:and|but|so|or|what about|how about|then|also|ok|okay|no|not|sorry|same)\b"
    r"|\b(?:previous|before|then|meant|that|this|after)\b",
    re.I,
)
# "How many are there?" points at nothing.
_THERE_IS = re.compile(
    r"\b(?:is|are|was|were|be|been|isn't|aren't) there\b|\bthere(?:'s|’s| is| are| was| were)\b",
    re.I,
)
# What names a subject of its own, however few its words
_INTRODUCES = re.compile(
    r"\b(?:the latest|update|news|anything|something) (?:on|about|of|from)\b"
    r"|\b(?:tell me|know|talk|ask) (?:more |something |you )?about\b"
    r"|\bwhat (?:does|do) [\w&-]+ (?:mean|stand for)\b",
    re.I,
)
# "that xmas card thing" names something of its own.
_NAMES_ITS_OWN = re.compile(r"\b(?:that|this|those|these) (?=\w+ \w)", re.I)
# A fragment led by the word that led to what it takes the place of
_LED = re.compile(r"(?:and )?(?P<by>for|of|in|at|by|from|under|with|to|on) \w", re.I)
_PHRASE = (
    r"(?:(?:the|our|its) )?(?:(?!(?:for|of|in|at|by|from|under|with|to|on|is|are|was|were)\b)"
    r"[\w&'’-]+ ?){1,4}"
)
# Words new to the conversation with which a question that points at nothing has its own subject;
# fewer where it names somebody or something new.
NEW_WORDS, NEW_WITH_NAME = 3, 2

_CLAUSE = re.compile(
    r"\b(?:what|which|who|whose|when|where|why|how|is|are|was|were|do|does|did|has|have|had|can"
    r"|could|will|would|should|isn't|aren't|wasn't|didn't|doesn't)\b",
    re.I,
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
    known = (Periods(), "") if _is_alien(core, before) else (before.periods, turn.told)
    periods = Periods() if against else counted_from(core, *known)
    dated = bool(periods) or now
    core = without_relative(core).strip(" ,?") if periods and not periods_in(core) else core
    kept = _kept(before.text, core, fragment=fragment, dated=dated)
    count = len(_own_words(core))
    changed = not fragment and _is_new(typed, core, before)
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


def _is_new(typed: str, core: str, before: Whole) -> bool:
    """Whether a question that could lean on the turns before has a subject of its own."""
    if _NEW_SUBJECT.match(typed):
        return True
    if _points(_NAMES_ITS_OWN.sub("", core)):
        return False
    if _WHO_IS.match(core) or _INTRODUCES.search(core):
        return True
    new = {stem(word) for word in _own_words(core)} - before.weights.keys()
    named = names_in(core) - before.weights.keys()
    return len(new) >= (NEW_WITH_NAME if named else NEW_WORDS)


def _followed(earlier: Sequence[tuple[Whole, Turn]], turn: Turn) -> Followed:
    return next(Followed(turn, whole.weights) for whole, of in earlier if of is turn)


def _is_alien(core: str, before: Whole) -> bool:
    """Whether a question of several words shares none with the one before, nor points at it.

    "How many KPIs were red in quarter 2?" is then of no year that was spoken of.
    """
    own = {stem(word) for word in _own_words(core)}
    alone = asks_itself(core) and not _points(core) and len(own) >= NEW_WITH_NAME
    return alone and own.isdisjoint(before.weights)


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


def _own_words(text: str) -> list[str]:
    """The words of a text that are neither small nor a period."""
    return [word for word in words(text) if word not in SMALL_WORDS and not periods_in(word)]


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
    text = _without_place(text, core)
    typed = set(terms(core))
    others = {other for term in typed for other in ALTERNATIVES.get(term, ())} - typed
    if _is_name(core):
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
    own = [word for word in _own_words(core) if word not in ("same", "again")]
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
        about=topic if new.matter else "",
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


def leans(question: str) -> bool:
    """Whether a question points at something said before it, or says too little by itself."""
    points = _LEANS.search(question) or _points(question)
    return bool(points) or len(_own_words(question)) <= FEW_WORDS


def _points(text: str) -> bool:
    return bool(_POINTS.search(_THERE_IS.sub("", text)))


def kind_told(answer: str) -> Asked:
    """The kind of the first figure of an answer, where its unit tells one."""
    first = next(iter(values_in(f" {answer}")), "")
    if first[:1] in ("£", "€"):
        return Asked.MONEY
    return Asked.PERCENTAGE if first.endswith(("%", "cent")) else Asked.FACT


def asks_itself(text: str) -> bool:
    """Whether a text has words that ask, and is no mere fragment of a question."""
    return bool(_CLAUSE.search(text))
