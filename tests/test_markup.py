from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import PaperUnreadable
from assistant.inline import escape, plain
from assistant.markup import read_html, read_markup, read_text
from assistant.papers import Kind
from assistant.text import words

DORSET = Path(__file__).parents[1].parent / "shared" / "papers" / "dorset"


def blocks(text):
    return read_markup(text, "paper.txt").blocks


def rows(text):
    return [block for block in blocks(text) if block.kind == Kind.TABLE_ROW]


def shapes(text):
    return [(block.kind, block.number, block.text) for block in blocks(text)]


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("Held on 10 <sup>th</sup> May", "Held on 10th May"),
        ("cost £45<sup>2</sup> each", "cost £45 each"),
        ("a hall of 90 m<sup>2</sup>", "a hall of 90 m2"),
        ("**Ferry** *toll* [fares](http://x.uk/a_(b)) &amp; A\\*-C", "Ferry toll fares & A*-C"),
        ("under <5% of <b>ferries</b>", "under <5% of ferries"),
        ("(cid:131) Quays\xa0and\u00ad piers", "Quays and piers"),
        ("<p>Asked to:</p><ol><li>note</li><li>agree</li></ol>", "Asked to:\n1. note\n2. agree"),
        ("<ul><li>• One</li><li>Two<br>more</li></ul>", "• One\n• Two\nmore"),
    ],
)
def test_markup_never_remains_and_words_do(markup, words):
    assert plain(markup) == words


@given(st.text(alphabet="ab <>&*_[]()`#\\/p£5", max_size=40))
def test_escaped_words_come_back_as_they_were(text):
    assert plain(escape(text)) == " ".join(text.split())


def test_headings_are_known_by_hash_bold_number_or_standing_alone():
    text = (
        "# Quay Committee\n\n## 1. **Ferry fares**\n\nFares rose by a tenth in May.\n\n"
        "**What it means:**\n\nFewer people crossed by ferry.\n\n2. Harbour Dues\n\n"
        "The dues stayed as they were.\n\nNext Steps\n\nA report follows in the autumn."
    )
    found = [(b.level, b.number, b.text) for b in blocks(text) if b.kind == Kind.HEADING]
    assert found == [
        (1, "", "Quay Committee"),
        (2, "1.", "Ferry fares"),
        (3, "", "What it means:"),
        (2, "2.", "Harbour Dues"),
        (3, "", "Next Steps"),
    ]


def test_numbered_paragraphs_and_list_items_keep_their_numbers_apart():
    text = (
        "- 1.1 The pier shut.\n- 4.5. Dues will rise for:\n - a) ferries\n - (ii) yachts\n• boats"
    )
    assert shapes(text) == [
        (Kind.PARAGRAPH, "1.1", "The pier shut."),
        (Kind.PARAGRAPH, "4.5.", "Dues will rise for:"),
        (Kind.LIST_ITEM, "a)", "ferries"),
        (Kind.LIST_ITEM, "(ii)", "yachts"),
        (Kind.LIST_ITEM, "", "boats"),
    ]


def test_minutes_are_numbered_without_a_point_but_dates_are_not_numbers():
    text = "6 Apologies came from Cllr Ash.\n\n- 7 The panel met.\n\n21 March was agreed."
    assert [block.number for block in blocks(text)] == ["6", "7", ""]


def test_an_agenda_heading_is_parted_from_its_pages():
    found = shapes("**8. Pier Repairs** 33 - 58\n\nTo consider a report.")
    assert found[:2] == [(Kind.HEADING, "8.", "Pier Repairs"), (Kind.PARAGRAPH, "", "33 - 58")]


def test_a_sentence_broken_over_the_page_goes_on():
    text = (
        "The harbour office had been told in spring that the\n\n"
        "This page is intentionally left blank\n\ndredger was late."
    )
    assert [block.continues for block in blocks(text)] == [False, True]
    assert blocks(text)[1].text == "dredger was late."


def test_a_footnote_waits_for_the_sentence_it_interrupts():
    text = (
        "The harbour office had been told in spring<sup>1</sup> that the\n\n---\n\n"
        "<sup>1</sup> Minutes of May.\n\ndredger was late.\n\nIt came in June."
    )
    assert [b.text for b in blocks(text)][1:] == [
        "dredger was late.",
        "Minutes of May.",
        "It came in June.",
    ]


def test_a_running_head_that_cuts_a_table_is_dropped_and_a_repeated_decision_is_not():
    text = (
        "Noted\n\nFerry update\n\nDate\tItem\tOwner\n1 May 2020\tFerry\tAsh\n\nFerry update\n\n"
        "\tPier\tOak\n\nFerry update\n\n\tQuay\tElm\n\nThe list was read.\n\nNoted\n\nAll left."
    )
    found = [block.text for block in blocks(text)]
    assert "Ferry update" not in found
    assert found.count("Noted") == 2


def test_stamps_and_page_numbers_are_dropped_and_figures_kept():
    text = "Ferries carried:\n\n45\n\nPage 12\n\nThe pier shut.\n\n13\n\nIt opened."
    assert [b.text for b in blocks(text)] == [
        "Ferries carried:\n45",
        "The pier shut.",
        "It opened.",
    ]


def test_form_feeds_number_the_pages():
    reading = read_markup("The pier shut.\fIt opened.\n", "paper.txt")
    assert [block.page for block in reading.blocks] == [1, 2]
    assert reading.pages == 2


def test_a_table_of_labels_has_no_heads_and_open_rows_belong_to_the_label_above():
    found = rows("Date of Meeting\t3 May 2020\nImpact:\tNone on fares\n\tNone on dues")
    assert [row.heads for row in found] == [(), (), ("", "Impact:")]
    assert found[0].text == "Date of Meeting | 3 May 2020"


