"""Minutes are a draft until the papers say that a later meeting confirmed them."""

import pytest
from making import WordEmbedder, build, write_corpus

from assistant.answers import Citation
from assistant.evidence import Evidence
from assistant.index import Index

HEAD = "# Fenshire County Council\n\n# Harbours Committee\n\n"
JULY = f"""{HEAD}Minutes of the meeting of the Harbours Committee held on Tuesday, 9 July 2024.

## 1. Apologies

There were none.

## 2. Dredging at Saltmarsh Quay

The committee heard that the quay had been dredged.
"""
AGENDA = f"""{HEAD}# Agenda

Date of Meeting: 24 October 2024

1. Apologies

2. Minutes of the meeting held on 9 July 2024 (Pages 1 - 4)

3. Harbour dues (Pages 5 - 9)
"""
OCTOBER = f"""{HEAD}Minutes of the meeting of the Harbours Committee held on 24 October 2024.

## 12. Minutes

{{}}

## 13. Harbour dues

The committee noted the dues.
"""
CONFIRMED = "Resolved that the minutes of 9 July 2024 be confirmed and signed by the Chair."


@pytest.fixture
def july(tmp_path):
    """The record of the July minutes among these papers, and the citation of a word of them."""

    def known(**papers):
        corpus = write_corpus(tmp_path / "corpus", **{"july minutes": JULY}, **papers)
        build(corpus, tmp_path / "index")
        store = Index.open(tmp_path / "index", WordEmbedder.name).store
        record = store.records["july minutes.md"]
        passage = store.get(store.span(record.path))[-1]
        return record, Citation(1, Evidence(passage, 0, len(passage.text)), record).label

    return known


def test_minutes_that_an_agenda_lists_are_a_draft_to_be_confirmed_there(july):
    record, label = july(agenda=AGENDA)
    assert record.remarks[-1] == (
        "minutes of 9 July 2024: a draft, to be confirmed at the meeting of 24 October 2024 "
        "(agenda.md)"
    )
    assert ", draft minutes" in label


@pytest.mark.parametrize(
    "said",
    [
        CONFIRMED,
        "The minutes of the previous meeting were agreed as a correct record.",
        "They were approved as a true record.",
    ],
)
def test_minutes_that_later_ones_confirm_are_confirmed(july, said):
    record, label = july(agenda=AGENDA, october=OCTOBER.format(said))
    assert record.remarks[-1].endswith("confirmed at the meeting of 24 October 2024 (october.md)")
    assert ", confirmed minutes" in label


@pytest.mark.parametrize(
    "said",
    [
        "The minutes are to be confirmed at the next meeting.",
        "The minutes of 9 July 2024 were not approved.",
        "The minutes of 7 May 2024 were confirmed and signed.",
    ],
)
def test_minutes_that_are_put_off_or_not_spoken_of_stay_a_draft(july, said):
    record, _ = july(agenda=AGENDA, october=OCTOBER.format(said))
    assert record.minutes == "draft minutes"


def test_what_is_agreed_under_another_item_confirms_nothing(july):
    text = OCTOBER.format("The tariff was agreed.").replace("12. Minutes", "12. Tariff")
    assert july(october=text)[0].minutes == "draft minutes"


def test_another_body_confirms_nothing(july):
    text = OCTOBER.format(CONFIRMED).replace("Harbours", "Libraries")
    record, _ = july(october=text)
    assert record.remarks[-1].endswith("no paper here confirms them")


def test_a_report_has_no_such_standing(corpus, tmp_path):
    build(corpus, tmp_path / "index")
    records = Index.open(tmp_path / "index", WordEmbedder.name).store.records
    assert not any(record.minutes for record in records.values())
