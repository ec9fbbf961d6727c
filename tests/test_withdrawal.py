"""What officers decide about papers is obeyed by the next build, and leaves no trace."""

import pytest
from making import HARBOUR, build, contents, write_corpus

from assistant.build import decide, roll_back_index
from assistant.errors import AssistantError, CorpusEmpty, IndexUnusable
from assistant.index import current, generations
from assistant.releases import LOG, Act

# A word that stands once in the library paper, as it is written and as a search would stem it
RARE = (b"Thornmere", b"thornmer")
EXEMPT = "# Harbours Committee\n\nNOT FOR PUBLICATION\n\nThe Quillbury bid was for £9,000.\n"


@pytest.fixture
def index(tmp_path):
    return tmp_path / "index"


def act(corpus, index, name, what=Act.WITHDRAW):
    return decide(corpus, index, name, what, by="Wren Ashby", why="asked for by a resident")


def holds(index, words=RARE):
    """The files of the index folder that hold one of the words."""
    files = [path for path in index.rglob("*") if path.is_file()]
    return [path for path in files if any(w.lower() in path.read_bytes().lower() for w in words)]


def test_a_withdrawn_paper_leaves_no_word_in_any_file_of_the_index(corpus, index):
    build(corpus, index)
    (corpus / "note.md").write_text("The quay was mended in May.\n")
    build(corpus, index)
    assert len(generations(index)) == 2 and holds(index)
    act(corpus, index, "library.md")
    report = build(corpus, index)
    assert "by Wren Ashby" in report.withdrawn["library.md"]
    assert holds(index) == []
    manifest, records, passages, _ = contents(index)
    assert "library.md" not in manifest.papers.keys() | records.keys()
    assert {passage.paper for passage in passages} == {"harbour.md", "note.md"}


def test_the_log_lies_beside_the_papers_and_not_in_the_index(corpus, index):
    build(corpus, index)
    act(corpus, index, "library.md")
    assert (corpus / LOG).read_text().count("\n") == 1


@pytest.mark.parametrize("name", ["z.md", "z.txt", "library%20.md"])
def test_a_copy_of_a_withdrawn_paper_stays_out_under_any_name(corpus, index, name):
    build(corpus, index)
    act(corpus, index, "library.md")
    (corpus / name).write_bytes((corpus / "library.md").read_bytes() + b"\n \n")
    (corpus / "library.md").unlink()
    assert name in build(corpus, index).withdrawn
    assert holds(index) == []


def test_a_new_version_under_the_name_of_a_withdrawn_paper_waits_for_its_release(corpus, index):
    build(corpus, index)
    act(corpus, index, "library.md")
    write_corpus(corpus, library="# Libraries Panel\n\nStops near Thornmere moved in 2019.\n")
    assert "library.md" in build(corpus, index).withdrawn
    act(corpus, index, "library.md", Act.RELEASE)
    assert build(corpus, index).added == ("library.md",)


def test_after_a_withdrawal_a_build_is_as_one_from_nothing(corpus, index, tmp_path):
    build(corpus, index)
    act(corpus, index, "library.md")
    build(corpus, index)
    build(corpus, tmp_path / "new")
    assert contents(index) == contents(tmp_path / "new")
    assert build(corpus, index).embedded == 0


def test_when_all_is_withdrawn_no_index_is_left_to_answer_from(corpus, index):
    build(corpus, index)
    for name in ("library.md", "harbour.md"):
        act(corpus, index, name)
    with pytest.raises(CorpusEmpty, match="withdrawn by Wren Ashby"):
        build(corpus, index)
    assert holds(index) == [] and current(index) is None


def test_a_held_paper_is_listed_with_its_words_and_leaves_no_trace(corpus, index):
    write_corpus(corpus, bid=EXEMPT)
    report = build(corpus, index)
    assert report.held == {"bid.md": ('all of it: "NOT FOR PUBLICATION"',)}
    assert 'bid.md: all of it: "NOT FOR PUBLICATION"' in str(report)
    assert holds(index, [b"Quillbury", b"quillburi"]) == []
    again = build(corpus, index)
    assert (again.held, again.embedded) == (report.held, 0)


def test_a_paper_that_was_indexed_before_it_was_marked_goes_from_all_generations(corpus, index):
    write_corpus(corpus, bid=EXEMPT.replace("NOT FOR PUBLICATION", "For all to read"))
    build(corpus, index)
    (corpus / "bid.md").rename(corpus / "Exempt bid report (EXEMPT).md")
    build(corpus, index)
    assert holds(index, [b"Quillbury", b"quillburi"]) == []


