"""Offices: the post, or the person whose post, that a question asks for and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.periods import Periods, periods_in
from assistant.posts import POST_WORDS, names_in
from assistant.terms import terms
from assistant.understood import Part, pieces

_LEAD = r"^(?:(?:and|so|ok|please|also|can you tell me|tell me|do you know|remind me),? )*"
_IS = r"(?:['’]s| is| was| are| were| has been| had been| became)"
_WHO = re.compile(
    rf"{_LEAD}who{_IS}(?: (?:currently|now|then))?(?: (?:listed|named|shown|given|serving) as)?"
    r" (?P<what>.+)$",
    re.I,
)
_CHAIRS = re.compile(rf"{_LEAD}who (?:chairs|chaired) (?P<body>.+)$", re.I)
_IN_CHAIR = re.compile(rf"{_LEAD}who{_IS} in the chair\b(?: (?:of|at|for))?(?P<body>.*)$", re.I)
_PORTFOLIO = re.compile(
    rf"{_LEAD}who (?:holds|held|has|had) the (?P<what>.+?) portfolio\b(?P<rest>.*)$", re.I
)
_OF_WHOM = (
    re.compile(
        rf"{_LEAD}what{_IS} (?P<name>[^,?]+?)(?:['’]s|(?<=s)['’]) (?:\w+ ){{0,2}}?"
        r"(?:role|job|post|position|title|portfolio)\b.*$",
        re.I,
    ),
    re.compile(
        rf"{_LEAD}(?:what|which) (?:role|job|post|position|job title|title|portfolio)"
        r" (?:does|did|has|had) (?P<name>.+?)(?: (?:hold|have|held|had|do|got)\b.*)?$",
        re.I,
    ),
)
_ASKS_ROLE = re.compile(r"\b(?:role|job|post|position|title|portfolio|doing)\b", re.I)
_THEN_NOW = re.compile(
    rf"^(?P<first>.*\bwho{_IS} .+?),? and (?:who|what){_IS}(?: (?:it|he|she|that|the post))?"
    r"(?P<rest> .*?)?\??$",
    re.I,
)
_LOOSE = re.compile(
    r"(?:^|\s)(?:in|at|by|on|of|for|as of|as at|during|from|per|to|now|today|currently|the|then"
    r"|cabinet|papers?|reports?|agenda|minutes|pack|meeting|strategy|plan"
    r"|accounts|according)\W*$",
    re.I,
)
# What makes a phrase more than a post, or a part in one paper's matter.
_CLAUSE = re.compile(
    r"\b(?:who|which|that|when|where|whose|what|how|lead|author|contact|previous|former|next|last"
    r"|first|new|responsible|from|about|against|will|has|have|had|members|officers|directors|joined"
    r"|appointed|elected|asked|told"
    r"|getting|given|job|pays?|costs?)\b",
    re.I,
)
# What stands behind a post and is no part of its name
_BEHIND = re.compile(
    r" (?:at|in|behind|presenting|named|listed|shown|attending|present|on|with|over|under)\b.*$",
    re.I,
)


# Questions before that one may ask on after, and words of a post that stands alone
FOLLOWED, SHORT = 3, 6
_BACK = re.compile(
    r"^(?:(?:and|so|but|ok|what about|how about)(?:,? |$))*"
    rf"(?:(?:who|what){_IS}(?: (?:it|he|she|that|this)\b)?)?",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A post whose holder is asked for, or a person whose post is; the other is ""."""

    post: str = ""
    name: str = ""
    beside: frozenset[str] = frozenset()  # terms of what else the question says
    periods: Periods = field(default_factory=Periods)


def wanted(text: str) -> Wanted | None:
    """The post or the person that a question asks of and nothing else, or None."""
    last = re.split(r"(?<=[.!?])\s+(?=\w)", text.strip())[-1].rstrip(" ?.")
    periods = periods_in(last)
    beside = frozenset(terms(text[: text.rindex(last)]))
    name = next((found["name"] for form in _OF_WHOM if (found := form.match(last))), "")
    if name:
        return Wanted(name=name.strip(), periods=periods) if _is_person(name) else None
    post = _post_in(_bare(last))
    if not post:
        return None
    if _is_office(post):
        behind = _BEHIND.search(post)
        named = post[: behind.start()] if behind and _is_office(post[: behind.start()]) else post
        return Wanted(named, "", beside | set(terms(post)) - set(terms(named)), periods)
    return Wanted(name=post, periods=periods) if _is_person(post) else None


