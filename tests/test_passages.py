"""Passages: nothing is lost, nothing crosses an item, nothing is too long, all stands in place."""

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import make_paper, make_passage

from assistant.corpus import READERS, list_files, read_paper
from assistant.papers import Block, Box, Kind, Section
from assistant.passages import MAX_WORDS, Place, context, cut_paper, embedding_text, labelled

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "papers"
LENGTHS = st.one_of(st.integers(1, 30), st.sampled_from([179, 180, 181, 400, 900]))
ENDS = ("", ".", ":", ";")


@st.composite
def block_lists(draw):
    """Blocks of all kinds and lengths, each on a page of its own and in words of its own."""
    return [made(draw, at) for at in range(draw(st.integers(1, 12)))]


def made(draw, at):
    kind = draw(st.sampled_from(Kind))
    step = draw(st.sampled_from([7, 40, 10_000]))  # words in a sentence
    said = [f"W{at}x{n}{'.' if n % step == step - 1 else ''}" for n in range(draw(LENGTHS))]
    text = " ".join(said).rstrip(".") + draw(st.sampled_from(ENDS))
    row = kind is Kind.TABLE_ROW
    return Block(
        kind,
        text,
        page=at + 1,
        box=Box(0, at, 9, at + 1),
        level=draw(st.integers(1, 3)) if kind is Kind.HEADING else 0,
        number=draw(st.sampled_from(["", "2.1", "a)"])),
        cells=(text, "") if row else (),
        heads=("Port", "Dues") if row else (),
        table=1 if row else 0,
        continues=at > 0 and draw(st.booleans()),
    )


@st.composite
def papers(draw):
    blocks = draw(block_lists())
    cuts = sorted(draw(st.sets(st.integers(1, len(blocks)), max_size=3)) - {len(blocks)})
    bounds = [0, *cuts, len(blocks)]
    return make_paper(
        blocks,
        *(
            Section(start, end, f"Report {n}", "report", item=str(n))
            for n, (start, end) in enumerate(pairwise(bounds))
        ),
    )


def tokens(text):
    return re.findall(r"W\d+x\d+", text)


@settings(max_examples=60, deadline=None)
@given(papers())
def test_no_word_of_any_block_is_lost_or_said_twice(paper):
    passages = cut_paper(paper)
    own = Counter(token for passage in passages for token in tokens(passage.text))
    above = {token for passage in passages for head in passage.trail for token in tokens(head)}
    for block in paper.blocks:
        for token in tokens(block.text):
            heading = block.kind is Kind.HEADING
            assert own[token] == 1 or (heading and own[token] == 0 and token in above), token


@settings(max_examples=60, deadline=None)
@given(papers())
def test_no_passage_holds_more_words_than_a_citation_should(paper):
    assert all(0 < len(passage.text.split()) <= MAX_WORDS for passage in cut_paper(paper))


@settings(max_examples=60, deadline=None)
@given(papers())
def test_no_passage_crosses_an_agenda_item(paper):
    for passage in cut_paper(paper):
        section = paper.sections[int(passage.item)]
        held = {int(token[1:].split("x")[0]) for token in tokens(passage.text)}
        assert held <= set(range(section.start, section.end))
        assert passage.title == section.title


@settings(max_examples=60, deadline=None)
@given(papers())
def test_every_word_stands_on_the_page_and_in_the_box_of_its_block(paper):
    for passage in cut_paper(paper):
        offsets = [place.offset for place in passage.places]
        assert offsets[0] == 0 and offsets == sorted(set(offsets))
        for match in re.finditer(r"W(\d+)x\d+", passage.text):
            place, block = passage.place_at(match.start()), paper.blocks[int(match[1])]
            assert (place.page, place.box) == (block.page, block.box)


@settings(max_examples=60, deadline=None)
@given(papers())
def test_the_words_come_in_the_papers_order(paper):
    order = [tuple(map(int, t[1:].split("x"))) for p in cut_paper(paper) for t in tokens(p.text)]
    assert order == sorted(order)


def cut(*blocks):
    return cut_paper(make_paper(list(blocks)))


def paragraph(text, number=""):
    return Block(Kind.PARAGRAPH, text, number=number)


def item(text, number=""):
    return Block(Kind.LIST_ITEM, text, number=number, level=1)


def heading(text, level, number=""):
    return Block(Kind.HEADING, text, level=level, number=number)


