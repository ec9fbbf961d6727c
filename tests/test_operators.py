"""A page's operators are those that pdfminer's own parser finds, whatever the file holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psexceptions import PSEOF, PSSyntaxError

from assistant.operators import values_in

# What content streams are made of, and where parsers differ
SIGNS = rb"( ) \ \( \1 \12 \053 [ ] << >> < > / /A #4 #41 # % - + . 1 23 4.5 -.5 1.2.3 5. true"
WORDS = b"false T* TJ ' \" { } \xe9 q null 4F a"
BITS = [*SIGNS.split(), *WORDS.split(), b" ", b"\n", b"\r\n", b"\\\r\n", b"\0", b"\t"]


def as_pdfminer_reads(content):
    parser, found = PDFContentParser([PDFStream({}, content)]), []
    try:
        while True:
            found.append(parser.nextobject()[1])
    except PSEOF:
        return found


@given(some.lists(some.sampled_from(BITS), max_size=14).map(b"".join))
def test_operators_and_what_they_are_given_are_read_as_pdfminer_reads_them(bits):
    content = bits + b" q"  # a name cut off by the end names nothing
    try:
        expected = as_pdfminer_reads(content)
    except PSSyntaxError:
        with pytest.raises(PSSyntaxError):
            list(values_in(content))
        return
    assert repr(list(values_in(content))) == repr(expected)


def test_strings_end_where_their_own_brackets_are_closed():
    found = list(values_in(rb"[(a(b)c)-250(d\)e)<41 42>]TJ"))
    assert found[0] == [b"a(b)c", -250, b"d)e", b"AB"]


def test_a_string_that_never_ends_takes_the_rest_of_the_page():
    assert list(values_in(b"1 (a( b) 2 Tj")) == [1]


def test_a_long_run_of_open_brackets_is_passed_over_at_once():
    assert list(values_in(b"(" * 200_000)) == []