def wanted_now(asked: str, core: str, before: Sequence[str]) -> Wanted | None:
    """The same of a turn, by the questions `before` it, the last first.

    `asked` is the turn made whole and `core` what was typed: "and in March 2018?", "and who was it
    in 2018?", "and the vice-chair?" ask on after who chairs it.
    """
    base: Wanted | None = None
    for text in reversed(before[:FOLLOWED]):
        base = wanted(text) or _onward(text, base) or base
    return wanted(asked) or _onward(core, base)


def _onward(core: str, base: Wanted | None) -> Wanted | None:
    """What is asked for of another time or another post than the base."""
    rest = _unled(_BACK.sub("", _bare(core.rstrip(" ?.")), count=1)).strip(" ,?")
    if base is None or not (rest or periods_in(core)):
        return None
    if not rest:
        return replace(base, periods=periods_in(core))
    post = _clean(rest)
    if not base.post or not post or not _is_office(post) or len(post.split()) > SHORT:
        return None
    return replace(base, post=post, periods=periods_in(core) or base.periods)


def _is_office(words: str) -> bool:
    """Whether words name one post, and not two."""
    posts = POST_WORDS.intersection
    halves = [re.findall(r"[a-z]+", half.lower()) for half in re.split(r" and | & ", words)]
    return bool(posts(halves[0])) and not any(map(posts, halves[1:]))


def _post_in(text: str) -> str:
    """The words that a who-question asks for; "" where it asks for more than a post or name."""
    if found := _CHAIRS.match(text) or _IN_CHAIR.match(text):
        return _clean(f"chair {found['body']}")
    if found := _PORTFOLIO.match(text):
        return _clean(f"cabinet member {found['what']}")
    found = _WHO.match(text)
    return _clean(found["what"]) if found else ""


def _clean(post: str) -> str:
    post = re.sub(r"^(?:the|our|its|their|your)\s", "", post.strip(), flags=re.I)
    return "" if _CLAUSE.search(post) or re.search(r"[,;]", post) else post.strip()


def _bare(text: str) -> str:
    """A question without its periods and the papers it names, and what leads to them."""
    for piece in reversed(pieces(text)):
        if piece.part in (Part.PERIOD, Part.PAPER) and not _is_body(piece.text):
            text = _unled(text[: piece.start]) + text[piece.end :]
    return _unled(" ".join(text.split()))


def _is_body(words: str) -> bool:
    return (
        bool(re.search(r"\b(?:committee|cabinet|meeting)$", words, re.I)) and len(words.split()) > 2
    )


def _unled(text: str) -> str:
    while found := _LOOSE.search(text):
        if re.search(r"in the\W*$", text[: found.end()]) and "in the chair" in text.lower():
            break
        text = text[: found.start()]
    return text


def _is_person(words: str) -> bool:
    held = words.split()
    return 1 < len(held) <= 4 and all(re.fullmatch(r"[^\W\d_][\w.'’-]*", word) for word in held)


def periods_apart(text: str) -> list[str]:
    """A question that asks who was in post at two times as one for each; else the text itself."""
    said = list(dict.fromkeys(one.text for one in pieces(text) if one.part is Part.PERIOD))
    names = {text[start:end] for start, end in names_in(text)}
    if len(said) > 1 and len(names) == 1 and _ASKS_ROLE.search(text):
        return [f"What was {min(names)}'s role in {period}?" for period in said]
    found = _THEN_NOW.match(text)
    first = wanted(found["first"]) if found else None
    if not found or not first or not first.post or _bare(found["rest"] or "").strip():
        return [text]
    return [f"{found['first']}?", f"Who is the {first.post} {(found['rest'] or '').strip()}?"]