LONG = " ".join(["The harbour master reads the tide tables aloud each morning."] * 2)


def test_each_numbered_paragraph_is_a_passage_with_its_number():
    found = cut(paragraph("Dues rose.", "4.1"), paragraph("Fares fell.", "4.2"))
    assert [(p.paragraph, p.text) for p in found] == [("4.1", "Dues rose."), ("4.2", "Fares fell.")]


def test_a_list_stays_with_its_lead_in_and_keeps_its_marks():
    found = cut(paragraph("Members agreed to:"), item("fold it", "a)"), item("post it", "b)"))
    assert [p.text for p in found] == ["Members agreed to:\na) fold it\nb) post it"]


def test_the_rest_of_a_long_list_carries_its_lead_in_beside_its_words():
    found = cut(paragraph("Members agreed to:"), *[item(LONG) for _ in range(20)])
    assert len(found) > 1
    assert [p.lead for p in found] == ["", *["Members agreed to:"] * (len(found) - 1)]
    assert "Members agreed to:" in embedding_text(found[-1])


def test_a_paragraph_that_goes_on_over_the_page_is_one_passage_on_two_pages():
    first = Block(Kind.PARAGRAPH, "The quay was", page=4, printed="2")
    second = Block(Kind.PARAGRAPH, "closed in May.", page=5, printed="3", continues=True)
    (found,) = cut(first, second)
    assert found.text == "The quay was closed in May."
    assert found.places == (Place(0, 4, "2", None), Place(13, 5, "3", None))


def test_each_table_row_is_a_passage_with_its_column_heads_and_title():
    row = {"heads": ("Port", "Dues"), "caption": "Table 2: dues", "table": 2}
    blocks = [
        Block(Kind.TABLE_ROW, f"{port} | £5", cells=(port, "£5"), **row) for port in ("Bay", "Quay")
    ]
    found = cut(heading("Dues", 1), *blocks)
    assert [(p.text, p.table) for p in found] == [("Bay | £5", 2), ("Quay | £5", 2)]
    assert found[0].heading == "Dues > Table 2: dues > Port | Dues"
    assert labelled(found[0]) == "Port: Bay; Dues: £5"


def row(*cells, heads=(), table=1, **place):
    text = " | ".join(cell for cell in cells if cell)
    return Block(Kind.TABLE_ROW, text, cells=cells, heads=heads, table=table, **place)


def is_whole(passage):
    return passage.text == " | ".join(cell for cell in passage.cells if cell)


HEADS = ("Port", "Note", "Dues")


def test_a_row_that_goes_on_over_the_page_is_joined_cell_by_cell():
    first = row("Bay", "the quay was", "£5", heads=HEADS, page=4)
    second = row("", "closed in May", "", heads=HEADS, page=5, continues=True)
    (found,) = cut(first, second)
    assert found.text == "Bay | the quay was closed in May | £5" and is_whole(found)
    assert [found.place_at(found.text.index(w)).page for w in ("was", "closed", "£5")] == [4, 5, 4]
    assert labelled(found) == "Port: Bay; Note: the quay was closed in May; Dues: £5"


def test_what_goes_on_in_other_columns_stands_after_the_row():
    first = row("Bay", "the quay was", "£5", heads=HEADS)
    (found,) = cut(first, row("closed in May", "till June", continues=True))
    assert is_whole(found) and found.text.endswith("£5 | closed in May | till June")
    assert labelled(found).startswith("Port: Bay; Note: the quay was; Dues: £5; closed in May")


def test_each_part_of_a_long_row_has_its_own_words_in_their_columns():
    found = cut(row("Bay", "Dues of £1,234 rose. " * 60, "Fares fell.", heads=HEADS))
    assert len(found) > 1 and all(is_whole(part) for part in found)
    assert found[0].cells[0] == "Bay" and found[-1].cells[2] == "Fares fell."
    assert "Fares" not in labelled(found[0]) and "Bay" not in labelled(found[-1])


def test_the_parts_of_a_long_row_carry_its_first_cell_beside_their_words():
    found = cut(row("Bay", "The quay was closed again. " * 60))
    assert [part.lead for part in found] == ["", *["Bay"] * (len(found) - 1)]


