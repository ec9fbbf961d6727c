"""Journals: a line is added whole or not at all."""

import json

from assistant.journal import add_line


def test_entries_are_lines_of_json_in_the_order_they_came(tmp_path):
    file = tmp_path / "a.jsonl"
    assert add_line(file, {"said": "café"}, 1_000) and add_line(file, {"said": "no"}, 1_000)
    assert [json.loads(line)["said"] for line in file.read_text("utf-8").splitlines()] == [
        "café",
        "no",
    ]


def test_a_journal_that_is_full_takes_nothing_more(tmp_path):
    file = tmp_path / "a.jsonl"
    assert add_line(file, {"said": "yes"}, 20)
    assert not add_line(file, {"said": "no"}, 20)
    assert len(file.read_text("utf-8").splitlines()) == 1


def test_a_folder_that_is_not_there_is_told_of(tmp_path):
    assert not add_line(tmp_path / "gone" / "a.jsonl", {}, 1_000)
