"""Coverage: terms are held by what stands for them, and those that evidence needs weigh more."""

import pytest

from assistant.coverage import USUAL, Wanted, alternates, held_of, importance, learn, needed
from assistant.glossary import Glossary
from assistant.terms import stem

GLOSSARY = Glossary({"PBR": {"pilot boat reserve": 2}})
RESERVE = frozenset(stem(word) for word in ("pilot", "boat", "reserve"))


def test_an_acronym_is_held_where_its_whole_name_is():
    stands = alternates("how big is the PBR", ["big", "pbr"], GLOSSARY)
    assert held_of(frozenset({"pbr"}), RESERVE, stands) == {"pbr"}
    assert not held_of(frozenset({"pbr"}), RESERVE - {stem("pilot")}, stands)


def test_a_name_is_held_where_its_acronym_is():
    text = "the pilot boat reserve"
    stands = alternates(text, text.split(), GLOSSARY)
    assert held_of(RESERVE, {"pbr"}, stands) == RESERVE


def test_a_word_is_held_by_another_word_for_it():
    stands = alternates("pupils", ["pupils"], GLOSSARY)
    assert held_of(frozenset({stem("pupils")}), {stem("children"), stem("child")}, stands)


def test_nothing_else_is_held():
    assert held_of(frozenset({"ferri"}), {"boat"}, {}) == set()


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


def test_the_share_of_what_is_wanted_is_by_weight_and_of_what_stands_for_it(assistant):
    words = assistant.index.words
    wanted = Wanted(["ferri", "pbr"], words, {"pbr": (frozenset(RESERVE),)})
    weights = importance(["ferri", "pbr"], words)
    assert wanted.share({"ferri"}) == pytest.approx(weights["ferri"] / sum(weights.values()))
    assert wanted.share({"ferri", *RESERVE}) == 1.0
    assert wanted.missing(wanted.held({"ferri"})) == (weights["pbr"],)


def test_of_no_terms_the_share_is_what_the_caller_says(assistant):
    nothing = Wanted([], assistant.index.words, {})
    assert (nothing.share({"ferri"}), nothing.share({"ferri"}, of_none=1.0)) == (0.0, 1.0)
