"""Listing: a long list says how many points it has, however many passages it runs over."""

import pytest
from making import WordEmbedder, build, make_passage, write_corpus

from assistant.index import Index
from assistant.listing import counted, points

LEAD = "The ferry is let on these conditions:"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (f"{LEAD}\nIt sails daily.\nIt takes dogs.", 2),
        ("1. It sails daily.\n2. It takes dogs.\n3. It is blue.", 3),
        ("1. It sails daily\n(a) at nine\n(b) at ten\n2. It takes dogs.", 2),
        ("The ferry\nsails daily.", 0),
        ("It sails daily.", 0),
    ],
)
def test_points_are_the_lines_that_are_numbered_alike_or_introduced(text, count):
    assert points(make_passage(text)) == count


@pytest.fixture
def index(tmp_path):
    conditions = "\n".join(f"- Condition of the berth at pier {at}, kept." for at in range(60))
    write_corpus(tmp_path / "corpus", ferry=f"# Ferry\n\n{LEAD}\n\n{conditions}\n")
    build(tmp_path / "corpus", tmp_path / "index")
    return Index.open(tmp_path / "index", WordEmbedder.name)


def test_a_list_over_several_passages_is_counted_whole(index):
    first, *rest = [one for one in index.store.every() if "pier" in one.text]
    assert rest
    said = counted(first, 1, index)
    assert said.text == f"a list of 60 points, {points(first)} of them here"


def test_a_short_list_is_not_counted(index):
    assert counted(make_passage(f"{LEAD}\nIt sails.\nIt takes dogs."), 1, index) is None
