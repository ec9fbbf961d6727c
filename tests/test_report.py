"""The report of a build: a table for a person, the same as JSON for a scheduler."""

import json

import pytest
from making import build, write_corpus

from assistant.cli import main
from assistant.corpus import READERS
from assistant.errors import PaperUnreadable


@pytest.fixture
def run(corpus, tmp_path, without_model, capsys):
    def command(*words):
        place = ["--corpus", str(corpus), "--index", str(tmp_path / "index")]
        assert main(["index", *words, *place]) == 0
        return capsys.readouterr()

    return command


def test_json_holds_what_became_of_every_file_and_the_time_of_each_stage(corpus, run):
    (corpus / "broken.pdf").write_bytes(b"")
    row = json.loads(run("--json").out)
    assert (row["added"], row["withdrawn"]) == (["harbour.md", "library.md"], {})
    assert row["unreadable"].keys() == {"broken.pdf"}
    assert list(row["stages"]) == ["looking", "reading", "embedding", "writing"]


def test_quiet_prints_nothing(run):
    assert run("--quiet") == ("", "")


def test_progress_is_shown_on_request_without_a_terminal(run):
    assert "Reading papers" in run("--progress").err


def test_the_table_has_a_row_for_each_thing_that_can_become_of_a_paper(corpus, tmp_path):
    write_corpus(corpus, secret="NOT FOR PUBLICATION\n\nThe bid was £4.\n")
    rows = [line.split("  ")[0].strip() for line in str(build(corpus, tmp_path / "i")).splitlines()]
    kinds = ["added", "changed", "unchanged", "dropped", "held back", "withdrawn", "unreadable"]
    assert [row for row in rows if row in [*kinds, "needs OCR"]] == [*kinds, "needs OCR"]


def test_tables_and_pages_read_are_counted(corpus, tmp_path):
    rows = "<tr><th>Pier<th>Boats<tr><td>North<td>12<tr><td>South<td>9"
    (corpus / "piers.html").write_text(f"<table>{rows}</table>")
    report = build(corpus, tmp_path / "index")
    assert (report.tables, report.pages) == (1, 0)
    assert "read 0 pages and 1 tables" in str(report)


def test_a_paper_that_waits_for_ocr_is_named_again_when_nothing_changed(
    corpus, tmp_path, monkeypatch
):
    def refuse(path):
        raise PaperUnreadable("scanned, needs OCR")

    monkeypatch.setattr("assistant.intake.is_installed", lambda: False)
    monkeypatch.setitem(READERS, ".docx", refuse)
    (corpus / "scan.docx").write_bytes(b"x")
    for _ in range(2):
        assert build(corpus, tmp_path / "index").needs_ocr == ("scan.docx",)
