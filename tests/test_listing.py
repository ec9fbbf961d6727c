"""Listing: a long list says how many points it has, however many passages it runs over."""

import numpy as np
import pytest
from making import WordEmbedder, build, make_passage, write_corpus

from assistant.binding import Binding
from assistant.index import Index
from assistant.listing import counted, points, run_of
from assistant.picking import pick, told
from assistant.questions import understand
from assistant.reader import Scored
from assistant.spans import Span
from assistant.traits import traits_of

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


CONDITIONS = [f"Condition of the berth at pier {at}, kept." for at in range(60)]
STEPS = [
    f"Step {at} is due. {'It is taken by the crew of the day and told to the pilot. ' * 2}"
    for at in "ABCDEFGH"
]


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lists")
    conditions, steps = ("\n".join(f"- {one}" for one in each) for each in (CONDITIONS, STEPS))
    short = "- It sails.\n- It takes dogs."
    ferry = f"# Ferry\n\n{LEAD}\n\n{conditions}\n"
    pilot = f"# Pilot\n\nThe pilot goes by these steps:\n\n{steps}\n"
    dogs = f"# Dogs\n\nThe ferry does two things:\n\n{short}\n"
    build(write_corpus(folder / "corpus", ferry=ferry, pilot=pilot, dogs=dogs), folder / "index")
    return Index.open(folder / "index", WordEmbedder.name)


def found(index, words):
    return [one for one in index.store.every() if words in one.text]


def shown(index, question, passage):
    """What is shown where the last line of this passage reads best."""
    start = passage.text.rindex("\n") + 1
    binding = Binding(value=True, period=True, names=1.0, matter=1.0, whole=1.0, opposed=False)
    span = Span(0, passage, traits_of(passage), 1.0, binding, start, len(passage.text))
    read = [Scored(span, 1.0, np.empty(0, np.float32))]
    picked = pick(understand(question, index.glossary, index.words), read, index)
    return " ".join(told(one.evidence.passage, one.shown) for one in picked)


def test_a_list_runs_over_the_passages_with_its_lead_in(index):
    parts = found(index, "berth")
    assert len(parts) > 1
    assert all(run_of(part, index) == parts for part in parts)
    assert "\n".join(one.text for one in parts).count("Condition") == len(CONDITIONS)


def test_of_a_list_too_long_to_tell_whole_every_point_is_begun(index):
    parts = found(index, "pilot")
    assert len(parts) > 1
    said = shown(index, "What are the steps that the pilot goes by?", parts[-1])
    assert all(f"Step {at} is due." in said for at in "ABCDEFGH"), [said, [p.text for p in parts]]
    assert said.count("crew of the day") == 2, said


def test_a_list_is_told_whole_where_it_is_asked_for(index):
    (passage,) = found(index, "takes dogs")
    assert "It sails." in shown(index, "What are the things that the ferry does?", passage)


def test_a_list_over_several_passages_is_counted_whole(index):
    first, *rest = found(index, "pier")
    assert rest
    said = counted([first], index)
    assert said.text == f"a list of 60 points, {points(first)} of them here"
    assert counted([first, *rest], index).text == "a list of 60 points"


def test_a_short_list_is_not_counted(index):
    assert counted(found(index, "takes dogs"), index) is None
