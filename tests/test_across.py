"""Across papers: what each of those says that a question sets side by side."""

import pytest
from making import WordEmbedder, build, write_corpus

from assistant.across import set_apart
from assistant.answers import Answer
from assistant.assistant import Assistant
from assistant.index import Index

PAPER = """# Fenshire County Council

# {body}

Date of Meeting: {day}

## {title}

Water quality at the bathing beaches stood at {share}% in the last test.
The beaches of the {body} are cleaned each morning by two crews of five.
The risk to the dredging of the harbour is {risk}.
"""
PAPERS = {
    "spring": ("Harbours Committee", "21 March 2018", "Monitoring report", 81, "high"),
    "autumn": ("Harbours Committee", "12 September 2018", "Monitoring report", 94, "low"),
    "later": ("Cabinet", "19 September 2018", "Dredging strategy", 93, "medium"),
    "newest": ("Cabinet", "24 October 2024", "Bathing strategy", 97, "low"),
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("across")
    names = ("body", "day", "title", "share", "risk")
    papers = {
        name: PAPER.format(**dict(zip(names, said, strict=True))) for name, said in PAPERS.items()
    }
    build(write_corpus(folder / "corpus", **papers), folder / "index")
    return Assistant(Index.open(folder / "index", WordEmbedder.name), WordEmbedder())


def _papers(assistant, question):
    """The names of the papers that a question sets apart, in order, one set after another."""
    index = assistant.index
    apart = set_apart(question, index.store.documents(), index)
    found = [] if apart is None else apart.papers
    return [sorted({p.paper.split(".")[0] for p in index.store.get(list(keys))}) for keys in found]


@pytest.mark.parametrize(
    ("question", "papers"),
    [
        (
            "What did the March 2018 report give for water quality and what did the September 2018"
            " one give?",
            [["autumn", "later"], ["spring"]],
        ),
        (
            "Has water quality changed between the March and October 2024 papers?",
            [],  # no paper of March 2024
        ),
        (
            "Compare the risk at Harbours on 12 September and at Cabinet on 19 September 2018.",
            [["autumn"], ["later"]],
        ),
        (
            "What was water quality in March 2018, and how does the 2024 bathing strategy put it?",
            [["newest"], ["spring"]],
        ),
        (
            "How has water quality moved since the March 2018 report?",
            [["autumn", "later", "newest"], ["spring"]],
        ),
        ("What do both 2018 reports say of water quality?", [["autumn"], ["later"], ["spring"]]),
        ("What did the March 2018 report give for water quality?", []),
        ("May the crews march on the beaches?", []),
    ],
)
def test_papers_that_a_question_names_by_their_time_are_set_apart(assistant, question, papers):
    assert sorted(_papers(assistant, question)) == sorted(papers)


def test_each_of_the_papers_is_told_and_cited(assistant):
    reply = assistant.ask("What was water quality in the March 2018 and September 2018 reports?")
    assert isinstance(reply, Answer)
    assert {cited.evidence.passage.paper for cited in reply.citations} >= {"spring.md"}
    assert "81%" in reply.text
    assert "94%" in reply.text or "93%" in reply.text
    assert "21 March 2018 and" in reply.text


def test_what_is_set_side_by_side_is_of_one_measure(assistant):
    reply = assistant.ask("Compare the risk in the March 2018 report and the September 2018 one.")
    assert isinstance(reply, Answer)
    assert all("risk" in cited.evidence.text for cited in reply.citations)
    assert "high" in reply.text


def test_the_hits_of_each_paper_come_before_the_rest(assistant):
    question = "What was water quality in the March 2018 and September 2018 reports?"
    first, second = assistant.search(question, limit=2).hits
    assert first.passage.paper != second.passage.paper


def test_papers_that_do_not_both_say_it_are_asked_as_one(assistant):
    found = assistant.search("How much are lifts in the March 2018 and September 2018 reports?")
    assert len(found.sides.asked) == 2
    assert not isinstance(assistant.answer(found), Answer)
