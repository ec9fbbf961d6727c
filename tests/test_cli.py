"""The command line: what it prints, and 0 for an answer, 1 for a refusal, 2 for an error."""

import io
import json
import re

import pytest

from assistant.cli import main

ASKED = "How many moorings were let in Brackwater in 2023-24?"
UNRELATED = "What is the best recipe for lasagne?"
FIELDS = ["id", "answer", "refused", "citations", "figures", "worked_out", "readings"]
FIELDS += ["understood", "milliseconds"]

pytestmark = pytest.mark.usefixtures("without_model")


@pytest.fixture
def run(small_index, capsys):
    """Runs a command on the small index: exit code, standard output, standard error."""

    def command(*words):
        code = main([*words, "--index", str(small_index)])
        return code, *capsys.readouterr()

    return command


@pytest.fixture
def batch(run, tmp_path):
    """Asks rows, given as bytes, text or values; returns the exit code, rows and errors."""

    def line(row):
        if isinstance(row, bytes):
            return row
        return (row if isinstance(row, str) else json.dumps(row)).encode()

    def ask(*rows, hits=0):
        file = tmp_path / "rows.jsonl"
        file.write_bytes(b"".join(line(row) + b"\n" for row in rows))
        code, out, err = run("ask", "--batch", str(file), "--hits", str(hits))
        return code, [json.loads(row) for row in out.split("\n") if row], err.splitlines()

    return ask


def one_line(code, out, err):
    """An error is exit code 2, nothing on standard output and one line that starts with us."""
    assert (code, out) == (2, "")
    assert err.startswith("assistant: ") and err.count("\n") == 1
    return err


def test_a_reply_is_shown_with_where_it_stands_or_what_lay_nearest(run):
    code, out, err = run("ask", ASKED)
    assert code == (1 if "do not answer" in out else 0)
    assert "Review of harbour dues, paragraph 1.2" in out
    assert err == ""


def test_a_question_that_is_not_about_the_papers_is_refused_with_exit_code_1(run):
    code, out, err = run("ask", UNRELATED)
    assert (code, err) == (1, "")
    assert "24 October 2024" in out


@pytest.mark.parametrize("question", [ASKED, UNRELATED])
def test_a_reply_as_json_is_one_object_with_the_same_exit_code(run, question):
    code, out, _ = run("ask", question, "--json")
    row = json.loads(out)
    assert out.count("\n") == 1
    assert row.keys() >= {"answer", "refused", "citations", "figures", "worked_out"}
    assert code == (1 if row["refused"] else 0)


@pytest.mark.parametrize("question", ["", "   ", "???"])
def test_an_empty_question_is_one_line_that_says_what_to_type(run, question):
    assert "assistant ask" in one_line(*run("ask", question))


def test_a_question_of_20_000_characters_is_one_short_line(run):
    err = one_line(*run("ask", "dues " * 4_000))
    assert len(err) < 150


def test_no_question_at_all_is_one_line_that_says_what_to_type(run):
    assert "assistant ask" in one_line(*run("ask"))


@pytest.mark.parametrize("words", [["ask", "why?"], ["papers"], ["explain", "why?"], ["chat"]])
def test_without_an_index_every_command_names_the_one_to_run(tmp_path, capsys, words):
    code = main([*words, "--index", str(tmp_path / "none")])
    assert "run: assistant index" in one_line(code, *capsys.readouterr())


def test_rows_are_answered_in_their_order_one_a_line(batch):
    rows = [{"id": f"q{n}", "question": q} for n, q in enumerate([UNRELATED, ASKED, UNRELATED])]
    code, out, err = batch(*rows)
    assert (code, err) == (0, [])
    assert [row["id"] for row in out] == ["q0", "q1", "q2"]
    assert [[name for name in row if name != "nearest"] for row in out] == [FIELDS] * 3
    assert out[0]["refused"] is True and out[0]["citations"] == []


def test_hits_are_the_passages_retrieved_best_first(batch):
    _, (row,), _ = batch({"id": "a", "question": ASKED}, hits=3)
    assert len(row["hits"]) == 3
    assert all(list(hit) == ["paper", "page", "heading", "text"] for hit in row["hits"])
    assert any("Brackwater" in hit["text"] for hit in row["hits"])


def test_a_batch_row_may_have_turns_before_it(batch):
    history = [{"user": "Were moorings let in Brackwater?", "assistant": "Yes."}]
    code, (row,), _ = batch({"id": "f", "question": "how many?", "history": history}, hits=3)
    assert code == 0
    assert any("Brackwater" in hit["text"] for hit in row["hits"])


