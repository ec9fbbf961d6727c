"""Tables typeset on the fly, ruled and not, and the rows the reader rebuilds."""

from __future__ import annotations

from pathlib import Path

import typst

from assistant.lines import joined_lines
from assistant.papers import Block, Kind
from assistant.pdf import read_pdf

BODY = (
    "[Pier], [10.5], [12.0], [1.5], [Ferry], [20.0], [18.5], [−1.5], [Total], [30.5], [30.5], [0.0]"
)
HEADS = "[Service], [Budget], [Forecast], [Variance]"
ROWS = [
    ("Pier", "10.5", "12.0", "1.5"),
    ("Ferry", "20.0", "18.5", "−1.5"),
    ("Total", "30.5", "30.5", "0.0"),
]


def rows(folder: Path, source: str) -> list[Block]:
    path = folder / "paper.pdf"
    page = "#set page(width: 420pt, height: 300pt, margin: 40pt)\n#set text(size: 10pt)\n"
    path.write_bytes(typst.compile((page + source).encode()))
    return [block for block in read_pdf(path).blocks if block.kind is Kind.TABLE_ROW]


def test_a_ruled_table_gives_its_cells_under_their_heads(tmp_path: Path) -> None:
    head, *body = rows(tmp_path, f"#table(columns: 4, {HEADS}, {BODY})")
    assert (head.cells, head.heads) == (("Service", "Budget", "Forecast", "Variance"), ())
    assert [row.cells for row in body] == ROWS
    assert {row.heads for row in body} == {head.cells}


def test_a_table_with_no_rulings_gives_the_same(tmp_path: Path) -> None:
    plain = "columns: (1fr,) * 4, align: (left, right, right, right), stroke: none"
    source = f"#table({plain}, {HEADS}, {BODY})"
    assert [row.cells for row in rows(tmp_path, source)[1:]] == ROWS


def test_a_table_with_lines_between_rows_gives_the_same(tmp_path: Path) -> None:
    source = f"#table(columns: (1fr,) * 4, stroke: (top: 0.5pt, bottom: 0.5pt), {HEADS}, {BODY})"
    assert [row.cells for row in rows(tmp_path, source)[1:]] == ROWS


def test_a_table_of_filled_cells_gives_the_same(tmp_path: Path) -> None:
    fill = "fill: (x, y) => if calc.odd(y) { silver } else { aqua }"
    source = f"#table(columns: (1fr,) * 4, stroke: white, {fill}, {HEADS}, {BODY})"
    assert [row.cells for row in rows(tmp_path, source)[1:]] == ROWS


def test_a_row_reads_as_its_filled_cells(tmp_path: Path) -> None:
    source = f"#table(columns: 4, {HEADS}, [Pier], [10.5], [], [1.5], [Ferry], [1.0], [2.0], [3.0])"
    row = rows(tmp_path, source)[1]
    assert (row.cells, row.text) == (("Pier", "10.5", "", "1.5"), "Pier | 10.5 | 1.5")


def test_a_head_over_two_columns_comes_first(tmp_path: Path) -> None:
    upper = "[], table.cell(colspan: 2)[2031-32], [2032-33]"
    head = rows(tmp_path, f"#table(columns: (1fr,) * 4, {upper}, {HEADS}, {BODY})")[-1].heads
    assert head[1:] == ("2031-32 > Budget", "2031-32 > Forecast", "2032-33 Variance")


def test_a_wrapped_cell_is_one_cell(tmp_path: Path) -> None:
    words = "the crossing was shut for nine days after the storm and opened late"
    source = (
        f"#table(columns: (80pt, 120pt), [*Risk*], [*Effect*], [Storm], [{words}], [Fog], [none])"
    )
    assert rows(tmp_path, source)[1].cells == ("Storm", words)


def test_a_head_printed_again_on_the_next_page_is_not_a_row(tmp_path: Path) -> None:
    many = ", ".join(f"[Pier {n}], [{n}.5], [{n}.0], [0.5]" for n in range(1, 20))
    found = rows(tmp_path, f"#table(columns: (1fr,) * 4, table.header({HEADS}), {many})")
    assert [row.cells[0] for row in found] == ["Service", *(f"Pier {n}" for n in range(1, 20))]
    assert {row.table for row in found} == {1}
    assert found[-1].page == 2
    assert found[-1].heads == found[1].heads


