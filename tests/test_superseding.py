"""A supplement's figure beats the one of the paper that it supplements, which is named."""

import pytest
from making import HARBOUR, WordEmbedder, build, write_corpus

from assistant.assistant import Assistant
from assistant.index import Index
from assistant.superseding import EARLIER

ASKED = "How many moorings were let in Brackwater?"
OLD = "The number of moorings let in Brackwater fell from 412 to 389 in 2023-24."
NEW = "The number of moorings let in Brackwater fell from 412 to 377 in 2023-24."
NAME = "Item 7 - Supplementary - harbour"


@pytest.fixture
def told(tmp_path):
    """The lines of the answer over these papers."""

    def answer(question=ASKED, **papers):
        corpus, index = write_corpus(tmp_path / "corpus", **papers), tmp_path / "index"
        build(corpus, index)
        assistant = Assistant(Index.open(index, WordEmbedder.name), WordEmbedder())
        return [line.rpartition(" [")[0] for line in assistant.ask(question).text.splitlines()]

    return answer


def supplement(*changes, paper=HARBOUR):
    for old, new in changes:
        assert old in paper
        paper = paper.replace(old, new)
    return paper


def test_a_later_figure_comes_first_and_the_earlier_one_is_named(told):
    papers = {"harbour": HARBOUR, NAME: supplement((OLD, NEW))}
    assert told(**papers)[:2] == [NEW, EARLIER + OLD]


def test_the_newest_of_two_supplements_counts(told):
    newest = NEW.replace("377", "371")
    papers = {"harbour": HARBOUR, "Supplement 1 harbour": supplement((OLD, NEW))}
    papers["Supplement 2 harbour"] = supplement((OLD, newest))
    first, *rest = told(**papers)
    assert first == newest
    assert rest and all(line.startswith(EARLIER) for line in rest if "Brackwater" in line)


def test_a_correction_of_a_paragraph_comes_before_it(told):
    correction = "In paragraph 1.2 the figure of 389 should read 377."
    papers = {"harbour": HARBOUR, NAME: supplement((OLD, correction))}
    assert told(**papers)[:2] == [correction, EARLIER + OLD]


def test_a_later_row_under_the_same_heads_comes_first(told):
    rows = "<table><tr><th>Moorings</th><th>Let</th></tr><tr><td>Thornmere pier</td><td>{}</td>"
    old, new = (f"{rows.format(number)}</tr></table>" for number in (214, 209))
    papers = {"harbour": HARBOUR + old, NAME: HARBOUR + new}
    lines = told("How many moorings are let at Thornmere pier?", **papers)
    assert "209" in lines[0]
    assert lines[1].startswith(EARLIER)
    assert "214" in lines[1]


@pytest.mark.parametrize(
    "later",
    [
        HARBOUR,  # tells nothing anew
        supplement((OLD, NEW), ("24 October 2024", "7 May 2024")),  # of another meeting
        supplement((OLD, "The ferry carried 377 motor cars to Saltmarsh Quay.")),
        supplement((OLD, f"Item 7, 24/00115: {OLD}")),  # no figure but the numbers of the decision
    ],
)
def test_what_no_supplement_tells_anew_stands_as_it_is(told, later):
    lines = told(**{"harbour": HARBOUR, NAME: later})
    assert OLD in lines
    assert not any(line.startswith(EARLIER) for line in lines)


def test_a_month_that_only_the_earlier_paper_tells_of_is_answered_from_it(told):
    old, new = (
        "In May 2024 there were 389 moorings let.",
        "In June 2024 there were 377 moorings let.",
    )
    papers = {"harbour": supplement((OLD, old)), NAME: supplement((OLD, new))}
    assert told("How many moorings were let in May 2024?", **papers)[0] == old
    assert told("How many moorings were let?", **papers)[0] == new


@pytest.mark.slow
def test_the_supplement_of_the_sample_answers_before_its_pack(sample_assistant):
    lines = sample_assistant.ask("How many fostering households are there?").text.splitlines()
    first = next(line for line in lines if "there were 196" in line)
    then = lines[lines.index(first) + 1]
    assert then.startswith(EARLIER) and "there were 191" in then
    assert "196" in lines[0]
