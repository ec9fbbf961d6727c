"""Binding: words answer only where they are of the kind, the thing and the group asked for."""

from dataclasses import replace

import pytest
from making import make_passage

from assistant.binding import (
    Binding,
    counts_asked,
    holds_value,
    is_of_another,
    is_opposed,
)
from assistant.papers import Kind
from assistant.questions import understand
from assistant.terms import terms


@pytest.fixture
def asked(assistant):
    index = assistant.index
    return lambda text: understand(text, index.glossary, index.words)


@pytest.mark.parametrize(
    ("question", "words", "beside"),
    [
        ("How many boats were let?", "In all 412 boats were let.", 1.0),
        ("How many boats were let?", "Boats were let by 2 offices in the year 2019.", 1.0),
        ("How many boats were let?", "Over the last five years dues have risen.", 0.0),
        ("How many boats were let?", "Boats have been let since 2019.", 0.0),
        ("How many boats were let?", "Boats have been let for the last five years.", 0.0),
        ("How many years were boats let?", "Boats have been let for the last five years.", 1.0),
        ("How many of the quays were closed?", "Two quays were closed.", 1.0),
        ("Who lets the boats?", "In all 412 boats were let.", 0.5),
    ],
)
def test_a_count_stands_beside_what_is_counted(asked, question, words, beside):
    assert counts_asked(asked(question), words) == beside


@pytest.mark.parametrize(
    ("question", "words", "opposed"),
    [
        ("How many girls sail?", "Boys: 14 sail.", True),
        ("How many girls sail?", "Boys: 14 sail, girls: 12.", False),
        ("How do girls and boys compare?", "Boys: 14 sail.", False),
        ("How many children sail?", "Boys: 14 sail.", False),
    ],
)
def test_words_about_the_opposite_do_not_answer(asked, question, words, opposed):
    assert is_opposed(asked(question), words, set(terms(words))) is opposed


def test_words_without_a_number_do_not_answer_where_a_figure_is_wanted(asked, assistant):
    passage = next(p for p in assistant.index.store.every() if p.text)
    question = replace(asked("brackwater moorings total"), expected=(0.1, 0.1, 0.95, 0, 0, 0))
    assert holds_value(question, "Some 412 moorings were let.", passage)
    assert not holds_value(question, "Moorings were let.", passage)


@pytest.mark.parametrize(
    ("words", "held"),
    [
        ("Two boats were let.", True),
        ("In all 412 were let.", True),
        ("One office lets whatever the owners of the harbour leave to it, boats too.", False),
    ],
)
def test_a_number_in_words_counts_only_what_it_stands_beside(asked, assistant, words, held):
    passage = next(p for p in assistant.index.store.every() if p.text)
    assert holds_value(asked("How many boats were let?"), words, passage) is held


def test_a_row_of_the_contents_with_its_page_tells_no_share(asked):
    cells, heads = ("04 Percentage of berths let", "6"), ("Measure", "Page No")
    contents = make_passage(" | ".join(cells), kind=Kind.TABLE_ROW, cells=cells, heads=heads)
    table = make_passage(" | ".join(cells), kind=Kind.TABLE_ROW, cells=cells, heads=("", "2024"))
    question = asked("What percentage of berths is let?")
    assert not holds_value(question, contents.text, contents)
    assert holds_value(question, table.text, table)


@pytest.mark.parametrize(
    ("question", "words", "held"),
    [
        ("How did the panel vote on dues?", "The panel is asked to approve the dues.", False),
        ("How did the panel vote on dues?", "The motion on dues was carried by 7 votes.", True),
        ("Who voted against the dues?", "Wren Ashby spoke of the dues.", False),
    ],
)
def test_a_vote_is_told_only_where_words_tell_of_one(asked, question, words, held):
    assert holds_value(asked(question), words, make_passage(words)) is held


@pytest.mark.parametrize(
    ("question", "words", "holds"),
    [
        ("What percentage of boats were let?", "Boat lets are 3% below last year's.", False),
        ("What percentage of boats were let?", "Lets of boats improved by 4% to 61%.", True),
        ("What percentage of boats were let?", "61% of boats were let, 3% more than before.", True),
        ("By what percentage did lets of boats rise?", "Lets rose by 4%.", True),
        ("How many boats were let?", "Lets of boats rose by 12.", False),
        ("How many boats were let?", "Of the boats 61% were let for £40 each.", False),
        ("What percentage let 5 boats or more?", "Those are 3% below last year's.", False),
    ],
)
def test_a_difference_is_no_answer_to_what_asks_for_none(asked, question, words, holds):
    assert holds_value(asked(question), words, make_passage(words)) is holds


@pytest.mark.parametrize(
    ("question", "words", "heading", "other"),
    [
        ("How did girls do in writing?", "66% of girls reached it.", "Maths", True),
        ("How did girls do in writing?", "66% of girls reached it.", "Writing", False),
        ("How did girls do in writing?", "Maths 66% and writing 71%.", "Results", False),
        ("How did girls do in writing and maths?", "Maths stood at 66%.", "Maths", False),
        ("What was KS2 progress?", "Progress stood at 1.9.", "Key Stage 4", True),
        ("What was KS2 progress?", "Progress stood at 1.9.", "Key Stage 1-2 Progress", False),
        ("How many girls sail?", "14 girls sail.", "Maths", False),
    ],
)
def test_what_is_told_of_another_thing_answers_nothing(question, words, heading, other):
    passage = make_passage(words, trail=("Results", heading))
    held = set(terms(f"{words} {heading}"))
    assert is_of_another(question, words, passage, held) is other


def test_a_stretch_of_time_is_no_number_of_something_else(asked, assistant):
    passage = next(p for p in assistant.index.store.every() if p.text)
    waited = "The ferry waited for 10 minutes."
    assert not holds_value(asked("How many boats were let?"), waited, passage)
    assert holds_value(asked("How many minutes did the ferry wait?"), waited, passage)


def test_a_question_that_was_put_answers_only_what_asks_for_it(asked, assistant):
    passage = next(p for p in assistant.index.store.every() if p.text)
    put = "Is the quay open to boats this winter?"
    assert not holds_value(asked("Is the quay open?"), put, passage)
    assert holds_value(asked("What did residents ask about the quay?"), put, passage)


@pytest.mark.parametrize(("whole", "holds"), [(0.7, True), (0.2, False)])
def test_words_that_hold_the_names_of_a_question_may_lack_its_verb(whole, holds):
    assert Binding(True, True, 1.0, 0.1, whole, False).holds is holds
