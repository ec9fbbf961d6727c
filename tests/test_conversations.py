"""Many conversations in one process: what one person says is in nobody else's reply."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.terminal import Talk

PEOPLE = 200
SUBJECTS = [
    ["How many moorings were let in Brackwater in 2023-24?", "and the year before?", "who chairs?"],
    ["How many villages did the mobile library visit?", "and books lent?", "What of {name}?"],
    ["Only Libraries Panel", "Who chairs the friends of {name}?", "How much does the PBR hold?"],
    ["How much does the PBR hold, asks {name}?", "when was that?", "What of yachts?"],
    ["hello", "What is the committee asked to do about yachts?", "all papers. Who is {name}?"],
]


def said_by(person):
    name = f"Thornmere{person:03}"
    return [line.format(name=name) for line in SUBJECTS[person % len(SUBJECTS)]]


@pytest.fixture(scope="module")
def together(assistant):
    """The conversations of all, who speak in turns: a line each, then the next."""
    talks = [Talk(assistant) for _ in range(PEOPLE)]
    said = [said_by(person) for person in range(PEOPLE)]
    with ThreadPoolExecutor(16) as people:
        for lines in zip(*said, strict=True):
            list(people.map(Talk.reply, talks, lines))
    return talks


def test_two_hundred_conversations_at_once_are_each_as_if_they_were_alone(assistant, together):
    for person in range(0, PEOPLE, 7):
        alone = Talk(assistant)
        for line in said_by(person):
            alone.reply(line)
        for command in ("/export", "/sources", "/scope"):
            assert together[person].reply(command) == alone.reply(command)


def test_nobody_reads_the_name_that_another_person_typed(together):
    written = [talk.reply("/export") for talk in together]
    for person, text in enumerate(written):
        own = f"Thornmere{person:03}"
        assert set(re.findall(r"Thornmere\d+", text)) <= {own}


def test_the_scope_of_one_person_is_nobody_elses(together):
    for person, talk in enumerate(together):
        assert ("Libraries Panel" in talk.reply("/scope")) == (person % len(SUBJECTS) == 2)
