"""The list of papers, exported, corrected by hand and imported, outlives every rebuild."""

import pytest
from making import build, contents, make_passage, make_record

from assistant.answers import Answer, Citation
from assistant.errors import AssistantError
from assistant.evidence import Evidence
from assistant.overrides import export_papers, import_papers, load_overrides
from assistant.page.render import told
from assistant.page.told import Told


@pytest.fixture
def records(corpus, tmp_path):
    """The records of a fresh build."""

    def built(full=False):
        build(corpus, tmp_path / "index", full=full)
        return contents(tmp_path / "index")[1]

    return built


def test_what_is_exported_and_imported_as_it_was_changes_nothing(corpus, records, tmp_path):
    assert export_papers(records().values(), tmp_path / "list.yaml") == 2
    assert import_papers(corpus, tmp_path / "list.yaml", records().values()) == []
    assert not (corpus / "papers.yaml").exists()


def test_a_title_and_an_address_corrected_by_hand_survive_a_rebuild(corpus, records, tmp_path):
    listed = tmp_path / "list.yaml"
    export_papers(records().values(), listed)
    text = listed.read_text().replace(
        "title: Review of harbour dues", "title: Dues\n  source: http://x"
    )
    listed.write_text(text)
    assert import_papers(corpus, listed, records().values()) == ["harbour.md"]
    found = records(full=True)["harbour.md"]
    assert (found.title, found.source) == ("Dues", "http://x")
    assert (
        corpus / "papers.yaml"
    ).read_text() == "harbour.md:\n  title: Dues\n  source: http://x\n"


def test_corrections_join_those_that_were_there(corpus, records, tmp_path):
    (corpus / "papers.yaml").write_text("# by hand\nlibrary.md: {title: Stops, type: report}\n")
    (tmp_path / "list.yaml").write_text("library.md: {date: 2018-07-10}\nz.md: {title: Later}\n")
    import_papers(corpus, tmp_path / "list.yaml", records().values())
    said = load_overrides(corpus)
    assert (said["library.md"].title, str(said["library.md"].meeting_date)) == (
        "Stops",
        "2018-07-10",
    )
    assert said["z.md"].title == "Later"
    assert (corpus / "papers.yaml.before").read_text().startswith("# by hand")


def test_an_address_that_is_none_is_told_by_paper(corpus, tmp_path):
    (tmp_path / "list.yaml").write_text("library.md: {source: javascript:alert()}\n")
    with pytest.raises(AssistantError, match=r"library\.md: source .* must be an address"):
        import_papers(corpus, tmp_path / "list.yaml", [])
    with pytest.raises(AssistantError, match=r"none\.yaml: cannot be read"):
        import_papers(corpus, tmp_path / "none.yaml", [])


def test_the_page_links_to_where_a_paper_is_published_at_the_page_cited():
    passage = make_passage("The fare is 4.", page=7)
    record = make_record(source="https://fenshire.example/g7.pdf?T=10")
    cited = Citation(1, Evidence(passage, 0, 14), record)
    html = told(Told(Answer("The fare is 4.", (cited,)), {}), 1)
    assert 'href="https://fenshire.example/g7.pdf?T=10#page=7"' in html
