"""Coverage: terms are held by what stands for them, and those that evidence needs weigh more."""

import pytest

from assistant.coverage import USUAL, alternates, held_of, importance, learn, needed
from assistant.glossary import Glossary
from assistant.terms import stem

GLOSSARY = Glossary({"PBR": {"pilot boat reserve": 2}})
RESERVE = {stem(word) for word in ("pilot", "boat", "reserve")}


def test_an_acronym_is_held_where_its_whole_name_is():
    stands = alternates("how big is the PBR", ["big", "pbr"], GLOSSARY)
    assert held_of({"pbr"}, RESERVE, stands) == {"pbr"}
    assert not held_of({"pbr"}, RESERVE - {stem("pilot")}, stands)


def test_a_name_is_held_where_its_acronym_is():
    text = "the pilot boat reserve"
    stands = alternates(text, text.split(), GLOSSARY)
    assert held_of(RESERVE, {"pbr"}, stands) == RESERVE


def test_a_word_is_held_by_another_word_for_it():
    stands = alternates("pupils", ["pupils"], GLOSSARY)
    assert held_of({stem("pupils")}, {stem("children"), stem("child")}, stands)


def test_nothing_else_is_held():
    assert held_of({"ferri"}, {"boat"}, {}) == set()


def test_what_evidence_lacks_more_often_is_learned_to_matter_less():
    shares = learn([("percentag", at == 0) for at in range(20)] + [("ferri", True)] * 20)
    assert shares["percentag"] < USUAL < shares["ferri"]


def test_a_term_of_few_questions_is_left_as_usual():
    assert learn([("ferri", True)] * 2) == {}


def test_asking_words_weigh_less_than_matters_do():
    assert needed()[stem("percentage")] < needed()[stem("budget")]


def test_a_term_weighs_its_rarity_by_how_often_it_is_needed(assistant):
    words = assistant.index.words
    weights = importance(["percentag", "ferri"], words)
    assert weights["ferri"] == pytest.approx(words.rarity("ferri") * needed().get("ferri", USUAL))
    assert weights["percentag"] < words.rarity("percentag") * USUAL