def test_paragraphs_of_minutes_are_minutes():
    blocks = [paragraph("Councillor Reed took the chair.", "12.")]
    paper = make_paper(blocks, Section(0, 1, "Minutes", "minutes"))
    assert [(p.kind, p.paragraph) for p in cut_paper(paper)] == [(Kind.MINUTE, "12.")]


def test_a_passage_has_the_headings_above_it_and_none_beside_or_below():
    found = cut(
        heading("Harbour", 1, "2."),
        heading("Dues", 2),
        paragraph(LONG),
        heading("Fares", 2),
        paragraph(LONG),
        heading("Ferry", 1),
        paragraph(LONG),
    )
    assert [p.trail for p in found] == [("2. Harbour", "Dues"), ("2. Harbour", "Fares"), ("Ferry",)]


def test_a_heading_with_nothing_beneath_is_a_passage_of_its_own():
    found = cut(heading("Apologies", 1), heading("Dues", 1), paragraph(LONG), heading("End", 1))
    assert [p.text for p in found] == ["Apologies", LONG, "End"]


def test_a_bare_heading_stands_below_those_above_it():
    found = cut(heading("Harbour", 1, "2."), heading("Dues", 2, "2.1"), heading("Fares", 2))
    assert [(p.text, p.trail) for p in found] == [
        ("Dues", ("2. Harbour",)),
        ("Fares", ("2. Harbour",)),
    ]


def test_short_lines_in_a_row_are_read_as_one_passage():
    found = cut(paragraph("Contact: Wren Ashby"), paragraph("Tel: 01234 567890"), paragraph(LONG))
    assert [p.text for p in found] == ["Contact: Wren Ashby\nTel: 01234 567890", LONG]


def test_a_part_without_a_meeting_is_of_the_papers():
    (found,) = cut(paragraph(LONG))
    record = make_paper([]).record
    assert (found.committee, found.meeting_date) == (record.committee, record.meeting_date)


def test_what_rides_beside_the_words_is_searched_and_not_quoted():
    beside = make_passage("Dues rose.", trail=("Tariff",), caption="Yachts", lead="Agreed:")
    assert {"Tariff", "Yachts", "Agreed:"} <= set(context(beside).split("\n"))
    assert beside.text == "Dues rose."
    assert beside.heading == "Tariff > Yachts"


def uncovered(paper):
    """The words of blocks that stand in no passage of their section, with how many are missing."""
    held: Counter[str] = Counter()
    for passage in cut_paper(paper):
        held.update(passage.text.split())
    above = {head for passage in cut_paper(paper) for head in passage.trail}
    wanted: Counter[str] = Counter()
    for block in paper.blocks:
        numbered = f"{block.number} {block.text}".strip()
        if block.kind is not Kind.HEADING or numbered not in above:
            wanted.update(word for word in block.text.split() if word != "|")
    return wanted - held


def real_papers(folder):
    if not folder.is_dir():
        pytest.skip("the folder shared/papers is not beside this checkout")
    with ThreadPoolExecutor(2) as pool:  # each PDF is read in a process of its own
        return list(pool.map(lambda file: read_paper(folder, file, {}), list_files(folder)))


@pytest.mark.slow
@pytest.mark.parametrize(
    "folder", [ROOT / "corpus", SHARED / "dorset", SHARED / "kent"], ids=lambda path: path.name
)
def test_the_passages_of_real_papers_cover_every_block(folder):
    found = real_papers(folder)
    assert found
    for paper in found:
        assert not uncovered(paper), paper.record.path
        assert all(len(passage.text.split()) <= MAX_WORDS for passage in cut_paper(paper))


def test_there_is_a_reader_for_every_kind_of_file_that_the_design_names():
    assert {".pdf", ".docx", ".html", ".md", ".txt"} <= READERS.keys()


def test_a_row_over_all_of_its_table_names_the_rows_under_it_and_no_others_do():
    def row(table, *cells):
        text = " | ".join(cell for cell in cells if cell)
        return Block(Kind.TABLE_ROW, text, 1, cells=cells, table=table)

    found = cut_paper(
        make_paper(
            [
                row(1, "Accidents on the quay", ""),
                row(1, "Fenshire 61", "A"),
                row(2, "Accidents at sea", ""),
                row(2, "Fenshire 12", "G"),
            ]
        )
    )
    assert [passage.lead for passage in found] == [
        "",
        "Accidents on the quay",
        "",
        "Accidents at sea",
    ]
