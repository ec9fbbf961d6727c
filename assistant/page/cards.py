"""Figure cards: each value of an answer with what its paper says that it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.answers import Citation
from assistant.figures import Figure
from assistant.page.rows import cell_at, is_table_row
from assistant.page.words import escape
from assistant.points import UNITS

_SOURCE = "Source"


def figure_cards(figures: Sequence[Figure], citations: Sequence[Citation], turn: int) -> str:
    """A list of cards, none twice; "" where there is no figure."""
    cited = {citation.evidence: citation for citation in citations}
    values = [one for one in figures if not _is_label(one)]
    cards = dict.fromkeys(_card(one, cited.get(one.evidence), turn) for one in values)
    return f'<ul class="figures" aria-label="Figures">{"".join(cards)}</ul>' if cards else ""


def source_name(turn: int, number: int) -> str:
    """The name by which a link leads to a citation of a turn."""
    return f"turn-{turn}-source-{number}"


def _is_label(figure: Figure) -> bool:
    """Whether a number stands in the cell that names its row, where it measures nothing."""
    passage = figure.evidence.passage
    return is_table_row(passage) and any(passage.heads) and cell_at(passage, figure.start) == 0


def _card(figure: Figure, citation: Citation | None, turn: int) -> str:
    rows = "".join(
        f"<div><dt>{name}:</dt> <dd>{said}</dd></div>"
        for name, said in _known(figure, citation, turn)
    )
    return f"<li><strong>{escape(figure.text)}</strong><dl>{rows}</dl></li>"


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
    yield from _said("Unit", UNITS.get(figure.unit, figure.unit))
    yield from _said("Period", figure.period)
    if citation is not None:
        link = f'<a href="#{source_name(turn, citation.number)}">'
        yield _SOURCE, f"{link}{escape(citation.place or citation.label)}</a>"


def _said(name: str, text: str) -> Iterator[tuple[str, str]]:
    if text.strip():
        yield name, escape(text)