def test_a_released_paper_is_indexed_and_listed_with_who_let_it_in(corpus, index):
    write_corpus(corpus, bid=EXEMPT)
    build(corpus, index)
    act(corpus, index, "bid.md", Act.RELEASE)
    report = build(corpus, index)
    assert (report.added, report.held) == (("bid.md",), {})
    assert "by Wren Ashby" in contents(index)[0].released["bid.md"]
    assert holds(index, [b"Quillbury"])


def test_a_release_is_void_when_the_paper_changes(corpus, index):
    write_corpus(corpus, bid=EXEMPT)
    build(corpus, index)
    act(corpus, index, "bid.md", Act.RELEASE)
    build(corpus, index)
    write_corpus(corpus, bid=EXEMPT.replace("9,000", "8,000"))
    assert "bid.md" in build(corpus, index).held
    assert holds(index, ["£8,000".encode()]) == []


def test_what_an_officer_has_not_seen_held_back_cannot_be_released(corpus, index):
    write_corpus(corpus, bid=EXEMPT)
    build(corpus, index)
    write_corpus(corpus, bid=EXEMPT.replace("9,000", "8,000"))
    with pytest.raises(AssistantError, match="has changed since the last build"):
        act(corpus, index, "bid.md", Act.RELEASE)
    with pytest.raises(AssistantError, match="is not held back"):
        act(corpus, index, "library.md", Act.RELEASE)
    assert not (corpus / LOG).exists()


def test_a_name_that_is_none_or_several_is_refused(corpus, index):
    write_corpus(corpus / "old", library=HARBOUR)
    build(corpus, index)
    with pytest.raises(AssistantError, match=r"none\.md: no such paper"):
        act(corpus, index, "none.md")
    assert act(corpus, index, "library.md").paper == "library.md"
    write_corpus(corpus / "older", harbour=HARBOUR + "Dues rose.\n")
    (corpus / "harbour.md").unlink()
    assert act(corpus, index, "harbour.md").paper == "older/harbour.md"


def test_a_copy_of_a_held_paper_is_held_under_any_name(corpus, index):
    write_corpus(corpus, a=HARBOUR.replace("412", "411"))
    (corpus / "b (EXEMPT).md").write_bytes((corpus / "a.md").read_bytes())
    (corpus / "c.md").write_bytes((corpus / "a.md").read_bytes() + b"\n")
    assert set(build(corpus, index).held) == {"a.md", "b (EXEMPT).md", "c.md"}
    assert set(build(corpus, index).held) == {"a.md", "b (EXEMPT).md", "c.md"}


def change(corpus, index, dues):
    (corpus / "harbour.md").write_text(HARBOUR.replace("389", dues))
    build(corpus, index)


def test_a_rollback_returns_to_the_index_before(corpus, index):
    build(corpus, index)
    held = contents(index)
    change(corpus, index, "377")
    assert roll_back_index(corpus, index) == current(index)
    assert contents(index) == held


def test_there_is_no_rollback_from_the_first_index(corpus, index):
    build(corpus, index)
    with pytest.raises(IndexUnusable, match="no index before") as caught:
        roll_back_index(corpus, index)
    assert "\n" not in str(caught.value)


def test_a_build_after_a_rollback_keeps_the_index_that_was_returned_to(corpus, index):
    build(corpus, index)
    held = contents(index)
    change(corpus, index, "377")
    roll_back_index(corpus, index)
    change(corpus, index, "366")
    roll_back_index(corpus, index)
    assert contents(index) == held


def test_a_rollback_to_a_withdrawn_paper_is_refused(corpus, index):
    build(corpus, index)
    change(corpus, index, "377")
    used = current(index)
    act(corpus, index, "library.md")
    with pytest.raises(IndexUnusable, match=r"library\.md.*withdrawn.*assistant index"):
        roll_back_index(corpus, index)
    assert current(index) == used
    build(corpus, index)
    with pytest.raises(IndexUnusable, match="no index before"):
        roll_back_index(corpus, index)


def test_a_rollback_to_a_damaged_index_is_refused(corpus, index):
    build(corpus, index)
    (current(index) / "vectors.npy").write_bytes(b"no")
    before = current(index)
    change(corpus, index, "377")
    assert current(index) != before
    with pytest.raises(IndexUnusable):
        roll_back_index(corpus, index)
