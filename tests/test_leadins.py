import pytest
from making import WordEmbedder, build, write_corpus

from assistant.assistant import Assistant
from assistant.evidence import quotes
from assistant.index import Index
from assistant.leadins import completed

PAPER = """# Fenshire County Council

# Harbours Committee

Date of Meeting: 24 October 2024

## Definition

The Admiralty's description of a fairway is as follows: “A channel kept clear. It is marked by
buoys.” Other channels are not.

## Duties

The harbour master must do these things:

- light the beacons;
- sound the bar each month;
- log the tides.

## Tariff

The tariff for a berth rests on three parts: the length, the month and the stay. It was set in May.

## Annex

The annex holds the following map:

## Next steps

Nothing more is planned.
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("leads")
    build(write_corpus(folder / "corpus", paper=PAPER), folder / "index")
    return Index.open(folder / "index", WordEmbedder.name)


def shown(index, words):
    """What is shown where only the lead-in with these words was picked."""
    passage = next(one for one in index.store.every() if words in one.text)
    end = passage.text.index(":") + 1
    picked = completed(quotes(passage, [(0, end)]), index)
    return " ".join(one.evidence.passage.text[a:b] for one in picked for a, b in one.shown)


def test_a_quotation_comes_whole_and_alone(index):
    said = shown(index, "as follows")
    assert said.endswith("marked by\nbuoys.”") or said.endswith("marked by buoys.”")


def test_a_list_comes_whole(index):
    said = shown(index, "these things")
    assert "light the beacons" in said and "log the tides" in said


def test_the_sentence_behind_a_colon_comes_with_it(index):
    said = shown(index, "three parts")
    assert said.endswith("the month and the stay.")


def test_a_lead_in_to_nothing_is_left_out(index):
    assert shown(index, "following map") == ""


def test_words_that_lead_to_nothing_else_stay_as_they_are(index):
    passage = next(one for one in index.store.every() if "Nothing more" in one.text)
    picked = quotes(passage, [(0, len(passage.text))])
    assert completed(picked, index) == picked


def test_an_answer_never_ends_in_a_lead_in(index):
    ask = Assistant(index, WordEmbedder()).ask
    assert not ask("What must the harbour master do?").text.rstrip(" [1]").endswith(":")
