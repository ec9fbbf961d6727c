"""Sides: the rows of one measure for the bodies that a question sets against each other."""

import pytest
from making import WordEmbedder, build, write_corpus

from assistant.assistant import Assistant
from assistant.index import Index
from assistant.questions import understand
from assistant.sides import compared, other_sides, own_names

PAPER = """# Fenshire County Council

# Harbours Committee

Date of Meeting: 24 October 2024

## Safety of swimmers

| Accidents in the water | | |
| FENSHIRE – Previous (2022) 690 Male; Latest (2023) 680 Male | R | |
| COMPARATOR – Benchmark (England) BETTER 813 (Average) | R | |
| FENSHIRE – Previous (2022) 409 Female; Latest (2023) 437 Female | R | |
| FENSHIRE – Trend WORSENING | R | |
| COMPARATOR – Benchmark (England) BETTER 473 (Average) | R | |

## Swimming lessons

| Share of children who can swim 25 metres | 2023 |
|---|---|
| Fenshire | 61% |
| South West | 67% |
| England | 70% |
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sides")
    build(write_corpus(folder / "corpus", quay=PAPER), folder / "index")
    return Assistant(Index.open(folder / "index", WordEmbedder.name), WordEmbedder())


def _row(assistant, words):
    return next(one for one in assistant.index.store.every() if words in one.text)


@pytest.mark.parametrize(
    ("row", "other"),
    [("813", "690"), ("473", "409"), ("690", "813"), ("England | 70%", "Fenshire | 61%")],
)
def test_the_other_side_of_a_row_is_of_its_own_measure(assistant, row, other):
    (found,) = other_sides(_row(assistant, row), frozenset({"england"}), assistant.index)
    assert other in found.text


def test_each_body_that_is_named_gets_its_row(assistant):
    bodies = frozenset({"england", "south", "west"})
    found = other_sides(_row(assistant, "Fenshire | 61%"), bodies, assistant.index)
    assert [one.text for one in found] == ["South West | 67%", "England | 70%"]


@pytest.mark.parametrize(
    ("text", "sets"),
    [
        ("How does Fenshire compare with England on accidents?", True),
        ("Is Fenshire above the South West?", True),
        ("What is the figure for England?", False),
        ("How do the two harbours compare?", False),
    ],
)
def test_bodies_are_compared_where_a_question_sets_them_against_another(assistant, text, sets):
    question = understand(text, assistant.index.glossary, assistant.index.words)
    assert bool(compared(question)) == sets


def test_a_comparison_shows_both_rows_and_the_difference_of_like_with_like(assistant):
    reply = assistant.ask("How does Fenshire compare with England on children who can swim?")
    assert "Fenshire" in reply.text and "61%" in reply.text and "70%" in reply.text
    assert "67%" not in reply.text  # the other bodies of the table were not asked for
    (worked,) = reply.worked_out
    assert "9 percentage points" in worked.text


def test_a_councils_own_rows_are_known_by_its_place():
    assert own_names("Fenshire County Council") == {"fenshir"}
    assert own_names("London Borough of Thornmere") == {"london", "thornmer"}
