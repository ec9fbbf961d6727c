"""Spans: what is cut from the hits, each bound to the question among the words around it."""

import pytest
from making import WordEmbedder, build, write_corpus

from assistant.assistant import Assistant
from assistant.index import Index
from assistant.reader import span_table
from assistant.spans import SPAN_FEATURES, SPAN_LIKES, spans_of

SPOKE = (
    "Councillor Number{} spoke at length of weather, wind, tides and the price of rope and tar, and"
    " of what the boats that lie there have seen of storms since the last of the old quays went. "
)
MINUTES = """# Minutes

The board met to hear of the harbour.

## Dues

The Ternmouth dues rose.

## Slipway

The Gullhaven works were raised by a member.

{}

The engineer replied that the slipway would be lengthened by 250 metres.
"""


@pytest.mark.parametrize(("name", "share"), [("Gullhaven", 1.0), ("Ternmouth", 0.0)])
def test_a_name_said_before_under_the_same_heading_is_of_what_follows(tmp_path, name, share):
    spoken = "\n\n".join((2 * SPOKE).format(n, n) for n in range(4))
    corpus = write_corpus(tmp_path / "corpus", minutes=MINUTES.format(spoken))
    build(corpus, tmp_path / "index")
    index = Index.open(tmp_path / "index", WordEmbedder.name)
    asked = f"How far will the slipway at {name} be lengthened?"
    found = Assistant(index, WordEmbedder()).search(asked, limit=1)
    spans = spans_of(found.question, found.hits, index)
    assert [span.binding.names for span in spans if "250" in span.text] == [share]


def test_what_stands_beside_a_span_is_likened_to_the_question_too(tmp_path):
    corpus = write_corpus(tmp_path / "corpus", minutes=MINUTES.format("Tar is dear. Boats wait."))
    build(corpus, tmp_path / "index")
    index = Index.open(tmp_path / "index", WordEmbedder.name)
    found = Assistant(index, WordEmbedder()).search("How long will the slipway be?")
    spans, table = span_table(found.question, found.hits, index)
    column = {name: table[:, SPAN_FEATURES.index(name)] for name in SPAN_LIKES}
    own = column["like"]
    for at in range(1, len(spans)):
        together = spans[at].hit == spans[at - 1].hit
        assert column["like_before"][at] == (own[at - 1] if together else 0.0)
        assert column["like_after"][at - 1] == (own[at] if together else 0.0)
    assert (column["like_passage"] >= own).all()
    assert own[next(at for at, span in enumerate(spans) if "250" in span.text)] == own.max() > 0
