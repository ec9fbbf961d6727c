"""Example questions, made from the papers that are indexed and kept where they are answered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, zip_longest

from assistant.answers import Answer, Reply, say_date
from assistant.papers import Kind, PaperRecord
from assistant.passages import Passage
from assistant.posts import holders_in

EXAMPLES = 5
# Trying a question costs what asking it costs; a page must not wait on more than this many.
MOST_TRIED = 24
MOST_READ = 12
LONGEST = 110
# Of each way of asking ("What is", "What was") at most so many are shown.
MOST_OF_A_WAY = 2
# What a short form stands for is what a newcomer asks once; most papers lend such a question.
MOST_SHORT_FORMS = 1

_PERIOD = re.compile(r"(?:Q[1-4] )?(?:[A-Z][a-z]+ )?(?:19|20)\d\d(?:\s?[-/–]\s?\d{2,4})?$")
_NUMBERING = re.compile(r"^[\d.()]+\s+")
_SPEAKS = re.compile(r"^[A-Z][A-Za-z'’,()& -]+$")
_SHARE = re.compile(
    r"\d%\sof\s(?P<whole>(?:[a-z'’]+ ){1,5}?)"
    r"(?P<verb>was|were|had|have|are|is|live|feel|felt|said|agreed|got|made|met|reached|achieved)\s"
    r"(?P<what>(?:[a-z'’]+ ){0,6}[a-z'’]{3,})(?=[.,;])"
)
_SHORT_FORM = re.compile(r"(?P<long>(?:[A-Z][a-z]+ ){2,5})\((?P<short>[A-Z]{3,6})\)")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_FIGURE = re.compile(r"[£+-]*\d[\d,.]*\s?%?")
# Columns of years that make a row one of change
FEWEST_YEARS = 3
_IMPLICATIONS = re.compile(
    r"(?:[\d.]+\s+)?(?P<kind>financial|legal|equalit(?:y|ies)) implications", re.I
)
_POST = re.compile(
    r"(?:(?:Cabinet|Executive) Member|Portfolio Holder|Corporate Director|Director)\b"
)
# Minutes that every meeting has: nobody asks what was decided about them.
_ROUTINE = re.compile(
    r"apolog|declaration|minutes|urgent|exempt|question|work programme|forward plan|attendance"
    r"|present|chair|election|terms of reference",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Example:
    """A question and the passage that it was made from."""

    question: str
    source: Passage

    @property
    def way(self) -> str:
        """How it is asked: its first words."""
        return " ".join(self.question.split()[:2])

    @property
    def most(self) -> int:
        """How many that are asked in its way are shown."""
        return MOST_SHORT_FORMS if self.way == "What does" else MOST_OF_A_WAY


Make = Callable[[Passage], Example | None]


def examples(
    records: Sequence[PaperRecord],
    passages_of: Callable[[PaperRecord], list[Passage]],
    ask: Callable[[str], Reply],
) -> list[str]:
    """At most EXAMPLES questions that the papers answer, from the newest papers first."""
    newest = sorted(records, key=_newest)[:MOST_READ]
    read = [passages_of(record) for record in newest]
    kept: list[str] = []
    tried: set[str] = set()
    ways: Counter[str] = Counter()
    for example in chain(_in_turn(read, _KINDS), _in_turn(read, [_short_form])):
        if len(kept) == EXAMPLES or len(tried) == MOST_TRIED:
            break
        if example.question in tried or ways[example.way] == example.most:
            continue
        tried.add(example.question)
        if _is_answered(ask(example.question), example):
            kept.append(example.question)
            ways[example.way] += 1
    return kept


def _in_turn(read: Sequence[list[Passage]], kinds: Sequence[Make]) -> Iterator[Example]:
    """The examples of these kinds, the papers taking turns."""
    by_paper = [_of_paper(passages, kinds) for passages in read]
    return (example for example in chain.from_iterable(zip_longest(*by_paper)) if example)


def _newest(record: PaperRecord) -> tuple[int, str]:
    return -(record.meeting_date or date.min).toordinal(), record.path


def _of_paper(passages: list[Passage], kinds: Sequence[Make]) -> list[Example]:
    """The examples of one paper, its kinds taking turns; a table or a report lends only one."""
    by_kind = [
        list({e.source.table or e.source.title: e for e in map(make, passages) if e}.values())
        for make in kinds
    ]
    return [example for example in chain.from_iterable(zip_longest(*by_kind)) if example]


def _recommended(passage: Passage) -> Example | None:
    """From a report's recommendations: what they ask for."""
    if not passage.trail or not re.search(r"\brecommendations?$", passage.trail[-1], re.I):
        return None
    return _example("What is recommended on {}?", passage.title, passage)


