"""The log of what officers decided about papers."""

import json

import pytest

from assistant.errors import AssistantError
from assistant.releases import LOG, Act, last_act, log_digest, new_entry, read_log, record_act


def decide(corpus, act=Act.WITHDRAW, paper="a.md", digest="d", text="t", why="names a child"):
    record_act(corpus, new_entry(act, paper, digest, text, by="Wren Ashby", why=why))
    return read_log(corpus)


def test_what_was_decided_is_read_back_with_who_and_why(tmp_path):
    (entry,) = decide(tmp_path)
    assert str(entry) == f"withdrawn by Wren Ashby on {entry.at[:10]}: names a child"


def test_an_act_is_a_line_added_and_none_before_it_is_touched(tmp_path):
    decide(tmp_path)
    before = (tmp_path / LOG).read_bytes()
    decide(tmp_path, Act.RELEASE)
    after = (tmp_path / LOG).read_bytes()
    assert after.startswith(before) and after.count(b"\n") == 2
    assert log_digest(tmp_path)


@pytest.mark.parametrize(
    ("path", "digest", "text"), [("b.md", "d", ""), ("b.md", "e", "t"), ("a.md", "e", "u")]
)
def test_a_withdrawal_holds_for_the_bytes_the_words_and_the_name(tmp_path, path, digest, text):
    assert last_act(decide(tmp_path), path, digest, text)


def test_a_release_is_of_the_content_and_not_of_the_name(tmp_path):
    log = decide(tmp_path, Act.RELEASE)
    assert last_act(log, "b.md", "d", "")
    assert last_act(log, "a.md", "e", "u") is None


def test_files_without_known_words_are_not_the_same(tmp_path):
    assert last_act(decide(tmp_path, text=""), "b.md", "e", "") is None


def test_the_release_of_a_withdrawn_paper_only_undoes_the_withdrawal(tmp_path):
    decide(tmp_path)
    assert last_act(decide(tmp_path, Act.RELEASE), "a.md", "d", "t") is None
    assert last_act(decide(tmp_path, Act.RELEASE), "a.md", "d", "t").act is Act.RELEASE


def test_a_paper_may_be_withdrawn_after_it_was_released(tmp_path):
    decide(tmp_path, Act.RELEASE)
    assert last_act(decide(tmp_path), "a.md", "d", "t").act is Act.WITHDRAW


@pytest.mark.parametrize(("by", "why"), [("", "because"), ("Wren Ashby", "  ")])
def test_nobody_or_no_reason_is_refused(by, why):
    with pytest.raises(AssistantError, match="--by"):
        new_entry(Act.RELEASE, "a.md", "d", "t", by=by, why=why)


@pytest.mark.parametrize("line", ["", "{", "[]", "3", '{"act": "burn"}', '{"act": "release"}'])
def test_a_line_that_is_no_entry_is_named_and_not_skipped(tmp_path, line):
    decide(tmp_path)
    with (tmp_path / LOG).open("a") as file:
        file.write(f"{line}\n")
    with pytest.raises(AssistantError, match=r"releases\.jsonl: line 2"):
        read_log(tmp_path)


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    with pytest.raises(AssistantError, match="cannot be written"):
        decide(tmp_path / "none")


def test_no_log_is_no_act(tmp_path):
    assert (read_log(tmp_path), log_digest(tmp_path)) == ((), "")


def test_a_reason_of_several_lines_is_one_line_of_the_log(tmp_path):
    decide(tmp_path, why="first\nsecond")
    (line,) = (tmp_path / LOG).read_text().splitlines()
    assert json.loads(line)["why"] == "first second"
