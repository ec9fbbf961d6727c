"""A question as understood: what kind of answer it asks for, its terms, periods and names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.coverage import USUAL, Alternates, alternates, importance, needed
from assistant.errors import QuestionInvalid
from assistant.expecting import EXPECTED
from assistant.glossary import Glossary
from assistant.lexical import Lexical
from assistant.periods import Periods, periods_in, years_in
from assistant.records import MONTHS
from assistant.synonyms import ALIKE
from assistant.terms import SMALL_WORDS, stem, terms
from assistant.text import fold, words
from assistant.traits import Asked
from assistant.understood import Understood

LONGEST = 2_000  # characters; a councillor's longest real question has about 400
# A name's words count for less than the acronym that was typed, and the other way round.
EXPANDED = 0.4
ALIKE_WEIGHT = 0.25
CORRECTED = 0.8

# Of questions of these kinds that are this likely to be answered by a number, 94 in 100 are (on
# the training pairs, by weights learned from other papers).
OPEN = (Asked.FACT, Asked.COMPARISON, Asked.TREND, Asked.DECISION)
FIGURE_LIKELY = 0.85
NUMBER = EXPECTED.index(Asked.COUNT)

# Whole forms of question that say what they want before any single word does.
_FORMS = (
    (
        Asked.RISK,
        r"\b(?:current|residual)\b.*\brisk\b|\brisk (?:level|rating|score)"
        r"|how (?:is|was) .*\brisk\b.* rated",
    ),
    (
        Asked.RECOMMENDATION,
        r"\b(?:what|which)\b.*\b(?:recommend\w*|asked to (?:do|agree|note|approve))|^recommend",
    ),
    (
        Asked.DECISION,
        r"\bwhat\b.*\b(?:decide[ds]?|decision|resolve[ds]?|agreed?|approved?)\b|\boutcome of\b",
    ),
    (
        Asked.DEFINITION,
        r"\bwhat (?:does|do|did) .{1,60}\bmean\b|\bstands? for\b|\bdefin(?:e|ition)\b"
        r"|\bmeant by\b|\bin plain (?:terms|words|english)\b|\bremind me what .{1,60} (?:is|are)\b"
        r"|\bwhat(?:'s| is| are)(?: an?)? (?!they\b|it\b|that\b|those\b|these\b)[\w-]+\??$"
        r"|\bdifference between\b",
    ),
    (
        Asked.COMPARISON,
        r"\bcompar(?:e|ed|es|ison)\b|\bversus\b|\bvs\b|\bgap between\b"
        r"|\b(?:above|over) or (?:below|under)\b|\b(?:higher|more) or (?:lower|less|fewer)\b"
        r"|\bbetter or worse than\b|\bwhat(?:'s| is) the split\b",
    ),
    (Asked.PERCENTAGE, r"\b(?:in|as a) per ?cent(?:age)?\b"),
    (
        Asked.TREND,
        r"\bup or down\b|\bbetter or worse\b|\bimprov(?:ed|ing) or\b|\bris(?:en|ing) or fall"
        r"|\bhow (?:did|has|have) .{1,80} (?:move|moved|change|changed|shift|shifted)\b",
    ),
)
# The asking words; of those that a question holds, the first one says what it wants.
_ASKING = (
    (
        Asked.PERCENTAGE,
        r"\b(?:what|which) (?:percentage|per cent|proportion|share|rate)\b|\bhow many per ?cent"
        r"|\bpercentage\b(?! points?)|\bproportion of\b|\bshare of\b|^%"
        r"|\bhow (?:big|large|small|great) (?:a|an|the) (?:portion|proportion|share|fraction)\b",
    ),
    (
        Asked.MONEY,
        r"\bhow much (?:money|cash|funding|does it cost|did it cost)\b"
        r"|\bwhat\b.{0,40}\b(?:cost|price|(?:hourly|weekly|daily) rate)\b"
        r"|^(?:and |so )?what (?:do|does|did|will|would|is|are|was|were)\b"
        r".*(?<!-)\b(?:cost|paid|pay)\b(?! for)"
        r"|\bhow (?:much|big|large)\b(?=.*(?:£|\b(?:costs?|budget"
        r"|spen[dt]\w*|fund\w*|grants?|money|cash|overspend|underspend|saving\w*|deficit|price|fees?"
        r"|charges?|pay\w*|paid|borrow\w*|debt|loan\w*|invest\w*|reserves?)\b))",
    ),
    (
        Asked.COUNT,
        r"\bhow (?:many|often|big|far|large|old|long|much)\b|\b(?:what|the) number of\b"
        r"|^number of\b",
    ),
    (
        Asked.REASON,
        r"\bwhy\b|\bhow come\b|\bwhat (?:caused|explains|is behind|led to)\b|\breasons?\b",
    ),
    (
        Asked.PERSON,
        r"\bwho(?:'s|se|m)?\b|\bname of the\b"
        r"|\bwhich (?:(?:new|assistant|interim|corporate|executive|service|lead) ){0,2}"
        r"(?:councillor|officer|member|cllr|director|cabinet member)s?\b",
    ),
    (
        Asked.DATE,
        r"(?:^|[,;] |\band )when\b|\b(?:what|which) (?:date|day|month|year(?! group)|time)\b"
        r"|\bdate (?:of|for|please)\b|\b(?:by|until|till|since) when\b|\bcut-?off\b"
        r"|\bhow (?:soon|long ago)\b|\bdeadline\b",
    ),
    (
        Asked.PLACE,
        r"\bwhere\b(?! (?:(?:are|were) we\b|things (?:are|stand)"
        r"|(?:do|does|did) [^?]{1,40}\bstand\b))"
        r"|\bwhich (?:town|area|place|venue|room)s?\b",
    ),
    (Asked.RANK, r"\brank(?:s|ed|ing|ings)?\b|\bquartile\b|\bwhat position\b|\bleague\b"),
    (
        Asked.LIST,
        r"\b(?:list|which (?!was|is|does|has)\w+s|name the|what (?:are|were) the|main points"
        r"|(?:what|which) (?:two|three|four|five|six|seven|eight|nine|ten|\d+|main|key|other) \w+s"
        r"|(?:what|which) (?:\w+ ){1,2}\w+s (?:are|were|have|had|do|did)\b"
        r"|which of (?:the|our|its|their|these|those)\b"
        r"|what (?!was\b|is\b|does\b|has\b|this\b|its\b|goes\b|happens\b|makes\b|comes\b|remains\b"
        r"|follows\b|causes\b|needs\b|costs\b|means\b|keeps\b|drives\b)\w+s)\b",
    ),
)
# What a question is about where it asks in no such word.
_ABOUT = (
    (
        Asked.COMPARISON,
        r"\bagainst\b|\bdiffer(?:s|ence)?\b|\b(?:better|worse|higher|lower|more|less|fewer) than\b",
    ),
    (
        Asked.TREND,
        r"\b(?:trend|improv(?:e[ds]?|ing)|improvements?(?! \w)|worsen\w*"
        r"|chang(?:e|ed|es)|gone (?:up|down)|rising|falling"
        r"|better or worse|over time|moved)\b",
    ),
    (
        Asked.YESNO,
        r"^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b",
    ),
)

# "What is the PBR?", and not "What is the total?"
_ASKS_NAME = re.compile(r"\b[Ww]hat(?:['’]s| is| are) the [A-Z][\w-]*\??\s*$")
# What is said before the asking: "According to the January report, is ..."
_OPENING = re.compile(
    r"^(?:according to|going by|judging by|based on|looking at|under|after|before|if|in(?! plain)"
    r"|at|from|on|as (?:of|at)|per|by) [^,?]{1,90}, (?=(?:what|which|who|how|when|where|why|is|are"
    r"|was|were|do|does|did|has|have|had|can|could|will|would|should)\b)"
)
_NAME = re.compile(r"\b(?:[OD][’']|Ma?c)?[A-Z][a-z’'-]{2,}\b|\b[A-Z]{2,6}\b(?= Council)")
# Words that say how a thing is asked for, and nothing of what it is
_ASKING_TERMS = frozenset(terms("since until during change changed changes compared trend"))
_MONTH_TERMS = frozenset(
    stem(name)
    for month in MONTHS
    for name in (month, month[:3], month[:4])  # "Sept"
)
_NOT_NAMES = frozenset(
    stem(word)
    for word in [
        *MONTHS,
        *(month[:3] for month in MONTHS),
        *[
            "sept",
            "council",
            "committee",
            "county",
            "cabinet",
            "report",
            "cllr",
            "councillor",
            "mrs",
        ],
    ]
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question made ready for ranking and reading."""

    text: str  # whole, as it would be asked on its own
    asked: Asked
    weights: Mapping[str, float]  # stemmed term -> weight
    own: frozenset[str]  # the terms that were typed, as read, without those that were added
    matter: frozenset[str]  # those of them that are no names and no periods
    known: float  # the share of them, weighed by rarity, that stands in any paper
    years: frozenset[str]  # "2018", "2016-17"
    months: frozenset[str]  # "2018-10" with a year, "-10" without
    quarters: frozenset[str]  # "q1"
    names: frozenset[str] = frozenset()  # terms typed with a capital in mid-sentence
    corrections: tuple[tuple[str, str], ...] = ()  # (as typed, as read)
    alternates: Alternates = field(default_factory=dict)  # what stands for them
    leans: bool = False  # on the turns before it
    # (paper, key) of the passages that answered the turns before, the newest turn's first
    places: tuple[tuple[str, int], ...] = ()
    expected: tuple[float, ...] = ()  # chances of what the answer holds, as `expecting` has them
    understood: Understood | None = None  # with what the turns before and the scope lend it

    @property
    def wants_figure(self) -> bool:
        """Whether only words with a number can answer, though no word of it asks for one."""
        chance = self.expected[NUMBER] if self.expected else 0.0
        return self.asked in OPEN and chance >= FIGURE_LIKELY


