from dataclasses import replace

import pytest
from making import write_lexical

from assistant.errors import QuestionInvalid
from assistant.glossary import Glossary
from assistant.lexical import Lexical
from assistant.periods import Periods
from assistant.questions import LONGEST, Lent, check_question, kind_asked, understand
from assistant.terms import stem, terms
from assistant.traits import Asked

GLOSSARY = Glossary({"PBR": {"pilot boat reserve": 2}})
PAPERS = "moorings in Brackwater; attendance at schools; the Pilot Boat Reserve (PBR); harbor light"
LENT = Lent({"ferri": 0.5}, Asked.FACT, Periods())


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory):
    folder = tmp_path_factory.mktemp("words") / "words"
    write_lexical(folder, [terms(PAPERS), terms("ferry")], [PAPERS, "ferry"])
    return Lexical(folder)


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "?!", "\u200b", "..."])
def test_a_question_without_words_is_refused_with_an_example(text):
    with pytest.raises(QuestionInvalid, match=r"empty question.*assistant ask"):
        check_question(text)


def test_a_question_that_is_too_long_is_told_its_length_in_one_line():
    with pytest.raises(QuestionInvalid, match="20,000") as caught:
        check_question("why?" * 5_000)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 120


def test_the_longest_question_may_be_asked():
    assert check_question("q" * LONGEST) == "q" * LONGEST


def test_half_a_surrogate_pair_is_read_as_a_question_mark():
    assert check_question("who \ud83d chairs it") == "who ? chairs it"


def test_white_space_and_invisible_marks_do_not_count():
    assert check_question("  who\n\u200bchairs   it? ") == "who chairs it?"


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Where is the ferry moored?", Asked.PLACE),
        ("Where are we on the ferry?", Asked.FACT),
        ("Who chairs the Harbours Committee?", Asked.PERSON),
        ("When does the ferry close?", Asked.DATE),
        ("How many moorings were let?", Asked.COUNT),
        ("How much did dredging cost?", Asked.MONEY),
        ("What did the mayor's visit to the quay cost us?", Asked.MONEY),
        ("What are the divers paid?", Asked.MONEY),
        ("What does the dredging fund pay for?", Asked.FACT),
        ("Going by the list of piers, is the ferry late?", Asked.YESNO),
        ("If a pier is shut, can the mayor open it?", Asked.YESNO),
        ("In plain terms, what is a groyne fund?", Asked.DEFINITION),
        ("Two counts of boats were given. What are they?", Asked.FACT),
        ("Which new assistant director spoke?", Asked.PERSON),
        ("Until when are the moorings let?", Asked.DATE),
        ("Which tidal harbours were dredged?", Asked.LIST),
        ("Are lettings above or below the plan, and what are the figures?", Asked.COMPARISON),
        ("Did lettings go up or down?", Asked.TREND),
        ("Do members vote at the harbour improvement board?", Asked.YESNO),
        ("What was the letting percentage?", Asked.PERCENTAGE),
        ("What proportion of pupils attend?", Asked.PERCENTAGE),
        ("For how many is that not known, in percent?", Asked.PERCENTAGE),
        ("How big a portion of the dues is spent here?", Asked.PERCENTAGE),
        ("What did the committee decide?", Asked.DECISION),
        ("What was recommended to Cabinet?", Asked.RECOMMENDATION),
        ("Why did dues rise?", Asked.REASON),
        ("What does PBR stand for?", Asked.DEFINITION),
        ("Has attendance improved?", Asked.TREND),
        ("How does Fenshire compare with England?", Asked.COMPARISON),
        ("What is the residual risk of fog?", Asked.RISK),
        ("Is the quay open?", Asked.YESNO),
    ],
)
def test_the_words_of_a_question_say_what_kind_of_answer_it_asks_for(text, asked):
    assert kind_asked(text) is asked


def test_an_acronym_brings_its_words_for_less_than_itself(vocabulary):
    weights = understand("What is the PBR?", GLOSSARY, vocabulary).weights
    assert weights[stem("pbr")] == 1.0
    assert all(0 < weights[stem(word)] < 1 for word in ("pilot", "boat", "reserve"))


