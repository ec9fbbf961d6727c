"""Twenty people ask while the index is rebuilt: nobody fails, no answer mixes two indexes."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from making import HARBOUR, build, write_corpus

from assistant.answers import Answer
from assistant.build import decide
from assistant.page.desk import Desk
from assistant.releases import Act

PEOPLE = 20
REBUILDS = 5
ASKED = "How many moorings were let in Brackwater in 2023-24?"


def version(number):
    """The harbour paper with a count of its own, which stands in two places."""
    text = HARBOUR.replace("389", str(1_000 + number))
    return text + f"\n1.3 The moorings let in Brackwater were {1_000 + number} in 2023-24.\n"


@pytest.mark.slow
def test_nobody_fails_and_no_answer_is_mixed_while_the_index_is_rebuilt(
    corpus, tmp_path, desk_without_model
):
    write_corpus(corpus, harbour=version(0))
    build(corpus, tmp_path / "index")
    desk, done = Desk(tmp_path / "index", "", corpus), Event()

    def ask():
        replies = []
        while not done.is_set():
            told = desk.ask(ASKED)
            near = [passage.text for passages in told.around.values() for passage in passages]
            words = " ".join([told.reply.text, *near])
            versions = {n for n in range(REBUILDS + 1) if str(1_000 + n) in words}
            replies.append((told.reply, versions))
        return replies

    with ThreadPoolExecutor(PEOPLE) as pool:
        asking = [pool.submit(ask) for _ in range(PEOPLE)]
        for number in range(1, REBUILDS + 1):
            write_corpus(corpus, harbour=version(number))
            build(corpus, tmp_path / "index")
        done.set()
        told = [one for person in asking for one in person.result()]
    assert all(len(versions) <= 1 for _, versions in told)
    seen = {n for _, versions in told for n in versions}
    assert any(isinstance(reply, Answer) for reply, _ in told) and len(seen) > 1


def test_no_word_of_a_withdrawn_paper_outlives_its_index_in_the_page(
    corpus, tmp_path, desk_without_model
):
    build(corpus, tmp_path / "index")
    desk = Desk(tmp_path / "index", "", corpus)
    desk.ask("How many books did the mobile library lend?")
    assert "8,214" in repr(vars(desk))
    decide(corpus, tmp_path / "index", "library.md", Act.WITHDRAW, by="Wren", why="an error")
    build(corpus, tmp_path / "index")
    desk.ask(ASKED)
    assert "8,214" not in repr(vars(desk))