@dataclass(frozen=True, slots=True)
class Lent:
    """What the turns before lend a follow-up."""

    terms: Mapping[str, float]  # stemmed term -> weight
    asked: Asked  # the kind of answer, where the follow-up says none itself
    periods: Periods
    own: frozenset[str] = frozenset()  # terms that count as typed: the question before, exchanged


def check_question(text: str) -> str:
    """The question folded. Raises QuestionInvalid where it is empty or too long."""
    # Half of a surrogate pair is no letter, and nothing that reads text takes it for one.
    folded = fold(text.encode("utf-8", "replace").decode())
    if not re.search(r"\w", folded):
        raise QuestionInvalid('empty question; ask for example: assistant ask "Who chairs it?"')
    if len(folded) > LONGEST:
        raise QuestionInvalid(
            f"question of {len(folded):,} characters, which is too long; "
            f"ask it in at most {LONGEST:,}"
        )
    return folded


def names_in(text: str) -> frozenset[str]:
    """The terms of a question that its writer spells as names, months and first words aside."""
    found = _NAME.findall(re.sub(r"(?:^|[.?!:]\s+)\W*[\w’']+", " ", text))
    # Of "A-level" and "All Saints" the small words stand in no index.
    parts = (part for name in found for part in name.split("-") if part[:1].isupper())
    return frozenset(term for part in parts for term in terms(part)) - _NOT_NAMES