def test_a_full_name_brings_its_acronym_for_less_than_itself(vocabulary):
    weights = understand("How big is the pilot boat reserve?", GLOSSARY, vocabulary).weights
    assert 0 < weights[stem("pbr")] < weights[stem("pilot")]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("schoools", "schools"),
        ("brakwater", "brackwater"),
        ("pilott", "pilot"),
        ("ferrry", "ferry"),
        ("Brakwater", "brackwater"),
        ("brckawater", "brackwater"),
        ("atendence", "attendance"),
    ],
)
def test_a_slip_is_read_as_the_papers_word_and_said_so(vocabulary, typed, meant):
    question = understand(f"how about {typed}", GLOSSARY, vocabulary)
    assert question.corrections == ((typed.lower(), meant),)
    assert question.weights[stem(meant)] > 0 and typed in question.text


KNOWN = [
    "moorings",
    "harbor",
    "attended",
    "pbr",
    "2018",
    "ferry",
    "lift",
    "FERRYS",
    "Schoals",
    "kids",
]


@pytest.mark.parametrize("word", KNOWN)
def test_a_word_that_is_known_far_off_or_typed_as_a_name_is_never_corrected(vocabulary, word):
    assert understand(f"how about {word}", GLOSSARY, vocabulary).corrections == ()


def test_a_slip_in_the_words_that_ask_is_read_too(vocabulary):
    question = understand("waht was recomended, adn whcih ferry?", GLOSSARY, vocabulary)
    assert understand("which ferry?", GLOSSARY, vocabulary).own < question.own
    assert "whcih" not in question.weights


def test_a_slip_in_a_name_is_read_as_that_name(vocabulary):
    question = understand("moorings let in Brakwater?", GLOSSARY, vocabulary)
    assert question.names == understand("let in Brackwater", GLOSSARY, vocabulary).names != set()


def test_a_name_with_a_capital_inside_is_one_name(vocabulary):
    question = understand("Did Cllr O'Donovan or Mrs McSweeney let it?", GLOSSARY, vocabulary)
    assert question.names == {"odonovan", "mcsweeney"}


def test_a_slip_never_weakens_the_word_that_is_typed_beside_it(vocabulary):
    assert understand("ferry or ferrry", GLOSSARY, vocabulary).weights["ferri"] == 1.0


def test_what_was_typed_is_kept_apart_from_what_was_added(vocabulary):
    question = understand("PBR brakwater", GLOSSARY, vocabulary, LENT)
    assert question.own == {stem("pbr"), stem("brackwater")}
    assert question.weights["ferri"] == 0.5


def test_a_term_of_the_turns_before_never_weakens_one_that_is_typed(vocabulary):
    assert understand("ferry", GLOSSARY, vocabulary, LENT).weights["ferri"] == 1.0


def test_the_periods_of_a_question_are_found(vocabulary):
    question = understand("dues in Q2 of 2018/19 and October 2018", GLOSSARY, vocabulary)
    assert (question.years, question.quarters) == ({"2018-19", "2018"}, {"q2"})
    assert question.months == {"2018-10"}


@pytest.mark.parametrize("month", ["Sept", "Sep", "Octo"])
def test_the_short_name_of_a_month_is_no_slip(assistant, month):
    index = assistant.index
    question = understand(f"What was let in {month} 2018?", index.glossary, index.words)
    assert question.corrections == ()


def test_a_year_group_is_no_date():
    assert kind_asked("Which year group misses most school?") is not Asked.DATE


@pytest.mark.parametrize(
    ("text", "chance", "wanted"),
    [
        ("ferry fares brackwater 2017", 0.95, True),
        ("ferry fares brackwater 2017", 0.5, False),
        ("Who sets the fares?", 0.95, False),
    ],
)
def test_a_figure_is_wanted_where_nearly_all_such_questions_have_one(
    vocabulary, text, chance, wanted
):
    question = replace(understand(text, GLOSSARY, vocabulary), expected=(0.1, 0.1, chance, 0, 0, 0))
    assert question.wants_figure is wanted


def test_words_that_only_say_how_a_thing_is_asked_for_are_not_its_matter(assistant):
    index = assistant.index
    asked = "How has dredging at the quay changed since 2019, compared with berths?"
    matter = understand(asked, index.glossary, index.words).matter
    assert {"chang", "sinc", "compar"}.isdisjoint(matter)
    assert {"dredg", "quay"} <= matter
