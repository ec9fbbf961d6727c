import pytest

from assistant.rankings import ranking_in


@pytest.mark.parametrize(
    ("question", "way", "than"),
    [
        ("On which weekday were moorings dearest, that is highest?", 1, ""),
        ("Which harbour let the fewest moorings in 2023?", -1, ""),
        ("Which harbours were above the national figure for dredging?", 1, "national"),
        ("Which harbours were below 40% in May?", -1, "40%"),
    ],
)
def test_the_way_and_the_figure_are_read(question, way, than):
    ranking = ranking_in(question)
    assert ranking and (ranking.way, ranking.than) == (way, than)


@pytest.mark.parametrize(
    "question",
    [
        "What is the most recent count of moorings?",
        "Which harbours are among the most deprived?",
        "What did the three best harbours have in common?",
        "Which is the highest and which the lowest?",
        "Which risks under the harbour outcome were rated?",
        "Was it the highest?",
        "Which review looked at best value?",
    ],
)
def test_what_asks_for_no_one_extreme_is_no_ranking(question):
    assert ranking_in(question) is None


def test_months_between_are_those_of_the_span():
    ranking = ranking_in("Between November and February, which month was lowest?")
    assert ranking and ranking.months == (11, 12, 1, 2) and ranking.time == "month"


def test_best_is_told_from_highest():
    best, highest = (ranking_in(f"Which harbour had the {w} score?") for w in ("best", "highest"))
    assert best and highest and best.merit and not highest.merit