def kind_asked(text: str) -> Asked:
    """What kind of answer the words of a question ask for."""
    folded = _OPENING.sub("", text.lower().strip())
    if _ASKS_NAME.search(text):
        return Asked.DEFINITION
    for kind, pattern in _FORMS:
        if re.search(pattern, folded):
            return kind
    asking = [(found.start(), kind) for kind, p in _ASKING if (found := re.search(p, folded))]
    if asking:
        return min(asking, key=lambda pair: pair[0])[1]
    return next((kind for kind, pattern in _ABOUT if re.search(pattern, folded)), Asked.FACT)


def understand(
    text: str, glossary: Glossary, vocabulary: Lexical, lent: Lent | None = None
) -> Question:
    """The question with its terms weighed: as typed, acronyms both ways, slips mended.

    `lent` is what the turns before lend to a follow-up.
    """
    corrections = _corrections(text, glossary, vocabulary)
    meant = dict(corrections)
    typed = [word for word in words(text) if meant.get(word, word) not in SMALL_WORDS]
    weights = {stem(word): needed().get(stem(word), USUAL) / USUAL for word in typed}
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
    for term, weight in (lent.terms if lent else {}).items():
        weights[term] = max(weight, weights.get(term, 0.0))
    own, names = frozenset(stem(word) for word in read), names_in(whole)
    periods = lent.periods if lent else periods_in(text)
    weighed = importance(own, vocabulary)
    spoken = sum(value for term, value in weighed.items() if term in vocabulary.counts)
    return Question(
        text=text,
        asked=lent.asked if lent else kind_asked(whole),
        weights=weights,
        own=own | (lent.own if lent else frozenset()),
        matter=own
        - names
        - _ASKING_TERMS
        - _MONTH_TERMS
        - frozenset(terms(" ".join(years_in(text)))),
        known=spoken / sum(weighed.values()) if weighed else 1.0,
        years=periods.years,
        months=periods.months,
        quarters=periods.quarters,
        names=names,
        corrections=corrections,
        alternates=alternates(whole, read, glossary),
        leans=lent is not None,
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
    known = stem(word) in vocabulary.counts or stem(word) in ALIKE or stem(word) in _MONTH_TERMS
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
