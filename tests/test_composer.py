"""Composing: what is shown is the papers' own words, marked and cited, or a refusal."""

from hypothesis import given, settings
from hypothesis import strategies as st
from making import make_paper, make_passage, make_record

from assistant.answers import Answer, Citation, Part, plain, write_text
from assistant.composer import refuse
from assistant.evidence import quotes
from assistant.papers import Block, Kind
from assistant.passages import Place, cut_paper
from assistant.picking import told
from assistant.text import sentences

CELLS = st.lists(st.integers(1, 10**6).map("{:,}".format), min_size=1, max_size=150).map(
    " and ".join
)
SENTENCES = st.lists(st.integers(1, 10**6).map("Dues of £{:,} rose.".format), min_size=1).map(
    " ".join
)
TEXT = "Dues rose by 4%. Fares fell by 7%. The quay is open."


def test_a_refusal_names_the_date_searched_up_to_and_what_lay_nearest(assistant):
    found = assistant.search("moorings in Brackwater")
    refusal = refuse(found.question, found.hits, assistant.index)
    assert "24 October 2024" in refusal.text
    assert [citation.number for citation in refusal.nearest] == [1, 2, 3]
    assert "Brackwater" in refusal.nearest[0].evidence.passage.text


def test_a_refusal_with_nothing_near_says_the_same(assistant):
    found = assistant.search("moorings in Brackwater")
    assert refuse(found.question, [], assistant.index).nearest == ()


@st.composite
def choices(draw):
    """A passage cut from a made paper, and spans of it that might be shown."""
    kind = draw(st.sampled_from(Kind))
    cells = tuple(draw(st.lists(CELLS, min_size=1, max_size=4)))
    row = kind is Kind.TABLE_ROW
    block = Block(
        kind,
        " | ".join(cell for cell in cells if cell) if row else draw(SENTENCES),
        cells=cells if row else (),
        heads=tuple(f"Year {n}" for n, _ in enumerate(cells)) if row else (),
        level=1 if kind is Kind.HEADING else 0,
    )
    passage = draw(st.sampled_from(cut_paper(make_paper([block]))))
    spans = sentences(passage.text)
    whole = [(0, len(passage.text))]
    return passage, draw(st.just(whole) | st.lists(st.sampled_from(spans), min_size=1, unique=True))


@settings(max_examples=60, deadline=None)
@given(choices())
def test_what_is_shown_of_a_passage_makes_an_answer_that_its_quotation_bears(choice):
    chosen = quotes(*choice)[0]
    text = write_text([Part(told(chosen.evidence.passage, chosen.shown), 1)])
    answer = Answer(text, (Citation(1, chosen.evidence, make_record()),))
    said = [word for word in plain(answer).split() if any(map(str.isdigit, word))]
    assert said


def test_a_short_passage_is_quoted_whole_around_what_is_shown():
    passage = make_passage(TEXT)
    (chosen,) = quotes(passage, [sentences(TEXT)[1]])
    assert chosen.evidence.text == TEXT


def test_words_on_two_pages_are_cited_page_by_page():
    second = sentences(TEXT)[1][0]
    places = (Place(0, 4, "2", None), Place(second, 5, "3", None))
    passage = make_passage(TEXT, places=places)
    found = quotes(passage, [(0, len(TEXT))])
    assert [chosen.evidence.page for chosen in found] == [4, 5]
    assert found[1].evidence.start == second
