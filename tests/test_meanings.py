import pytest
from making import WordEmbedder, build, write_corpus

from assistant.assistant import Assistant
from assistant.conversation import Turn
from assistant.index import Index
from assistant.meanings import acronym_asked

QUAYS = """# Fenshire County Council

# Harbours Committee

Date of Meeting: 14 March 2018

## Dues report

1.1 The Pilot Boat Reserve (PBR) paid for three new engines.

1.2 The PBR stood at £4,100. Brackwater moored 40 yachts.
"""
LANES = """# Fenshire County Council

# Roads Panel

Date of Meeting: 24 October 2024

## Lanes report

2.1 The Parish Bridleway Register (PBR) lists 212 lanes. Lanes were swept twice.

2.2 The PBR is kept at Thornmere.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("meanings")
    build(write_corpus(folder / "corpus", quays=QUAYS, lanes=LANES), folder / "index")
    return Assistant(Index.open(folder / "index", WordEmbedder.name), WordEmbedder())


def test_both_meanings_are_told_and_counted_the_newest_first(assistant):
    reply = assistant.ask("What does PBR stand for?")
    assert reply.text.index("Parish Bridleway Register") < reply.text.index("Pilot Boat Reserve")
    assert [one.text for one in reply.worked_out] == ["2 meanings in these papers"]


def test_in_the_papers_asked_of_their_own_meaning_wins(assistant):
    said = assistant.ask("What does PBR stand for in the March 2018 report?").text
    assert "Pilot Boat Reserve" in said and "Bridleway" not in said


def test_after_a_turn_the_nearest_meaning_comes_first(assistant):
    turn = Turn("How many yachts did Brackwater moor?", "Brackwater moored 40 yachts.")
    said = assistant.ask("And what does PBR mean?", [turn]).text
    assert said.index("Pilot Boat Reserve") < said.index("Bridleway")


def test_a_question_of_one_paper_is_not_widened_by_the_others_meaning(assistant):
    asked = "How much was in the PBR in the March 2018 report?"
    weights = assistant.search(asked).question.weights
    assert "reserv" in weights and "bridleway" not in weights
    assert "bridleway" in assistant.search("How much was in the PBR?").question.weights


def test_the_acronym_of_a_name_is_found_too(assistant):
    said = assistant.ask("What is the acronym for the pilot boat reserve?").text
    assert "(PBR)" in said


@pytest.mark.parametrize(
    "question",
    ["What does the report mean?", "What does it mean for PBR users?", "What is a quay?"],
)
def test_what_asks_for_no_acronym_is_left_alone(assistant, question):
    assert acronym_asked(question, assistant.index.glossary) == ""
