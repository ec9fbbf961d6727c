import shutil
from datetime import date
from pathlib import Path

import pytest
from making import WordEmbedder, build

from assistant.conversation import Turn
from assistant.index import Index
from assistant.papers import PaperRecord
from assistant.scope import (
    EVERYTHING,
    Scope,
    committee_named,
    keys_within,
    last_meeting,
    scope_in,
    within,
)

HARBOUR_DAY, LIBRARY_DAY = date(2024, 10, 24), date(2018, 7, 9)
RECORDS = [
    PaperRecord(
        "a.md", "1", "Review", "report", "Fenshire", "Harbours Committee", date(2024, 10, 24), 1
    ),
    PaperRecord("b.md", "2", "Library plan", "report", "Fenshire", "Cabinet", date(2018, 7, 9), 1),
]


@pytest.mark.parametrize(
    ("said", "scope", "left"),
    [
        ("only Cabinet", Scope("Cabinet"), ""),
        ("Just the 2018 papers please", Scope(years=frozenset({"2018"})), ""),
        ("only the October 2024 papers", Scope(months=frozenset({"2024-10"})), ""),
        (
            "What was agreed, only Harbours Committee?",
            Scope("Harbours Committee"),
            "What was agreed",
        ),
        ("stick to Cabinet. What was agreed?", Scope("Cabinet"), "What was agreed?"),
        ("only the library plan papers", Scope(paper="library plan"), ""),
        ("only the minutes", Scope(kind="minutes"), ""),
        ("just the October 2024 reports", Scope(months=frozenset({"2024-10"}), kind="report"), ""),
        ("only the minutes of Cabinet", Scope("Cabinet", kind="minutes"), ""),
        (
            "Who was there, in the decision notices only?",
            Scope(kind="decision record"),
            "Who was there",
        ),
        ("only in the library papers", Scope(paper="library"), ""),
        ("look in all papers again", EVERYTHING, ""),
    ],
)
def test_words_set_a_scope_and_leave_the_question(said, scope, left):
    scoped = scope_in(said, RECORDS)
    assert scoped.scope == scope
    assert scoped.question.strip("? ") == left.strip("? ")


@pytest.mark.parametrize(
    "asked",
    [
        "only girls",
        "Did they just agree the minutes?",
        "Is there only one report?",
        "How many were let in just 2018?",
        "Is it the only ferry?",
        "and 2018?",
    ],
)
def test_only_sets_no_scope_where_it_names_no_papers(asked):
    assert scope_in(asked, RECORDS).scope is None


def test_a_body_that_is_not_indexed_is_a_scope_that_holds_nothing():
    scope = scope_in("only the Planning Committee", RECORDS).scope
    assert scope == Scope("Planning Committee")
    assert not any(scope.holds(record) for record in RECORDS)


def test_a_body_is_known_by_a_part_of_its_name():
    assert committee_named("the harbours committee", RECORDS) == "Harbours Committee"
    assert committee_named("the harbour ferry", RECORDS) == ""


def test_an_index_within_a_scope_finds_nothing_else(assistant):
    index = assistant.index
    inside = within(index, Scope("Libraries Panel"))
    keys = {key for key in inside.store.span("library.md")}
    scores = inside.all.scores({"mobil": 1.0, "moor": 1.0})
    assert {int(key) for key in scores.nonzero()[0]} <= keys
    assert within(index, Scope("Planning Committee")) is None


def test_a_scope_is_kept_until_it_is_changed(assistant):
    turns = [Turn("only the Libraries Panel", "So be it.")]
    found = assistant.search("How many moorings were let in Brackwater?", turns)
    assert {hit.passage.paper for hit in found.hits} == {"library.md"}
    assert found.question.understood.scope == "Libraries Panel"
    turns.append(Turn("look in all papers", "Yes."))
    assert not assistant.search("How many moorings were let in Brackwater?", turns).scope


def test_a_scope_that_leaves_nothing_says_so(assistant):
    reply = assistant.ask("How many moorings were let, only the 2011 papers?")
    assert "No paper indexed here is within “2011”" in reply.text


@pytest.mark.parametrize(
    ("asked", "day"),
    [
        ("What was agreed at the last meeting?", HARBOUR_DAY),
        ("the latest Cabinet papers", LIBRARY_DAY),
        ("What was agreed in 2018?", None),
    ],
)
def test_the_last_meeting_is_the_newest_of_the_index(asked, day):
    assert last_meeting(asked, RECORDS) == day


@pytest.mark.parametrize(
    ("scope", "kept", "said"),
    [
        (Scope(since=LIBRARY_DAY, until=LIBRARY_DAY), ["b.md"], "on 9 July 2018"),
        (Scope(since=HARBOUR_DAY), ["a.md"], "since 24 October 2024"),
        (Scope(until=HARBOUR_DAY), ["a.md", "b.md"], "until 24 October 2024"),
    ],
)
def test_a_scope_keeps_to_the_days_of_meetings(scope, kept, said):
    assert [record.path for record in RECORDS if scope.holds(record)] == kept
    assert scope.line == said and scope


def test_the_scope_in_force_is_kept_until_words_change_it(assistant):
    in_force = Scope("Libraries Panel")
    asked = "How many moorings were let in Brackwater?"
    assert assistant.search(asked, scope=in_force).scope == in_force
    assert assistant.search(f"All papers: {asked}", scope=in_force).scope == EVERYTHING


def test_words_that_set_a_scope_before_any_question_are_acknowledged(assistant):
    assert "Only “Libraries Panel” is looked in" in assistant.ask("only the Libraries Panel").text
    assert assistant.ask("all papers please").text.startswith("All papers")
    turns = [Turn("only the Libraries Panel", "Only ...")]
    assert "57 villages" in assistant.ask("How many villages were visited?", turns).text


def test_a_kind_of_paper_holds_what_is_bound_into_a_file(tmp_path):
    (tmp_path / "corpus").mkdir()
    shutil.copy(next(Path("corpus/sample").glob("*supplement.pdf")), tmp_path / "corpus")
    build(tmp_path / "corpus", tmp_path / "index")
    index = Index.open(tmp_path / "index", WordEmbedder.name)
    reports = index.store.get(keys_within(index, Scope(kind="report")))
    assert {one.type for one in reports} == {"report"}
    assert len(reports) < index.manifest.passages
    assert len(keys_within(index, Scope(kind="supplement"))) == index.manifest.passages
    assert within(index, Scope(kind="minutes")) is None
