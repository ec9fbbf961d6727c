"""Values that other papers tell differently: of the same measure, for the same period and unit."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.answers import Answer, Citation
from assistant.figures import Figure
from assistant.measures import measured, names_of, values_of
from assistant.papers import PaperRecord
from assistant.passages import Passage

MOST = 6
ROUNDED = 0.005


@dataclass(frozen=True, slots=True)
class Differing:
    """A value of an answer, and what another paper says in its place."""

    figure: Figure
    other: Figure
    citation: Citation  # of the other


def differing(
    answer: Answer,
    beside: Iterable[Passage],
    records: Mapping[str, PaperRecord],
    last: int,
) -> list[Differing]:
    """The values of an answer that passages of other papers tell otherwise.

    `last` is the number of the last citation shown; those made here go on from it.
    """
    told = {
        (value.measure, value.at): value.point.figure
        for citation in answer.citations
        for value in measured(citation)
    }
    named = {measure.named for measure, _ in told}
    papers = {citation.evidence.passage.paper for citation in answer.citations}
    found: list[Differing] = []
    for passage in beside:
        # Most tell of something else, and are not worth looking for figures in.
        if papers == {passage.paper} or named.isdisjoint(names_of(passage)):
            continue
        held = [
            Differing(told[value.measure, value.at], value.point.figure, value.point.citation)
            for value in values_of(passage, records[passage.paper], last + 1)
            if (value.measure, value.at) in told
            and _differs(told[value.measure, value.at], value.point.figure)
        ]
        if held and len(found) < MOST:
            found += held
            last += 1
    return found


def _differs(one: Figure, other: Figure) -> bool:
    """Whether another paper says another value, and not the same one rounded."""
    apart = one.evidence.passage.paper != other.evidence.passage.paper
    return apart and not math.isclose(one.value, other.value, rel_tol=ROUNDED)
