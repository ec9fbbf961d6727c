import pytest

from assistant.conversation import Turn, make_whole
from assistant.terms import stem
from assistant.traits import Asked

TURNS = [
    Turn("How many moorings were let in 2023-24?", "The number was 389."),
    Turn("How much did dredging cost in 2018?", "Dredging cost £5,000."),
]
GIRLS = [Turn("What percentage of boys passed the swimming test in Brackwater in 2017?", "61%.")]


def test_a_question_that_stands_on_its_own_owes_nothing_to_the_turns_before():
    question = "How many villages does the mobile library visit each week?"
    whole = make_whole(question, TURNS)
    assert (whole.text, whole.lent) == (question, None)


def test_the_first_question_stands_as_it_is():
    assert make_whole("Why?", []).lent is None


def test_what_was_asked_last_counts_more_than_what_was_answered():
    carried = make_whole("and how much was it for the barge?", TURNS).lent.terms
    assert carried[stem("dredging")] > carried["£5000"] > 0
    assert all(weight < 1 for weight in carried.values())


@pytest.mark.parametrize(
    ("asked", "year"), [("and in 2019?", "2019"), ("the year before?", "2017"), ("19?", "2019")]
)
def test_a_period_replaces_the_one_before(asked, year):
    whole = make_whole(asked, TURNS[1:])
    assert whole.lent.periods.years == {year}
    assert "2018" not in whole.lent.terms and stem("dredging") in whole.lent.terms


def test_a_fragment_exchanges_one_part_and_keeps_the_others():
    whole = make_whole("what about girls?", GIRLS)
    assert (whole.understood.group, whole.understood.area) == ("girls", "Brackwater")
    assert (whole.understood.period, whole.asked) == ("2017", Asked.PERCENTAGE)
    assert stem("boys") not in whole.lent.terms and "boys" not in whole.text


def test_a_question_with_a_verb_says_itself_what_kind_of_answer_it_wants():
    whole = make_whole("and who teaches them?", GIRLS)
    assert whole.asked is Asked.PERSON
    assert whole.understood.about.endswith("passed swimming test")


def test_a_change_of_subject_does_not_drag_the_old_one_along():
    asked = "Different subject: how long is the new Saltmarsh Quay footbridge going to take?"
    whole = make_whole(asked, GIRLS)
    assert "swimming" not in whole.text
    assert "swimming" not in whole.understood.line and not whole.understood.group


@pytest.mark.parametrize(
    "asked",
    [
        "Who was the harbour director in 2019?",
        "How much will be spent on dredging in the harbour programme?",
    ],
)
def test_a_question_with_a_subject_of_its_own_takes_no_other_on(asked):
    whole = make_whole(asked, GIRLS)
    assert "swimming" not in whole.text and "swimming" not in whole.understood.line


@pytest.mark.parametrize(
    "back", ["back to the moorings, who let them?", "that first one, who was it?"]
)
def test_a_return_to_an_earlier_subject_finds_it(back):
    whole = make_whole(back, TURNS)
    assert stem("moorings") in whole.lent.terms and stem("dredging") not in whole.lent.terms


def test_thanks_before_a_question_are_no_part_of_it():
    whole = make_whole("Thanks, very helpful. Will residents see the moorings plan?", TURNS)
    assert "helpful" not in whole.text


def test_the_embedder_reads_the_question_before_too():
    assert make_whole("and why?", TURNS).text.endswith("why?")
    assert "dredging" in make_whole("and why?", TURNS).text


def test_a_relative_period_is_read_as_the_one_that_it_means():
    whole = make_whole("and the year before?", TURNS[1:])
    assert whole.core == "and 2017" and whole.text.endswith("2017")


def test_politeness_and_links_are_no_words_of_the_question():
    assert make_whole("sorry, I meant the barge", TURNS).core == "and the barge"
    assert make_whole("Thanks, very helpful. Who paid?", TURNS).core == "Who paid?"


def test_a_name_alone_takes_the_place_of_the_only_name():
    asked = Turn("What was Saltmarsh's share of berths in 2018?", "12%")
    whole = make_whole("and Brackwater?", [asked])
    assert "Saltmarsh" not in whole.text and stem("saltmarsh") not in whole.lent.terms
    two = Turn("What did Fenshire pay Saltmarsh in 2018?", "£12")
    assert "Saltmarsh" in make_whole("and Brackwater?", [two]).text


def test_a_fragment_after_a_comparison_goes_on_from_before_it():
    turns = [*GIRLS, Turn("is that better than England?", "No, 70%.")]
    girls = make_whole("what about girls?", turns)
    assert "England" not in girls.text and "swimming" in girls.text
    assert "better" in make_whole("and Wales?", turns).text


def test_a_fragment_asks_for_the_kind_of_figure_that_was_told():
    before = "What was the berth rate for Brackwater in May 2017?"
    for told, asked in (("3%.", "percentage"), ("£4,500", "money"), ("Better than most.", "fact")):
        assert make_whole("what about yachts?", [Turn(before, told)]).asked == asked


@pytest.mark.parametrize("asked", ["more than the year before?", "is that up on last year?"])
def test_a_period_that_is_only_compared_with_takes_the_place_of_none(asked):
    whole = make_whole(asked, [Turn("How many berths were let in 2018?", "412.")])
    assert whole.periods.years == {"2018"} and "2018" in whole.text


def test_what_is_asked_of_now_is_of_no_year_before():
    whole = make_whole("and who is it now?", [Turn("Who was harbour master in 2018?", "Ann Bo.")])
    assert not whole.periods and "2018" not in whole.text and not whole.understood.period


def test_a_new_subject_keeps_no_area_and_no_period_of_the_old():
    before = Turn("How did Fenshire compare with England on berths let in 2018?", "Better.")
    said = make_whole("Who is the chair of the harbours committee?", [before]).understood
    assert (said.area, said.period) == ("", "")


@pytest.mark.parametrize(
    "asked",
    [
        "what's the latest on dredging?",
        "how many boats in yards and lockers are there?",
        "what does PBR mean?",
    ],
)
def test_a_question_that_brings_its_own_subject_leaves_the_old_one(asked):
    before = Turn("Who is the chair of the Libraries Panel?", "Wren Ashby.")
    assert make_whole(asked, [before]).understood.about == ""


def test_a_fragment_takes_the_place_of_what_the_same_word_led_to():
    asked = Turn("Who is the cabinet member for finance in 2018?", "Wren Ashby.")
    whole = make_whole("and for education?", [asked])
    assert "finance" not in whole.text and "2018" in whole.text and "cabinet member" in whole.text


def test_what_a_fragment_takes_the_place_of_is_no_longer_understood():
    asked = Turn("Who is the cabinet member for finance?", "Wren Ashby.")
    assert make_whole("and for education?", [asked]).understood.matter == "cabinet member education"


def test_a_quarter_of_another_matter_is_of_no_year_spoken_of_before():
    asked = Turn("How much were harbour dues in 2025-26?", "£12.")
    assert not make_whole("How many lights were red in quarter 2?", [asked]).periods.years
    assert make_whole("and in quarter 2?", [asked]).periods.years == {"2025-26"}


def test_a_name_that_takes_the_place_of_the_one_behind_its_word_leaves_the_others():
    before = Turn("Who is the Cabinet Member for Boats and Piers?", "Bram Oxley.")
    whole = make_whole("and for Harbour Lights?", [before])
    assert whole.text == "Who is the Cabinet Member for Harbour Lights?"