def test_the_title_above_a_table_is_its_caption(tmp_path: Path) -> None:
    source = f"Table 4: Crossings by pier\n\n#table(columns: 4, {HEADS}, {BODY})"
    assert {row.caption for row in rows(tmp_path, source)} == {"Table 4: Crossings by pier"}


def test_prose_in_a_box_is_no_table(tmp_path: Path) -> None:
    source = "#rect(width: 100%)[The panel heard that the ferry ran to time. " * 3 + "]" * 3
    assert rows(tmp_path, source) == []


STRIPES = "columns: (1fr,) * 5, align: center, stroke: (top: 0.5pt, bottom: 0.5pt)"


def test_a_head_in_the_middle_of_its_columns_is_over_each_of_them(tmp_path: Path) -> None:
    upper = "[], table.cell(colspan: 2)[Boys], table.cell(colspan: 2)[Girls]"
    lower = "[Area], [Reading], [Maths], [Reading], [Maths]"
    body = "[Quay], [71%], [64%], [75%], [62%], [Fell], [70%], [61%], [74%], [60%]"
    found = rows(tmp_path, f"#table({STRIPES}, {upper}, {lower}, {body})")
    want = ("Area", "Boys > Reading", "Boys > Maths", "Girls > Reading", "Girls > Maths")
    assert found[-1].heads == want


def test_walls_beside_the_lower_heads_do_not_narrow_the_upper_one(tmp_path: Path) -> None:
    span = "table.cell(colspan: 3)"
    upper = f"table.cell(rowspan: 2)[Day], {span}[Absent with leave], {span}[Absent]"
    lower = "[Ill], [Away], [Other cause], [Late], [Held back], [Other]"
    body = "[Mon], [4.1], [2.0], [1.5], [0.9], [0.2], [3.3]"
    source = f"#table(columns: (1fr,) * 7, {upper}, {lower}, {body})"
    heads = rows(tmp_path, source)[-1].heads
    assert heads[1:4] == tuple(f"Absent with leave > {h}" for h in ("Ill", "Away", "Other cause"))
    assert heads[4:] == tuple(f"Absent > {head}" for head in ("Late", "Held back", "Other"))


def test_a_rule_at_the_top_of_the_page_takes_nothing_into_the_table(tmp_path: Path) -> None:
    lines = "= Tides\n\nThe panel heard that tides ran high.\n\nTable 3: Crossings\n\n"
    plain = "columns: (1fr,) * 4, stroke: (top: 0.5pt, bottom: 0.5pt)"
    source = f"#line(length: 100%)\n{lines}#table({plain}, {HEADS}, {BODY})"
    found = rows(tmp_path, source)
    assert found[0].cells == ("Service", "Budget", "Forecast", "Variance")
    assert (found[1].heads, found[1].caption) == (found[0].cells, "Table 3: Crossings")


def test_a_title_between_rules_parts_two_tables(tmp_path: Path) -> None:
    plain = "columns: (1fr,) * 4, stroke: (top: 0.5pt, bottom: 0.5pt)"
    one = f"#table({plain}, {HEADS}, {BODY})"
    found = rows(tmp_path, f"Table 1: Boys\n\n{one}\n\nTable 2: Girls\n\n{one}")
    assert [row.caption for row in found] == ["Table 1: Boys"] * 4 + ["Table 2: Girls"] * 4
    assert not any(row.cells[0].startswith("Table") for row in found)


def test_heads_above_the_rulings_name_the_columns(tmp_path: Path) -> None:
    source = (
        f"#table(columns: (1fr,) * 4, table.cell(stroke: none)[Service], "
        f"table.cell(stroke: none)[Budget], table.cell(stroke: none)[Forecast], "
        f"table.cell(stroke: none)[Variance], {BODY})"
    )
    found = rows(tmp_path, source)
    assert found[1].heads == ("Service", "Budget", "Forecast", "Variance")


def test_letters_torn_off_in_a_narrow_cell_go_back_to_their_word() -> None:
    assert joined_lines(["Forecas", "t"]) == "Forecast"
    assert joined_lines(["Revenu", "e Budget"]) == "Revenue Budget"
    assert joined_lines(["points", "v national"]) == "points v national"
    assert joined_lines(["share", "of"]) == "share of"
