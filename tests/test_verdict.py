"""The verdict: which of the spans answer, and when none do."""

from dataclasses import replace

import numpy as np
import pytest
from making import make_passage

from assistant import verdict
from assistant.binding import Binding
from assistant.questions import understand
from assistant.reader import Scored
from assistant.retriever import Hit
from assistant.spans import SPAN_FEATURES, Span
from assistant.traits import traits_of
from assistant.verdict import NONE, VERDICT_FEATURES, Verdict, verdict_features

BOUND = Binding(value=True, period=True, names=1.0, matter=1.0, whole=1.0, opposed=False)
AMISS = [{"value": False}, {"period": False}, {"opposed": True}]


def scored(score, key=1, **bound):
    """A passage as one span, read with this score."""
    passage = make_passage("The dues of the quay are £40.", key=key, paper=f"{key}.pdf")
    span = Span(0, passage, traits_of(passage), score, replace(BOUND, **bound), 0, 29)
    return Scored(span, score, np.zeros(len(SPAN_FEATURES), np.float32))


@pytest.fixture
def hits():
    passage = make_passage("The dues of the quay are £40.")
    return [Hit(passage, traits_of(passage), 2.0, (), (passage,), (2.0,))]


@pytest.fixture
def question(assistant):
    return understand("What are the dues?", assistant.index.glossary, assistant.index.words)


@pytest.fixture
def judge(monkeypatch):
    """A verdict that finds these odds, whatever it is asked."""

    def finds(odds):
        monkeypatch.setattr(Verdict, "odds", lambda *_: odds)
        return Verdict()

    return finds


@pytest.mark.parametrize("amiss", AMISS)
def test_what_cannot_answer_is_passed_over_however_well_it_reads(judge, question, hits, amiss):
    best, answer = scored(9.0, **amiss), scored(1.0, key=2)
    assert judge(1.0).answering(question, hits, [best, answer]) == [answer]


@pytest.mark.parametrize("amiss", AMISS)
def test_where_nothing_can_answer_the_odds_are_none(question, hits, amiss):
    assert verdict_features(question, hits, [scored(9.0, **amiss)]) == []
    assert Verdict().odds(question, hits, [scored(9.0, **amiss)]) == NONE
    assert Verdict().answering(question, hits, [scored(9.0, **amiss)]) == []


def test_below_the_least_odds_the_papers_do_not_say(judge, question, hits):
    spans = [scored(1.0)]
    assert judge(verdict.LEAST + 0.01).answering(question, hits, spans) == spans
    assert judge(verdict.LEAST - 0.01).answering(question, hits, spans) == []


def test_a_follow_up_is_held_to_its_names(judge, question, hits):
    leaning = replace(question, leans=True)
    named, unnamed = scored(1.0), scored(2.0, key=2, names=0.3)
    assert judge(-9.0).answering(leaning, hits, [unnamed, named]) == [named]


def test_every_feature_has_its_name_and_its_place(question, hits):
    best, second = scored(3.0), scored(1.0, key=2, value=False, names=0.5)
    told = dict(
        zip(VERDICT_FEATURES, verdict_features(question, hits, [best, second]), strict=True)
    )
    assert (told["score"], told["behind"], told["answering"]) == (3.0, 0.0, 0.5)
    assert (told["read_second"], told["read_third"], told["hit_second"]) == (-2.0, NONE, NONE)
    assert (told["most_names"], told["papers"], told["hit"]) == (1.0, 2.0, 2.0)


def test_how_far_the_best_that_can_answer_stays_behind_what_cannot_is_told(question, hits):
    told = verdict_features(question, hits, [scored(5.0, value=False), scored(1.5, key=2)])
    assert dict(zip(VERDICT_FEATURES, told, strict=True))["behind"] == 3.5