def test_two_levels_of_heads_are_joined_above_each_figure():
    found = rows("2020\tFerries\t\tYachts\t\n\tMay\tJune\tMay\tJune\nQuay\t5\t6\t7\t8")
    assert found[2].heads == (
        "2020",
        "Ferries > May",
        "Ferries > June",
        "Yachts > May",
        "Yachts > June",
    )


def test_the_rule_under_the_heads_of_a_markdown_table_leaves_them_over_its_rows():
    found = rows(
        "| Place | May |\n|---|:---:|\n| Quay | £5 |\n\n| Name | Post |\n|---|---|\n| Ash | Chair |"
    )
    assert [row.heads for row in found] == [(), ("Place", "May"), (), ("Name", "Post")]
    assert [row.table for row in found] == [1, 1, 2, 2]


def test_title_and_group_rows_caption_the_rows_below():
    found = rows(
        "Harbour dues\t\t\nPlace\tMay\tJune\nNorth\t\t\nQuay\t£5\t£6\nSouth\t\t\nPier\t£7\t£8"
    )
    assert [row.caption for row in found if row.cells[1].startswith("£")] == [
        "Harbour dues > North",
        "Harbour dues > South",
    ]


def test_a_row_broken_over_the_page_continues_under_the_same_heads():
    text = (
        "Ferry update\n\nDate\tItem\tOwner\tNote\n1 May 2020\tFerry\tCllr Ash,\tOpen\n\n"
        "Ferry update\n\n\t\tCllr Oak\t\n2 May 2020\tPier\tCllr Elm\tOpen"
    )
    row = rows(text)[2]
    assert row.continues
    assert row.heads[2] == "1 May 2020 > Owner"
    assert len({row.table for row in rows(text)}) == 1


def test_columns_of_statuses_are_not_taken_for_heads():
    found = rows("Risk of silting\tMEDIUM\tUNCHANGED\nRisk of storms\tMEDIUM\tIMPROVING")
    assert [row.heads for row in found] == [(), ()]


def test_printed_lines_are_put_together_to_paragraphs():
    lines = ["The ferry company told the harbour board in the", "spring that fares would go up."]
    text = "\n".join(["[page]", *lines * 6])
    assert {block.text for block in blocks(text)} == {" ".join(lines)}


def test_tabs_between_words_are_not_a_table():
    assert not rows("unless\tthe\tpayment\tis\tmade\tin\nfull\tby\tthe\tboard\tin\ttime")


def test_html_keeps_structure_and_drops_scripts_with_a_remark(tmp_path):
    path = tmp_path / "paper.html"
    path.write_text(
        "<title>Fares</title><nav>Home</nav><h2>Ferry &amp; pier</h2><p>Fares <b>rose</b>.</p>"
        "<script>steal()</script><ol><li>Note it</li></ol><table><tr><th rowspan=2>Place"
        "<th colspan=2>Dues</tr><tr><th>May<th>June</tr><tr><td>Quay<td>£5<td>£6</tr></table>"
    )
    reading = read_html(path)
    assert [(b.kind, b.number, b.text) for b in reading.blocks[:3]] == [
        (Kind.HEADING, "", "Ferry & pier"),
        (Kind.PARAGRAPH, "", "Fares rose."),
        (Kind.LIST_ITEM, "1.", "Note it"),
    ]
    assert reading.blocks[-1].heads == ("Place", "Dues > May", "Dues > June")
    assert reading.title == "Fares"
    assert reading.remarks == ("1 script or style element left out",)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b" \n", "empty"),
        (b"%PDF-1.7 ...", "not a text file"),
        (bytes(range(1, 9)) * 50, "not text"),
        (b"----\n\n****\n", "no words"),
    ],
)
def test_files_without_words_are_refused_with_the_reason(tmp_path, data, reason):
    path = tmp_path / "paper.txt"
    path.write_bytes(data)
    with pytest.raises(PaperUnreadable, match=reason):
        read_text(path)


def test_old_windows_text_is_read(tmp_path):
    path = tmp_path / "paper.txt"
    path.write_bytes("Fares rose by £5 – twice.".encode("cp1252"))
    assert read_text(path).blocks[0].text == "Fares rose by £5 – twice."


_WORD = st.sampled_from(["Ferry", "quay", "£4.5m", "12%", "the", "fares.", "Dues:", "of", "rose"])
_LINE = st.tuples(
    st.sampled_from(["", "- ", "## ", "1.2 ", "3. ", "(a) ", "• ", "**Pier** "]),
    st.lists(_WORD, min_size=1, max_size=9).map(" ".join),
).map("".join)
_TABLE = st.lists(st.lists(_WORD, min_size=3, max_size=3).map("\t".join), min_size=1).map("\n".join)


@given(st.lists(st.one_of(_LINE, _TABLE), min_size=1, max_size=12, unique=True))
def test_no_word_is_lost(parts):
    text = "\n\n".join(parts)
    found = " ".join(f"{block.number} {block.text}" for block in blocks(text))
    assert sorted(words(plain(text.replace("\t", " ")))) == sorted(words(found))


@pytest.mark.skipif(not DORSET.exists(), reason="the shared papers are not here")
def test_no_markup_remains_in_real_papers():
    for path in DORSET.glob("*.txt"):
        for block in read_text(path).blocks:
            assert not any(
                mark in block.text for mark in ("**", "<p>", "</", "&amp;", "\t", "](")
            ), block


@given(st.text(alphabet="aB1.)( \n\t\f|#*-•<>[]:;£%²\\", max_size=120))
def test_any_text_is_read_or_refused(text):
    try:
        found = blocks(text)
    except PaperUnreadable:
        return
    assert all(block.text for block in found)
