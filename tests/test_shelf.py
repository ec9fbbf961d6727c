"""The shelf: what is put there comes back as it was, as often as it is asked for."""

from dataclasses import replace

from making import make_passage

from assistant.shelf import NOTHING, Shelf

PASSAGES = [make_passage("Fog.", table=2), make_passage("Dues.", table=2), make_passage("Quay.")]


def test_passages_come_back_as_they_were_each_time(tmp_path):
    shelved = Shelf(tmp_path / "shelf").put(PASSAGES)
    assert list(shelved) == list(shelved) == PASSAGES
    assert (len(shelved), shelved.tables, PASSAGES[1] in shelved) == (3, 1, True)


def test_passages_take_the_path_and_the_keys_that_their_paper_has_by_now(tmp_path):
    shelved = replace(Shelf(tmp_path / "shelf").put(PASSAGES), paper="new.pdf", first=7)
    assert [(one.paper, one.key) for one in shelved] == [("new.pdf", key) for key in (7, 8, 9)]


def test_papers_do_not_get_in_each_others_way(tmp_path):
    shelf = Shelf(tmp_path / "shelf")
    first, second = shelf.put(PASSAGES[:1]), shelf.put(PASSAGES[1:])
    assert [*first, *second] == PASSAGES


def test_a_paper_without_passages_has_none():
    assert list(NOTHING) == [] and not NOTHING