def _decided(passage: Passage) -> Example | None:
    """From a minute: what was decided under its heading."""
    if passage.kind is not Kind.MINUTE or not passage.trail or _ROUTINE.search(passage.trail[-1]):
        return None
    when = f" on {say_date(passage.meeting_date)}" if passage.meeting_date else ""
    return _example(f"What was decided about {{}}{when}?", passage.trail[-1], passage)


def _row_value(passage: Passage) -> Example | None:
    """From a table row with a percentage: the one in its last such column."""
    # A label of one or two words ("South West") says too little away from its table.
    if passage.kind is not Kind.TABLE_ROW or len(passage.cells) < 2:
        return None
    label = passage.cells[0].split()
    if len(label) < 4 or not any(len(word) > 3 and word.islower() for word in label):
        return None
    for cell, head in reversed(list(zip(passage.cells, passage.heads, strict=False))[1:]):
        if re.fullmatch(r"\d+(?:\.\d+)?\s?%", cell):
            period = _PERIOD.search(head)
            when = f" in {period.group()}" if period else ""
            return _example(f"What is the figure for “{{}}”{when}?", passage.cells[0], passage)
    return None


def _share(passage: Passage) -> Example | None:
    """From a sentence that gives a percentage of something: the percentage."""
    found = _SHARE.search(passage.text)
    if passage.kind is Kind.TABLE_ROW or not found:
        return None
    question = f"What percentage of {found['whole']}{found['verb']} {found['what']}?"
    return Example(question, passage) if len(question) <= LONGEST else None


def _changed(passage: Passage) -> Example | None:
    """From a table row with a figure for each of several years: how it has changed."""
    if passage.kind is not Kind.TABLE_ROW:
        return None
    cells = zip(passage.cells[1:], passage.heads[1:], strict=False)
    years = [
        found[0]
        for cell, head in cells
        if _FIGURE.fullmatch(cell) and (found := _YEAR.findall(head))
    ]
    label = passage.cells[0] if passage.cells else ""
    if len(set(years)) < FEWEST_YEARS or not any(len(w) > 3 and w.islower() for w in label.split()):
        return None
    return _example(f"How has “{{}}” changed since {min(years)}?", label, passage)


def _implied(passage: Passage) -> Example | None:
    """From a report's section on what its proposal means for money, law or equality."""
    found = _IMPLICATIONS.fullmatch(passage.trail[-1].strip()) if passage.trail else None
    if not found:
        return None
    return _example(
        f"What are the {found['kind'].lower()} implications of {{}}?", passage.title, passage
    )


def _held(passage: Passage) -> Example | None:
    """From the name of somebody with a post: who holds it."""
    for holder in holders_in(passage):
        if _POST.match(holder.post) and not holder.is_role:
            return _example("Who is the {}?", holder.post, passage)
    return None


def _short_form(passage: Passage) -> Example | None:
    """From a name with its short form behind it: what the short form stands for."""
    found = _SHORT_FORM.search(passage.text)
    if not found or "".join(word[0] for word in found["long"].split()) != found["short"]:
        return None
    return Example(f"What does {found['short']} stand for?", passage)


# What is most worth asking first
_KINDS: tuple[Make, ...] = (_recommended, _share, _decided, _changed, _row_value, _implied, _held)


def _example(pattern: str, words: str, source: Passage) -> Example | None:
    """The pattern filled in, where the words read well inside a question."""
    name = " ".join(_NUMBERING.sub("", words).split()).rstrip(".:")
    if not _SPEAKS.match(name) or not 2 <= len(name.split()) <= 12 or name.isupper():
        return None
    question = pattern.format(name)
    return Example(question, source) if len(question) <= LONGEST else None


def _is_answered(reply: Reply, example: Example) -> bool:
    """Whether the reply cites the passage that the question was made from, or its section."""
    if not isinstance(reply, Answer):
        return False
    first, source = reply.citations[0].evidence.passage, example.source
    return first.key == source.key or (first.paper, first.table, first.trail) == (
        source.paper,
        source.table,
        source.trail,
    )
