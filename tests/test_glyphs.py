"""Characters by column make the words that a reader sees on each line."""

import numpy as np

from assistant.glyphs import NO_GLYPHS, Glyphs, main_turn, words_on_lines

SIZE = 10.0


def set_line(text, left=0.0, top=0.0, size=SIZE, step=5.0):
    """Rows (text, left, top, right, bottom, size) of letters that touch each other."""
    return [
        (letter, left + step * at, top, left + step * (at + 1), top + size, size)
        for at, letter in enumerate(text)
    ]


def glyphs(rows, turn=0):
    text = np.array([row[0] for row in rows], dtype=object)
    columns = np.array([row[1:] for row in rows], dtype=float).T
    return Glyphs(text, *columns, np.zeros(len(rows), bool), np.full(len(rows), float(turn)))


def read(rows, rules=()):
    return [word.text for word in words_on_lines(glyphs(rows), rules)]


def test_a_page_without_characters_has_no_words():
    assert words_on_lines(NO_GLYPHS, []) == [] and main_turn(NO_GLYPHS) == 0


def test_words_end_at_spaces_gaps_lines_and_rulings():
    rows = [*set_line("the quay"), *set_line("costs", 60.0), *set_line("less", top=20.0)]
    assert read(rows) == ["the", "quay", "costs", "less"]
    assert read(set_line("12345678"), [(20.0, -5.0, 30.0)]) == ["1234", "5678"]
    assert read(set_line("12345678"), [(20.0, 40.0, 90.0)]) == ["12345678"]


def test_letters_are_read_from_left_to_right_in_whatever_order_they_were_drawn():
    assert read([*reversed(set_line("quay")), *set_line("old ", -25.0)]) == ["old", "quay"]


def test_letters_printed_twice_a_hair_apart_are_read_once():
    twice = [row for one in set_line("quay") for row in (one, (one[0], one[1] + 0.3, *one[2:]))]
    assert read(twice) == ["quay"]


def test_a_word_has_the_edges_of_its_letters_and_the_size_of_most():
    rows = [*set_line("Qua"), *set_line("y", 15.0, top=-2.0, size=12.0)]
    (word,) = words_on_lines(glyphs(rows), [])
    assert word[:6] == ("Quay", 0.0, -2.0, 20.0, 10.0, SIZE)


def test_blanks_alone_are_no_words():
    assert read(set_line("   ")) == []
