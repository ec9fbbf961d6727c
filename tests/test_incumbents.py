import pytest
from making import WordEmbedder, build, write_corpus

from assistant.answers import Refusal
from assistant.assistant import Assistant
from assistant.conversation import Turn
from assistant.index import Index

OLD = """# Fenshire County Council

# Harbours Committee

Date of Meeting: 14 March 2018

## Membership

Ida Pike (Chairman), Tom Lark (Vice-Chairman), Abel Finch and Rose Teal

## Officers

Chief Executive: Hugh Dunlin, Quay House, Brackwater

Report Author: Olive Marsh
Job Title: Dredging Manager
"""
NEW = """# Fenshire County Council

# Harbours Committee

Date of Meeting: 24 October 2024

## Membership

Tom Lark (Chair), Rose Teal (Vice-Chair) and Abel Finch

## Officers

Officers present: Mary Snipe (Chief Executive), Olive Marsh (Corporate Director for Quays and
Tides), Noel Brant (Assistant Director of Public Health)
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    folder = tmp_path_factory.mktemp("posts")
    build(write_corpus(folder / "corpus", old=OLD, new=NEW), folder / "index")
    return Assistant(Index.open(folder / "index", WordEmbedder.name), WordEmbedder()).ask


@pytest.mark.parametrize(
    ("question", "held", "not_held"),
    [
        ("Who is the chief executive?", "Mary Snipe", "Dunlin"),
        ("Who was the chief executive in March 2018?", "Hugh Dunlin", "Snipe"),
        ("Who chairs the Harbours Committee?", "Tom Lark", "Pike"),
        ("Who was in the chair of the Harbours Committee in March 2018?", "Ida Pike", "Lark"),
        ("Who was vice-chairman in March 2018?", "Tom Lark", "Ida"),
        ("What is Olive Marsh's role?", "Quays and Tides", "Dredging"),
        ("What was Olive Marsh's job title in 2018?", "Dredging Manager", "Tides"),
        ("Who is Olive Marsh?", "Corporate Director", "Brant"),
    ],
)
def test_the_pair_of_the_time_asked_for_answers(ask, question, held, not_held):
    said = ask(question).text
    assert held in said and not_held not in said


def test_without_a_time_it_is_said_as_of_when(ask):
    reply = ask("Who is the chief executive?")
    assert reply.worked_out[0].text.startswith("as of 24 October 2024")
    assert not ask("Who was the chief executive in March 2018?").worked_out


def test_two_times_get_both(ask):
    said = ask("Who was chief executive in March 2018, and who is it in October 2024?").text
    assert said.index("Hugh Dunlin") < said.index("Mary Snipe")
    said = ask("What was Olive Marsh's post in March 2018 and what is it in October 2024?").text
    assert said.index("Dredging Manager") < said.index("Quays and Tides")


@pytest.mark.parametrize(
    "question",
    [
        "Who is the monitoring officer?",
        "Who is the Director of Public Health?",  # there is an assistant director only
        "Who was the chief executive in 2010?",
        "Who is the leader of Saltmarsh Council?",
    ],
)
def test_a_post_that_no_paper_names_is_refused(ask, question):
    assert isinstance(ask(question), Refusal)


def test_a_follow_up_asks_on_after_the_post(ask):
    first = Turn("Who is the chief executive?", "Mary Snipe (Chief Executive)")
    assert "Hugh Dunlin" in ask("and in March 2018?", [first]).text
    assert "Hugh Dunlin" in ask("and who was it in 2018?", [first]).text
    chair = Turn("Who chairs the Harbours Committee?", "Tom Lark (Chair)")
    assert "Rose Teal" in ask("and the vice-chair?", [chair]).text