BAD = [
    "not JSON",
    "{",
    "[1, 2]",
    '"text"',
    "null",
    pytest.param("[" * 200_000, id="nested"),
    pytest.param(b'{"id": "x", "question": "caf\xe9"}', id="not UTF-8"),
    '{"id": "x"}',
    '{"id": "x", "question": ""}',
    '{"id": "x", "question": 4}',
    '{"id": "x", "question": "why?", "history": 3}',
    json.dumps({"id": "x", "question": "dues " * 4_000}),
]


@pytest.mark.parametrize("bad", BAD, ids=lambda row: str(row)[:30])
def test_a_row_that_cannot_be_asked_is_named_and_the_others_are_answered(batch, bad):
    asked = {"id": "a", "question": UNRELATED}
    code, out, err = batch(asked, bad, asked)
    assert code == 2
    assert len(out) == 3
    assert out[1]["error"] and out[1]["id"] == ("x" if '"id"' in str(bad) else None)
    assert list(out[1]) == [*FIELDS, "error"] and out[1]["refused"] is True
    assert all("error" not in row for row in (out[0], out[2]))
    assert len(err) == 1 and "line 2" in err[0] and len(err[0]) < 300


def test_a_row_with_the_characters_that_part_lines_is_one_row(batch):
    asked = json.dumps({"id": "a", "question": "moorings in\u2028Brackwater"}, ensure_ascii=False)
    code, out, _ = batch(asked)
    assert (code, len(out)) == (0, 1)


def test_a_byte_order_mark_is_no_part_of_a_row(batch):
    assert batch(b"\xef\xbb\xbf" + json.dumps({"id": "a", "question": ASKED}).encode())[0] == 0


def test_half_a_surrogate_pair_in_a_row_stops_nothing(batch):
    history = [{"user": "\ud800?", "assistant": "\udfff"}]
    code, out, _ = batch({"id": "\ud800", "question": f"\ud83d {ASKED}", "history": history})
    assert (code, out[0]["id"]) == (0, "?")


def test_blank_lines_between_rows_are_no_rows(batch):
    code, out, _ = batch({"id": "a", "question": UNRELATED}, "", "  ")
    assert (code, len(out)) == (0, 1)


def test_rows_may_come_from_standard_input(run, monkeypatch):
    row = json.dumps({"id": "é-1", "question": UNRELATED}, ensure_ascii=False)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(row.encode() + b"\n")))
    code, out, _ = run("ask", "--batch", "-")
    assert (code, json.loads(out)["id"]) == (0, "é-1")


def test_a_batch_file_that_cannot_be_read_is_named(run, tmp_path):
    assert "rows.jsonl" in one_line(*run("ask", "--batch", str(tmp_path / "rows.jsonl")))


@pytest.fixture
def talk(run, monkeypatch):
    """Holds a conversation of these lines, piped in, and returns the exit code and the output."""

    def chat(*lines):
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        return run("chat")

    return chat


def test_a_conversation_ends_with_its_input_or_when_told_to(talk):
    assert talk()[0] == 0
    code, out, _ = talk("/quit", UNRELATED)
    assert code == 0 and "do not answer" not in out


def test_every_line_of_a_conversation_is_replied_to(talk):
    code, out, err = talk(UNRELATED, "", UNRELATED, "/sources")
    assert (code, err) == (0, "")
    assert out.count("24 October 2024") >= 2


def test_a_conversation_goes_on_after_a_question_that_cannot_be_asked(talk):
    code, out, _ = talk("???", "dues " * 4_000, UNRELATED)
    assert code == 0
    assert out.count("assistant: ") == 2 and "24 October 2024" in out


def test_the_words_cited_last_can_be_asked_for(talk):
    assert "Nothing is cited yet." in talk("/sources")[1]


def test_an_explanation_shows_the_question_the_hits_and_the_verdict(run):
    code, out, _ = run("explain", ASKED)
    assert all(part in out for part in (ASKED, "Asked for: count", "Hits", "Verdict: ", "dense"))
    assert code == (1 if "Verdict: refused" in out else 0)


def test_why_the_verdict_fell_is_explained(run):
    held = run("explain", ASKED)[1]
    assert "papers do not say" in held and "can answer" in held and "matter 1.00" in held
    assert "of another period" in run("explain", f"{ASKED.strip('?')} in 2011?")[1]


def test_a_slip_is_explained(run):
    assert "brakwater -> brackwat" in run("explain", "moorings in brakwater")[1]


def test_the_papers_are_listed_with_their_meetings(run):
    code, out, _ = run("papers")
    assert code == 0
    assert "harbour.md" in out and "2024-10-24" in out and "Review of harbour dues" in out


def test_a_question_that_the_terminal_cannot_show_is_answered_all_the_same(run):
    assert run("explain", f"{ASKED} \udce9")[0] in (0, 1)


def test_the_port_of_the_environment_must_be_one(run, monkeypatch):
    monkeypatch.setenv("ASSISTANT_PORT", "abc")
    assert "ASSISTANT_PORT" in one_line(*run("papers"))


