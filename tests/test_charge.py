"""Charge: who answers for what a turn told is named by the paper that told it."""

import re

import pytest
from making import WordEmbedder, build

from assistant.answers import Refusal
from assistant.assistant import Assistant
from assistant.conversation import Turn
from assistant.index import Index

PAPER = """# Fenshire County Council

# Harbours Committee

Date of Meeting: 24 October 2024

Officer Contact: Tamsin Quill

3,000 boats use the quay in a year.

## Moorings

Lead Officer: Bram Oxley

In Brackwater 412 moorings were let.

## Lights

Lead Officer: Una Marsh

The beacon was lit on 40 nights.

## Dredging

The bar was dredged twice and 900 tonnes were lifted.
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    folder = tmp_path_factory.mktemp("charge")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "paper.md").write_text(PAPER, encoding="utf-8")
    build(folder / "corpus", folder / "index")
    return Assistant(Index.open(folder / "index", WordEmbedder.name), WordEmbedder()).ask


@pytest.mark.parametrize("asked", ["who is responsible for that?", "who should I ring about it"])
def test_who_answers_for_it_stands_above_what_was_told(ask, asked):
    moorings = Turn("How many moorings were let in Brackwater?", "412 were let.")
    assert "Bram Oxley" in ask(asked, [moorings]).text
    lights = Turn("On how many nights was the beacon lit?", "On 40 nights.")
    assert "Una Marsh" in ask(asked, [lights]).text


def test_a_post_that_the_question_names_is_no_charge_of_what_was_told(ask):
    moorings = Turn("How many moorings were let in Brackwater?", "412 were let.")
    reply = ask("who is responsible for lights?", [moorings])
    assert reply.text.startswith("Lead Officer: Una Marsh")


def test_of_what_has_no_officer_of_its_own_the_contact_at_the_report_s_head_is_named(ask):
    turns = [Turn("How many boats use the quay in a year?", "Some 3,000.")]
    assert "Tamsin Quill" in ask("who wrote that?", turns).text


def test_where_the_paper_names_nobody_the_question_is_refused(tmp_path):
    (tmp_path / "corpus").mkdir()
    unnamed = re.sub(r".*(?:Officer|Lead).*", "", PAPER)
    (tmp_path / "corpus" / "paper.md").write_text(unnamed, encoding="utf-8")
    build(tmp_path / "corpus", tmp_path / "index")
    unled = Assistant(Index.open(tmp_path / "index", WordEmbedder.name), WordEmbedder())
    moorings = Turn("How many moorings were let in Brackwater?", "412 were let.")
    assert isinstance(unled.ask("who's in charge of that?", [moorings]), Refusal)
