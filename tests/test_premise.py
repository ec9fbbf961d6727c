import pytest
from making import build, write_corpus

from assistant.answers import Answer
from assistant.assistant import Assistant
from assistant.index import Index
from assistant.premise import NO_SUCH_FIGURE, OTHERWISE

PAPER = """# Fenshire County Council

# Harbours Committee

Date of Meeting: 24 October 2024

## Ferry

3.1 In all, ferry fares rose by 6% in 2023 because fuel cost more.

3.2 The ferry carried 4,120 passengers in 2023.
"""


@pytest.fixture(scope="module")
def ferry(tmp_path_factory):
    from making import WordEmbedder

    folder = tmp_path_factory.mktemp("ferry")
    build(write_corpus(folder / "corpus", ferry=PAPER), folder / "index")
    return Assistant(Index.open(folder / "index", WordEmbedder.name), WordEmbedder())


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("Why did ferry fares fall in 2023?", OTHERWISE),
        ("Why did ferry fares rise in 2023?", None),
        (
            "Why did fares of the Fenshire ferry rise by 9.5% because of fuel in 2023?",
            NO_SUCH_FIGURE,
        ),
        ("Why did ferry fares rise by 6% in 2023?", None),
    ],
)
def test_a_premise_that_the_papers_contradict_is_corrected(ferry, question, lead):
    reply = ferry.ask(question)
    assert isinstance(reply, Answer)
    first = reply.text.split("\n")[0]
    assert first == lead if lead else first not in (OTHERWISE, NO_SUCH_FIGURE)
    assert "6%" in reply.text and "9.5" not in reply.text
