"""Holding: words answer only where they hold a value of the kind asked for."""

from dataclasses import replace

import pytest
from making import make_passage

from assistant.holding import counts_asked, holds_value
from assistant.papers import Kind
from assistant.questions import understand


@pytest.fixture
def asked(assistant):
    index = assistant.index
    return lambda text: understand(text, index.glossary, index.words)


@pytest.fixture
def answers(asked):
    """Whether words that are a passage hold what a question asks for."""
    return lambda question, words: holds_value(asked(question), words, make_passage(words))


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
        ("What is Wren Ashby’s home address?", "Wren Ashby chairs the panel.", False),
        ("What is the address of the depot?", "The depot is at 14 Tar Lane, FN4 2QX.", True),
        ("How does the plan address flooding?", "The plan raises the sea wall.", True),
    ],
)
def test_a_vote_and_an_address_are_told_only_by_words_that_hold_one(answers, question, words, held):
    assert answers(question, words) is held


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
def test_a_difference_is_no_answer_to_what_asks_for_none(answers, question, words, holds):
    assert answers(question, words) is holds


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


@pytest.mark.parametrize(
    ("question", "words", "holds"),
    [
        ("How many boats were let?", "A total of ninety one craft are on the water.", True),
        ("How many boats were let?", "The dues of one owner were waived.", False),
        ("how many moorngs were let", "Two moorings were let.", True),
        ("How many boats has the port lost?", "The fleet saw a reduction of 412 boats.", True),
        ("What share of boats is let?", "The port is in the bottom 20% of ports.", False),
        ("Are we in the bottom 20% of ports?", "The port is in the bottom 20% of ports.", True),
    ],
)
def test_a_number_of_another_kind_counts_nothing(answers, question, words, holds):
    assert answers(question, words) is holds


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("To whom does the port let the quay?", True),
        ("Who is the harbour master?", False),
        ("Which councillor let the quay?", False),
    ],
)
def test_a_body_answers_who_but_for_the_holder_of_a_post(answers, question, holds):
    assert answers(question, "The quay is let to the owners of the ferry.") is holds


@pytest.mark.parametrize(
    "words", ["Date of Meeting | 10th October 2018", "Meeting: Monday, 9 July 2018", "Date: 9/7/18"]
)
def test_a_line_that_only_dates_the_paper_answers_what_asks_for_a_date_alone(answers, words):
    assert not answers("What did the July meeting say of moorings?", words)
    assert answers("When was the meeting on moorings?", words)


def test_a_sentence_with_the_date_of_the_meeting_answers(answers):
    words = "Date of meeting 9 July 2018, at which the moorings were let."
    assert answers("What did the July meeting say of moorings?", words)
