from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from making import make_passage

from assistant.binding import Binding
from assistant.papers import Kind
from assistant.questions import understand
from assistant.reader import Scored
from assistant.readings import readings
from assistant.spans import Span
from assistant.terms import terms
from assistant.traits import traits_of
from assistant.understood import taken_apart

HELD = Binding(value=True, period=True, names=1.0, matter=1.0, whole=1.0, opposed=False)


@pytest.fixture
def question(assistant):
    def asked(text):
        vocabulary = assistant.index.words
        own = frozenset(terms(text))
        known = understand(text, assistant.index.glossary, vocabulary)
        return replace(
            known, own=own, weights=dict.fromkeys(own, 1.0), understood=taken_apart(text)
        )

    return asked


def scored(text, score=2.0, **known):
    passage = make_passage(text, **known)
    span = Span(0, passage, traits_of(passage), 1.0, HELD, 0, len(text))
    return Scored(span, score, np.empty(0, np.float32))


def row(label, figure, score):
    cells = (label, figure)
    return scored(
        " | ".join(cells), score, kind=Kind.TABLE_ROW, cells=cells, table=1, heads=("Area", "Late")
    )


def test_the_other_of_two_groups_is_offered(question):
    spans = [scored("Primary ferry fares rose 4%."), scored("Secondary ferry fares rose 9%.", 1.5)]
    assert readings(question("What percentage did ferry fares rise?"), spans) == (
        "What percentage did ferry fares rise for secondary?",
    )


def test_nothing_is_offered_where_the_question_says_which(question):
    spans = [scored("Primary ferry fares rose 4%."), scored("Secondary ferry fares rose 9%.", 1.5)]
    assert not readings(question("What percentage did primary ferry fares rise?"), spans)


def test_both_are_offered_where_nothing_favours_one(question):
    spans = [scored("Girls won 4 races."), scored("Boys won 9 races.", 2.0)]
    assert readings(question("How many races were won?"), spans) == (
        "How many races were won for girls?",
        "How many races were won for boys?",
    )


def test_another_period_is_offered_unless_one_is_asked(question):
    spans = [scored("In 2018 dredging cost £5,000."), scored("In 2017 dredging cost £4,000.", 1.5)]
    assert readings(question("How much did dredging cost?"), spans) == (
        "How much did dredging cost in 2017?",
    )
    assert not readings(question("How much did dredging cost in 2018?"), spans)


def test_another_paper_is_offered_by_its_month(question):
    spans = [
        scored("In all 389 berths were let.", meeting_date=date(2024, 10, 24)),
        scored("In all 412 berths were let.", 1.5, meeting_date=date(2023, 10, 19)),
    ]
    assert readings(question("How many berths were let?"), spans) == (
        "How many berths were let in the October 2023 report?",
    )


def test_the_same_figure_or_one_of_another_matter_is_not_offered(question):
    best = scored("Primary ferry fares rose 4%.")
    for other in ("Secondary ferry fares rose 4%.", "Secondary bus passes rose 9%."):
        assert not readings(question("How did ferry fares rise?"), [best, scored(other, 1.5)])


def test_an_area_is_offered_from_the_rows_of_the_table(question):
    spans = [row("Fenshire", "4% late", 2.0), row("England", "9% late", 1.0)]
    asked = question("What percentage were late?")
    assert readings(asked, spans) == ("What percentage were late in England?",)
