from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import make_passage, make_record, write_store

from assistant.papers import Box, Kind
from assistant.passages import Passage, Place
from assistant.store import Held, Store
from assistant.traits import traits_of

WORDS = st.text(max_size=20)
PLACES = st.builds(
    Place,
    st.integers(0, 50),
    st.none() | st.integers(1, 900),
    WORDS,
    st.none() | st.builds(Box, *[st.integers(0, 800).map(float)] * 4),
)
PASSAGES = st.builds(
    Passage,
    key=st.just(0),
    paper=st.just("papers/quay.pdf"),
    kind=st.sampled_from(Kind),
    text=st.text(min_size=1, max_size=60),
    places=st.lists(PLACES, min_size=1, max_size=3).map(tuple),
    trail=st.lists(WORDS, max_size=3).map(tuple),
    lead=WORDS,
    paragraph=WORDS,
    heads=st.lists(WORDS, max_size=3).map(tuple),
    cells=st.lists(WORDS, max_size=3).map(tuple),
    caption=WORDS,
    table=st.integers(0, 3),
    title=WORDS,
    type=WORDS,
    item=WORDS,
    item_title=WORDS,
    committee=st.just("Cabinet"),
    meeting_date=st.dates(),
)


def write(path, passages, records=None):
    records = records or [make_record(p) for p in dict.fromkeys(one.paper for one in passages)]
    papers = [
        Held(known, known, tuple(one for one in passages if one.paper == known.path))
        for known in records
    ]
    write_store(path, papers, [traits_of(passage) for passage in passages])
    return Store(path)


@pytest.fixture
def store(tmp_path):
    papers = ["a.pdf"] * 4 + ["b.pdf"] * 3
    return write(
        tmp_path / "papers.sqlite",
        [
            make_passage(f"Words {key}.", key=key, paper=paper, table=key // 2)
            for key, paper in enumerate(papers)
        ],
    )


def keys(passages):
    return [passage.key for passage in passages]


@settings(max_examples=8, deadline=None)
@given(st.lists(PASSAGES, min_size=1, max_size=9))
def test_passages_come_back_as_they_went_in(tmp_path_factory, made):
    passages = [replace(passage, key=key) for key, passage in enumerate(made)]
    store = write(tmp_path_factory.mktemp("store") / "papers.sqlite", passages)
    assert list(store.every()) == passages
    assert store.traits(range(len(passages))) == [traits_of(passage) for passage in passages]
    store.close()


@pytest.mark.parametrize("day", [date(2024, 10, 24), None])
def test_a_record_comes_back_as_it_went_in(tmp_path, day):
    record = make_record(meeting_date=day, pages=None, remarks=("2 of 9 pages hold only pictures",))
    store = write(tmp_path / "papers.sqlite", [make_passage("Words.", key=0)], [record])
    assert store.records == {record.path: record}


def test_passages_come_in_the_order_asked_for_and_unknown_keys_are_left_out(store):
    assert keys(store.get([5, 99, 0, 5, -1, 3])) == [5, 0, 3]
    assert keys(store.get(range(2_000))) == list(range(7))


def test_all_passages_come_by_key(store):
    assert keys(store.every()) == list(range(7))


def test_a_papers_passages_are_one_span(store):
    assert (store.span("a.pdf"), store.span("b.pdf")) == (range(4), range(4, 7))
    assert len(store.span("none.pdf")) == 0


def test_a_tables_rows_are_those_of_one_paper(store):
    assert keys(store.table("a.pdf", 1)) == [2, 3]
    assert keys(store.table("b.pdf", 2)) == [4, 5]


def test_neighbours_stop_at_the_end_of_the_paper(store):
    (last,) = store.get([3])
    assert keys(store.around(last, 2, 2)) == [1, 2, 3]


def test_a_passage_that_names_no_meeting_is_of_its_papers(tmp_path):
    store = write(tmp_path / "papers.sqlite", [make_passage("Words.", key=0)])
    (found,) = store.get([0])
    assert (found.committee, found.meeting_date) == ("Harbours Committee", date(2024, 10, 24))


def test_a_store_cannot_be_written_through(store):
    with pytest.raises(Exception, match="readonly"):
        store._database.execute("DELETE FROM passages")
