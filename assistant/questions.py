"""A question as understood: what kind of answer it asks for, its terms, periods and names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.errors import QuestionInvalid
from assistant.glossary import Glossary
from assistant.lexical import Lexical
from assistant.periods import months_in, quarters_in, years_in
from assistant.records import MONTHS
from assistant.synonyms import ALIKE
from assistant.terms import SMALL_WORDS, stem
from assistant.text import fold, words
from assistant.traits import Asked

LONGEST = 2_000  # characters; a councillor's longest real question has about 400
# A name's words count for less than the acronym that was typed, and the other way round.
EXPANDED = 0.4
ALIKE_WEIGHT = 0.25
CORRECTED = 0.8

# The first that fits decides; several may be true of one question, so the order is from the
# most to the least telling.
_ASKED = (
    (
        Asked.RISK,
        r"\b(?:current|residual)\b.*\brisk\b|\brisk (?:level|rating|score)"
        r"|how (?:is|was) .*\brisk\b.* rated",
    ),
    (
        Asked.RECOMMENDATION,
        r"\brecommend(?:s|ed|ation|ations)?\b|\basked to (?:do|agree|note|approve)\b",
    ),
    (
        Asked.DECISION,
        r"\b(?:decide[ds]?|decision|resolve[ds]?|agreed?|approve[ds]?|outcome of)\b",
    ),
    (
        Asked.DEFINITION,
        r"\bwhat (?:does|do|did) .{1,60}\bmean\b|\bstands? for\b|\bdefin(?:e|ition)\b"
        r"|\bwhat(?:'s| is| are)(?: an?| the)? [\w-]+\??$|\bdifference between\b",
    ),
    (
        Asked.REASON,
        r"\bwhy\b|\breasons?\b|\bwhat (?:caused|explains|is behind|led to)\b|\bhow come\b",
    ),
    (
        Asked.PERSON,
        r"\bwho(?:'s|se|m)?\b|\bname of the\b"
        r"|\bwhich (?:councillor|officer|member|cllr|director|cabinet member)s?\b",
    ),
    (
        Asked.DATE,
        r"\bwhen\b|\b(?:what|which) (?:date|day|month|year|time)\b|\bdate of\b|\bby when\b"
        r"|\bhow (?:soon|long ago)\b|\bdeadline\b",
    ),
    (
        Asked.COMPARISON,
        r"\bcompar(?:e|ed|es|ison)\b|\bagainst\b|\bversus\b|\bvs\b|\bdiffer(?:s|ence)?\b"
        r"|\b(?:better|worse|higher|lower|more|less|fewer) than\b|\bgap between\b",
    ),
    (
        Asked.TREND,
        r"\b(?:trend|improv\w*|worsen\w*|chang(?:e|ed|es)|gone (?:up|down)|rising|falling"
        r"|better or worse|over time|moved)\b",
    ),
    (
        Asked.MONEY,
        r"£|\bhow much (?:money|does|did|do|is|was|has|have|will|would|more)\b"
        r"|\b(?:cost|costs|budget|spend|spent|spending|funding|grant|overspen[dt]|underspen[dt]"
        r"|saving|savings|deficit|price|fee|charge|pay|paid|borrow\w*|debt)\b",
    ),
    (
        Asked.PERCENTAGE,
        r"%|\bper ?cent\w*\b|\bwhat (?:share|proportion|rate)\b|\bproportion\b|\bshare of\b",
    ),
    (Asked.RANK, r"\brank\w*\b|\bquartile\b|\bposition\b|\bleague\b"),
    (
        Asked.COUNT,
        r"\bhow (?:many|long|often|big|far|large|old)\b|\bnumber of\b|\bhow much\b|\bcount\b"
        r"|\btotal\b",
    ),
    (Asked.PLACE, r"\bwhere\b|\bwhich (?:town|area|place|school|venue|room)s?\b"),
    (
        Asked.LIST,
        r"\b(?:list|which \w+s|name the|what (?:are|were) the|main points|what \w+s)\b",
    ),
    (
        Asked.YESNO,
        r"^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b",
    ),
)


_NAME = re.compile(r"\b[A-Z][a-z’'-]{2,}\b|\b[A-Z]{2,6}\b(?= Council)")
_NOT_NAMES = frozenset(
    stem(word) for word in [*MONTHS, "council", "committee", "county", "cabinet", "report", "cllr"]
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question made ready for ranking and reading."""

    text: str  # whole, as it would be asked on its own
    asked: Asked
    weights: Mapping[str, float]  # stemmed term -> weight
    own: frozenset[str]  # the terms that were typed, as read, without those that were added
    years: frozenset[str]  # "2018", "2016-17"
    months: frozenset[str]  # "2018-10" with a year, "-10" without
    quarters: frozenset[str]  # "q1"
    names: frozenset[str] = frozenset()  # terms typed with a capital in mid-sentence
    corrections: tuple[tuple[str, str], ...] = ()  # (as typed, as read)