COUNTED = ["added", "changed", "unchanged", "dropped", "held", "withdrawn", "unreadable"]


def index_of(corpus, folder, capsys, *words):
    code = main(["index", "--corpus", str(corpus), "--index", str(folder), *words])
    return code, *capsys.readouterr()


def test_indexing_ends_with_a_table_of_what_was_done(corpus, tmp_path, capsys):
    (corpus / "broken.pdf").write_bytes(b"%PDF-1.4 cut off")
    code, out, _ = index_of(corpus, tmp_path / "index", capsys)
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()[:7]] == COUNTED
    assert re.search(r"^unreadable +1$", out, re.M)
    assert "broken.pdf: " in out
    assert main(["papers", "--index", str(tmp_path / "index")]) == 0
    assert re.search(r"^unreadable +broken\.pdf: \w+", capsys.readouterr().out, re.M)


def test_a_paper_that_is_held_back_is_listed_and_may_be_released(corpus, tmp_path, capsys):
    (corpus / "bid.md").write_text("# Bid\n\nNOT FOR PUBLICATION\n\nIt was £9,000.\n")
    index, said = tmp_path / "index", r'bid\.md: all of it: "NOT FOR PUBLICATION"'
    assert re.search(said, index_of(corpus, index, capsys)[1])
    assert main(["papers", "--index", str(index)]) == 0
    assert re.search(f"^held back +{said}", capsys.readouterr().out, re.M)
    where = ["--corpus", str(corpus), "--by", "Wren Ashby", "--why", "now public"]
    assert main(["papers", "--index", str(index), "release", "bid.md", *where]) == 0
    assert "assistant index" in capsys.readouterr().out
    index_of(corpus, index, capsys)
    assert main(["papers", "--index", str(index)]) == 0
    assert re.search(r"^released +bid\.md: .*Wren Ashby.*now public", capsys.readouterr().out, re.M)


def test_a_release_needs_a_name_and_a_reason_and_a_withdrawal_can_do_without(
    corpus, tmp_path, capsys
):
    given = ["library.md", "--corpus", str(corpus), "--index", str(tmp_path)]
    with pytest.raises(SystemExit):
        main(["papers", "release", *given, "--by", "Wren Ashby"])
    assert "--why" in capsys.readouterr().err
    assert main(["papers", "withdraw", *given]) == 0
    assert "library.md: withdrawn by nobody named" in capsys.readouterr().out


def test_a_rollback_says_where_it_went_or_why_not(corpus, tmp_path, capsys):
    for text in ("Dues rose.\n", "Dues fell.\n"):
        (corpus / "note.md").write_text(text)
        index_of(corpus, tmp_path / "index", capsys)
    code, out, _ = index_of(corpus, tmp_path / "index", capsys, "--rollback")
    assert (code, "g-000001" in out) == (0, True)
    assert "no index before" in one_line(
        *index_of(corpus, tmp_path / "index", capsys, "--rollback")
    )


def test_a_copy_of_a_paper_is_listed_with_the_one_that_is_indexed(corpus, tmp_path, capsys):
    (corpus / "copy.md").write_bytes((corpus / "library.md").read_bytes())
    assert "library.md: same as copy.md" in index_of(corpus, tmp_path / "index", capsys)[1]
    assert main(["papers", "--index", str(tmp_path / "index")]) == 0
    assert "library.md: same as copy.md" in capsys.readouterr().out


def test_indexing_again_or_in_full_loses_nothing(corpus, tmp_path, capsys):
    index_of(corpus, tmp_path / "index", capsys)
    for words in ([], ["--full"]):
        assert index_of(corpus, tmp_path / "index", capsys, *words)[0] == 0
    assert main(["papers", "--index", str(tmp_path / "index")]) == 0
    assert capsys.readouterr().out.count(".md") == 2


@pytest.mark.parametrize("make", [lambda path: None, lambda path: path.mkdir()])
def test_an_empty_corpus_is_one_line_that_says_what_to_do(tmp_path, capsys, make):
    make(tmp_path / "papers")
    err = one_line(*index_of(tmp_path / "papers", tmp_path / "index", capsys))
    assert "papers" in err and "assistant index" in err


@pytest.mark.parametrize("command", ["index", "ask", "chat", "explain", "papers", "serve"])
def test_every_command_has_help(command, capsys):
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])
    assert stopped.value.code == 0
    assert "--index" in capsys.readouterr().out


@pytest.mark.parametrize("words", [[], ["nonsense"], ["ask", "why?", "--nonsense"]])
def test_a_command_that_is_not_one_exits_with_2(words, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(words)
    assert stopped.value.code == 2
    assert "assistant" in capsys.readouterr().err
