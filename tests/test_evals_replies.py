import pytest

from evals.replies import Citation, Hit, RowInvalid, read_row

CITED = {"number": 1, "paper": "fares.pdf", "heading": "Fares", "page": 2, "quote": "it costs £2"}
ROW = {
    "id": "bus-1",
    "answer": "£2 [1]",
    "refused": False,
    "citations": [CITED],
    "figures": [],
    "worked_out": [{"text": "£1 more", "from": [1]}],
    "hits": [{"paper": "fares.pdf", "page": None, "heading": "", "text": "it costs £2"}],
    "milliseconds": 12,
}


def test_reads_what_a_batch_row_holds():
    reply = read_row(ROW)
    assert reply.citations == (Citation(1, "fares.pdf", "it costs £2", "Fares", 2),)
    assert reply.hits == (Hit("fares.pdf", "it costs £2"),)
    assert (reply.answer, reply.refused, reply.worked_out) == ("£2 [1]", False, ("£1 more",))
    assert reply.milliseconds == 12.0


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("answer", None),
        ("refused", "no"),
        ("citations", [{**CITED, "quote": None}]),
        ("citations", [{**CITED, "page": "2"}]),
        ("hits", ["fares.pdf"]),
        ("hits", None),
        ("milliseconds", "12"),
    ],
)
def test_a_row_that_lacks_a_field_is_named_with_its_case(key, value):
    with pytest.raises(RowInvalid, match="bus-1"):
        read_row({**ROW, key: value})
