"""The watch: builds once the folder has changed and settled, and not before."""

import pytest
from making import write_corpus

from assistant.watch import RETRY, STILL, watch


class Stop(Exception):
    pass


def builds(corpus, *script, works=True):
    """At which looks a build was begun, while the script changes the folder look by look."""
    steps = iter(script)
    begun = []
    looks = 0

    def build():
        begun.append(looks)
        return works

    def pause():
        nonlocal looks
        looks += 1
        step = next(steps, None)
        if step is None:
            raise Stop
        step()

    with pytest.raises(Stop):
        watch(corpus, build, pause)
    return begun


def nothing():
    pass


def test_a_folder_is_built_once_when_it_is_still(corpus):
    assert builds(corpus, *[nothing] * 9) == [STILL]


def test_a_folder_that_changes_is_not_built_until_it_settles(corpus):
    def grow():
        with (corpus / "big.md").open("a") as file:
            file.write("more words\n")

    assert builds(corpus, *[grow] * 6, *[nothing] * 5) == [6 + STILL]


def test_each_change_is_built_that_of_the_officers_list_too(corpus):
    settle = [nothing] * (STILL + 1)
    changes = (
        lambda: write_corpus(corpus, new="A new paper.\n"),
        lambda: (corpus / "new.md").unlink(),
        lambda: (corpus / "papers.yaml").write_text("library.md: {title: Stops}"),
    )
    script = [step for change in changes for step in (change, *settle)]
    assert len(builds(corpus, *settle, *script)) == 1 + len(changes)


def test_a_build_that_failed_is_tried_again_after_a_while(corpus):
    begun = builds(corpus, *[nothing] * (RETRY + 10), works=False)
    assert len(begun) == 2 and begun[1] - begun[0] >= RETRY
