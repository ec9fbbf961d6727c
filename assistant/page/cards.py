"""Figure cards: each value of an answer with what its paper says that it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.answers import Citation
from assistant.differing import Differing
from assistant.figures import Figure
from assistant.page.pageview import cut_address
from assistant.page.ratings import ratings_of
from assistant.page.rows import cell_at, is_table_row
from assistant.page.words import escape
from assistant.points import UNITS
from assistant.understood import taken_apart

_SOURCE = "Source"
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
    cards = dict.fromkeys(
        _card(one, cited.get(one.evidence), turn, _elsewhere(one, others, turn)) for one in values
    )
    return f'<ul class="figures" aria-label="Figures">{"".join(cards)}</ul>' if cards else ""


def source_name(turn: int, number: int) -> str:
    """The name by which a link leads to a citation of a turn."""
    return f"turn-{turn}-source-{number}"


def _is_label(figure: Figure) -> bool:
    """Whether a number stands in the cell that names its row, where it measures nothing."""
    passage = figure.evidence.passage
    return is_table_row(passage) and any(passage.heads) and cell_at(passage, figure.start) == 0


def _card(figure: Figure, citation: Citation | None, turn: int, elsewhere: str) -> str:
    rows = "".join(
        f"<div><dt>{name}:</dt> <dd>{said}</dd></div>"
        for name, said in _known(figure, citation, turn)
    )
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


def _known(figure: Figure, citation: Citation | None, turn: int) -> Iterator[tuple[str, str]]:
    """What is known of a figure, by name, as HTML; what its paper does not say is left out."""
    passage = figure.evidence.passage
    row, column = "", ""
    if is_table_row(passage) and any(passage.heads):
        row, column = passage.cells[0], passage.heads[cell_at(passage, figure.start)]
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
    yield from _said("Unit", UNITS.get(figure.unit, figure.unit))
    yield from _said("Period", figure.period)
    if citation is not None:
        link = f'<a href="#{source_name(turn, citation.number)}">'
        yield _SOURCE, f"{link}{escape(citation.place or citation.label)}</a>"


def _stated(figure: Figure, column: str) -> str:
    """Whether a value is a target, a forecast or the like, as its head or its words say."""
    after = figure.evidence.passage.text[figure.end : figure.end + 20]
    found = _STATED.search(column) or re.match(rf"\s?\(?{_STATED.pattern}", after, re.I)
    return found[1].capitalize() if found else ""


def _said(name: str, text: str) -> Iterator[tuple[str, str]]:
    if text.strip():
        yield name, escape(text)