def check_question(text: str) -> str:
    """The question folded. Raises QuestionInvalid where it is empty or too long."""
    # Half of a surrogate pair is no letter, and nothing that reads text takes it for one.
    folded = fold(text.encode("utf-8", "replace").decode())
    if not re.search(r"\w", folded):
        raise QuestionInvalid('empty question; ask for example: assistant ask "Who chairs it?"')
    if len(folded) > LONGEST:
        raise QuestionInvalid(
            f"question of {len(folded):,} characters; ask it in at most {LONGEST:,}"
        )
    return folded


def names_in(text: str) -> frozenset[str]:
    """The terms of a question that its writer spells as names, months and first words aside."""
    found = _NAME.findall(re.sub(r"(?:^|[.?!:]\s+)\W*[\w’']+", " ", text))
    return frozenset(stem(word) for name in found for word in words(name)) - _NOT_NAMES


def kind_asked(text: str) -> Asked:
    """What kind of answer the words of a question ask for."""
    folded = text.lower().strip()
    for kind, pattern in _ASKED:
        if re.search(pattern, folded):
            return kind
    return Asked.FACT


def understand(
    text: str, glossary: Glossary, vocabulary: Lexical, earlier: Mapping[str, float] | None = None
) -> Question:
    """The question with its terms weighed: as typed, acronyms both ways, slips mended.

    `earlier` holds terms that the turns before give to a follow-up, with their weights.
    """
    corrections = _corrections(text, glossary, vocabulary)
    meant = dict(corrections)
    typed = [word for word in words(text) if meant.get(word, word) not in SMALL_WORDS]
    weights = {stem(word): 1.0 for word in typed}
    for word in typed:
        if word in meant:
            weights.setdefault(stem(meant[word]), CORRECTED)
    read = [meant.get(word, word) for word in typed]
    whole = _as_read(text, meant)
    for added in _expansions(text, typed, glossary):
        weights.setdefault(added, EXPANDED)
    for word in read:
        for alike in ALIKE.get(stem(word), ()):
            weights.setdefault(alike, ALIKE_WEIGHT)
    for term, weight in (earlier or {}).items():
        weights[term] = max(weight, weights.get(term, 0.0))
    return Question(
        text=text,
        asked=kind_asked(whole),
        weights=weights,
        own=frozenset(stem(word) for word in read),
        years=years_in(text),
        months=months_in(text),
        quarters=quarters_in(text),
        names=names_in(whole),
        corrections=corrections,
    )


def _corrections(text: str, glossary: Glossary, vocabulary: Lexical) -> tuple[tuple[str, str], ...]:
    """The words of a question that no paper knows, each with the one that it is a slip of."""
    acronyms, names = _capitals(text)
    found: dict[str, str] = {}
    for word in words(text):
        if word in acronyms or word in SMALL_WORDS or _is_known(word, vocabulary, glossary):
            continue
        if meant := vocabulary.spelling.meant(word, name=word in names):
            found[word] = meant
    return tuple(found.items())


def _capitals(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a question, in lower case, that were typed as acronyms and as names."""
    typed = re.findall(r"[^\W\d_]+", text)
    big = [word for word in typed if word[0].isupper()]
    if 2 * len(big) > len(typed):  # capitals throughout tell nothing
        return frozenset(), frozenset()
    acronyms = {word.lower() for word in big if len(word) > 1 and word.isupper()}
    return frozenset(acronyms), frozenset(word.lower() for word in big if word is not typed[0])


def _is_known(word: str, vocabulary: Lexical, glossary: Glossary) -> bool:
    known = stem(word) in vocabulary.counts or stem(word) in ALIKE
    return known or not word.isalpha() or bool(glossary.names(word))


def _as_read(text: str, meant: Mapping[str, str]) -> str:
    """The question with its slips mended, and its capitals kept."""

    def mended(found: re.Match[str]) -> str:
        word = meant.get(found[0].lower(), "")
        return (word.capitalize() if found[0][0].isupper() else word) or found[0]

    return re.sub(r"[^\W\d_]+", mended, text)


def _expansions(text: str, typed: list[str], glossary: Glossary) -> list[str]:
    names = [name for word in typed for name in glossary.names(word)[:2]]
    found = [stem(word) for name in names for word in words(name) if word not in SMALL_WORDS]
    return found + [stem(acronym.lower()) for acronym in glossary.acronyms(text)]
