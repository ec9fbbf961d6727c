"""A question asked again with one part changed."""

import pytest

from assistant.rephrase import changed
from assistant.traits import Asked
from assistant.understood import taken_apart

WHOLE = "How many moorings were let in Brackwater in 2023?"


def again(whole=WHOLE, asked=Asked.COUNT, **parts):
    return changed(whole, taken_apart(whole), parts, asked)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"period": "2024"}, "How many moorings were let in Brackwater in 2024?"),
        ({"area": "Saltmarsh"}, "How many moorings were let in Saltmarsh in 2023?"),
        ({"period": ""}, "How many moorings were let in Brackwater?"),
        ({"area": ""}, "How many moorings were let in 2023?"),
        ({"group": "women"}, "How many moorings were let in Brackwater in 2023 for women?"),
        ({"area": "", "period": "2022"}, "How many moorings were let in 2022?"),
    ],
)
def test_a_part_is_changed_left_out_or_added_where_it_stands(parts, said):
    assert again(**parts) == said


def test_another_matter_keeps_the_other_parts():
    assert again(matter="berths lost") == "How many berths lost in 2023 in Brackwater?"


def test_a_part_that_stands_nowhere_in_the_words_is_left_out_of_the_parts():
    understood = taken_apart("And barges?")
    lent = type(understood)("barges", "dues", area="Brackwater", period="2023")
    assert changed("And barges?", lent, {"period": ""}, Asked.MONEY) == (
        "How much money barges dues in Brackwater?"
    )


def test_parts_that_are_as_they_were_change_nothing():
    as_it_was = {"matter": taken_apart(WHOLE).matter, "area": "Brackwater", "group": ""}
    assert again(**as_it_was) == WHOLE
    assert again(**as_it_was, period="2024") == WHOLE.replace("2023", "2024")
