"""Spans: what is cut from the hits, each bound to the question among the words around it."""

import pytest
from making import WordEmbedder, build, write_corpus

from assistant.assistant import Assistant
from assistant.index import Index
from assistant.spans import spans_of

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
