"""Figure cards: each value of an answer with what its paper says that it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.answers import Citation
from assistant.differing import Differing
from assistant.figures import Figure
from assistant.measures import row_name
from assistant.page.pageview import cut_address
from assistant.page.ratings import ratings_of
from assistant.page.rows import cell_at, is_table_row
from assistant.page.words import escape
from assistant.points import UNITS
from assistant.understood import taken_apart

_SOURCE = "Source"
_WORDS = re.compile(r"[^\W\d_]{2,}")
# Cards that stand open, a row of them on a wide screen; the others are folded away
MOST_SHOWN = 3
# A cell of so many words tells something else than a value, though a number may stand in it.
MANY_WORDS = 4
_UNITS_ABOVE = (
    (re.compile(r"£\s?(?:'|’)?0?00s?\b|£\s?k\b|£ thousands?\b", re.I), "thousands of pounds"),
    (re.compile(r"£\s?(?:m|million)s?\b", re.I), "millions of pounds"),
    (re.compile(r"%|\bper ?cent\b|\bpercentage\b", re.I), "per cent"),
    (re.compile(r"£"), "pounds"),
)
_STATED = re.compile(r"\b(actual|target|forecast|provisional|estimated?|projected|budget)\b", re.I)


def figure_cards(
    figures: Sequence[Figure],
    citations: Sequence[Citation],
    turn: int,
    others: Sequence[Differing] = (),
) -> str:
    """A list of cards, none twice, with what other papers say; "" where there is no figure."""
    cited = {citation.evidence: citation for citation in citations}
    values = [one for one in figures if not _is_label(one)]
    # A page is told with its meeting where the answer leads to several papers.
    several = len({citation.record.path for citation in citations}) > 1
    cards = dict.fromkeys(
        _card(
            one,
            list(_known(one, cited.get(one.evidence), turn, several)),
            cited.get(one.evidence),
            _elsewhere(one, others, turn),
        )
        for one in values
    )
    shown, more = list(cards)[:MOST_SHOWN], list(cards)[MOST_SHOWN:]
    return _listed(shown, "Figures") + _folded(more)


def _listed(cards: Sequence[str], name: str) -> str:
    return f'<ul class="figures" aria-label="{name}">{"".join(cards)}</ul>' if cards else ""


def _folded(cards: Sequence[str]) -> str:
    """Cards that are unfolded by who wants them: on a phone they would fill several screens."""
    if not cards:
        return ""
    said = f"{len(cards)} more figure{'s' if len(cards) > 1 else ''}"
    return (
        f'<details class="more"><summary>{said}</summary>{_listed(cards, "More figures")}</details>'
    )


def source_name(turn: int, number: int) -> str:
    """The name by which a link leads to a citation of a turn."""
    return f"turn-{turn}-source-{number}"


def _is_label(figure: Figure) -> bool:
    """Whether a number stands in the name of its row, or among the words of a cell."""
    passage = figure.evidence.passage
    if not is_table_row(passage) or not any(passage.heads):
        return False
    at = cell_at(passage, figure.start)
    cell = passage.cells[at]
    return at == 0 or cell == row_name(passage) or len(_WORDS.findall(cell)) >= MANY_WORDS


def _card(
    figure: Figure, known: Sequence[tuple[str, str]], citation: Citation | None, elsewhere: str
) -> str:
    rows = "".join(f"<div><dt>{name}:</dt> <dd>{said}</dd></div>" for name, said in known)
    cut = _cut_out(citation) if citation else ""
    return f"<li><strong>{escape(figure.text)}</strong><dl>{rows}{elsewhere}</dl>{cut}</li>"


def _elsewhere(figure: Figure, others: Sequence[Differing], turn: int) -> str:
    """What other papers say in the place of this value, each with its source."""
    said = "".join(
        f"<dd>{escape(one.other.text)} "
        f'<a href="#{source_name(turn, one.citation.number)}">{escape(one.citation.label)}</a></dd>'
        for one in others
        if one.figure.evidence == figure.evidence and one.figure.start == figure.start
    )
    return f'<div class="elsewhere"><dt>Other papers say:</dt> {said}</div>' if said else ""


def _cut_out(citation: Citation) -> str:
    """The row or paragraph as printed, which the browser gets when it is unfolded."""
    address = cut_address(citation)
    if not address:
        return ""
    where = escape(citation.place or citation.label)
    return (
        "<details><summary>As printed</summary>"
        f'<img loading="lazy" alt="Cut-out of {where}; its words stand below as text" '
        f'src="{escape(address)}"></details>'
    )


def _known(
    figure: Figure, citation: Citation | None, turn: int, several: bool
) -> Iterator[tuple[str, str]]:
    """What is known of a figure, by name, as HTML; what its paper does not say is left out."""
    passage = figure.evidence.passage
    row, column = "", ""
    if is_table_row(passage) and any(passage.heads):
        row, column = row_name(passage), passage.heads[cell_at(passage, figure.start)]
    # A heading says less than a subject: the reader is told which of the two it is.
    above = (*passage.trail[-1:], passage.title)
    name = "Under" if figure.subject in above else "Measures"
    yield from _said(name, "" if row and column else figure.subject)
    yield from _said("Row", row)
    yield from _said("Column", column)
    yield from _said("Table", passage.caption if row or column else "")
    parts = taken_apart(f"{row} {column} {passage.caption}")
    yield from _said("Group", parts.group)
    yield from _said("Area", parts.area)
    yield from _said("Stated as", _stated(figure, column))
    yield from _said("Rating", ", ".join(ratings_of(passage)))
    yield from _said("Unit", _unit(figure, column))
    yield from _said("Period", figure.period)
    if citation is not None:
        link = f'<a href="#{source_name(turn, citation.number)}">'
        place = citation.label if several else citation.place or citation.label
        yield _SOURCE, f"{link}{escape(place)}</a>"


def _unit(figure: Figure, column: str) -> str:
    """The unit that stands with a value, or that the heads above it name for all of them."""
    if figure.unit:
        return UNITS.get(figure.unit, figure.unit)
    above = f"{column} {figure.evidence.passage.caption}" if column else ""
    return next((said for named, said in _UNITS_ABOVE if named.search(above)), "")


def _stated(figure: Figure, column: str) -> str:
    """Whether a value is a target, a forecast or the like, as its head or its words say."""
    after = figure.evidence.passage.text[figure.end : figure.end + 20]
    found = _STATED.search(column) or re.match(rf"\s?\(?{_STATED.pattern}", after, re.I)
    return found[1].capitalize() if found else ""


def _said(name: str, text: str) -> Iterator[tuple[str, str]]:
    if text.strip():
        yield name, escape(text)
