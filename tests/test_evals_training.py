"""The training: passages that no pair names, and yet may answer, are not taught as wrong."""

from dataclasses import replace

import numpy as np
from making import make_passage

from evals.embedding import half_of
from evals.judging import ELSEWHERE, NEAR, TAKEN_OUT
from evals.training import UNSURE, Lesson, Pair, labels_of, lacking_of
from evals.wording import words
from evals.written import Quote

SAID = "The Gullhaven slipway will be lengthened by 250 metres in May."
PAIR = Pair(
    "How far will the slipway be lengthened?",
    "council/minutes.txt",
    Quote(words(SAID)),
    (words("by 250 metres"),),
    (False, False, True, False, False, False),
)


def labels(*told, pair=PAIR):
    """The labels of passages, each its paper, its text and what it holds of the question."""
    passages = [make_passage(text, paper=paper) for paper, text, _ in told]
    return labels_of(pair, passages, np.array([held for *_, held in told])).tolist()


EVIDENCE = ("council/minutes.txt", SAID, 0.8)


def test_evidence_counts_where_another_paper_says_it_word_for_word():
    assert labels(EVIDENCE, ("council/report.txt", f"We note. {SAID}", 0.8)) == [1, 1]


def test_what_holds_the_answer_and_as_much_of_the_question_is_in_doubt():
    other = "A slipway that grows by 250 metres is wanted."
    assert labels(EVIDENCE, ("council/report.txt", other, 0.75)) == [1, UNSURE]


def test_what_holds_the_answer_but_little_of_the_question_is_none():
    assert labels(EVIDENCE, ("council/report.txt", "The quay moved by 250 metres.", 0.5)) == [1, 0]


def test_an_answer_of_few_letters_stands_elsewhere_by_chance():
    short = Pair(PAIR.question, PAIR.paper, PAIR.evidence, (words("250"),), PAIR.holds)
    told = ("council/report.txt", "Of 250 slipways none is lengthened.", 0.8)
    assert labels(EVIDENCE, told, pair=short) == [1, 0]


def test_nothing_is_in_doubt_where_the_evidence_was_not_found():
    assert labels(("council/report.txt", "It grows by 250 metres.", 0.9)) == [0]


def test_nothing_is_learned_from_rows_in_doubt():
    lesson = Lesson("council", np.arange(3.0)[:, None], np.array([1, UNSURE, 0]))
    sure = lesson.sure()
    assert (sure.table[:, 0].tolist(), sure.labels.tolist()) == ([0.0, 2.0], [1, 0])


def test_what_a_half_does_not_answer_is_near_about_elsewhere_or_asked_without_its_paper(assistant):
    harbour = replace(PAIR, paper="kent_a/harbour.md")
    other = replace(PAIR, paper="suffolk_parish/minutes.txt")
    half, index = half_of(harbour.paper), assistant.index
    pairs = [harbour, other] if half == 0 else [other, harbour]
    found = {
        kind: (pair, within)
        for kind, pair, within in lacking_of([*pairs, *pairs], [harbour, other], half, index)
    }
    assert found[NEAR] == (harbour, index)
    assert found[ELSEWHERE] == (other, index)
    pair, within = found[TAKEN_OUT]
    scores = within.words.scores({"moor": 1.0})
    assert pair == harbour
    assert index.words.scores({"moor": 1.0}).any() and not scores.any()
