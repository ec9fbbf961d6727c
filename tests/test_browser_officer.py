"""An officer in a real Chromium: signs in, uploads, rebuilds, withdraws, rolls back."""

import pytest
from browsing import CHROMIUM, served
from making import HARBOUR, write_corpus

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here; run: apt-get install chromium"),
]
PASSWORD = "otters in the brook"


@pytest.fixture
def office(chromium, tmp_path, monkeypatch):
    """The officer's page over a folder with one paper and no index yet."""
    monkeypatch.setenv("ASSISTANT_OFFICER_PASSWORD", PASSWORD)
    corpus = write_corpus(tmp_path / "corpus", harbour=HARBOUR)
    with served(tmp_path / "index", "--corpus", corpus) as address:
        page = chromium.new_page()
        page.set_default_timeout(120_000)
        page.goto(f"{address}/officer")
        page.fill("#password", PASSWORD)
        page.click("text=Sign in >> visible=true >> nth=-1")
        page.wait_for_selector("h1:has-text('Papers and index')")
        yield page
        page.close()


def rebuilt(page):
    page.wait_for_selector("#progress[data-running='']:has-text('Rebuilt')")


def state(page, path):
    return page.inner_text(f"tr[data-path='{path}'] td >> nth=0")


def test_axe_finds_nothing_serious_in_the_list_and_its_forms(office):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    for row in office.locator("summary").all():
        row.click()
    found = axe.run(office).response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []


def test_no_word_of_the_status_is_broken_where_columns_are_narrow(office):
    office.set_viewport_size({"width": 320, "height": 640})
    lines, words = office.evaluate("""() => {
      const said = document.createRange()
      said.selectNodeContents(document.querySelector('tbody td'))
      return [said.getClientRects().length, said.toString().split(' ').length]
    }""")
    assert lines <= words


def test_a_paper_is_uploaded_indexed_withdrawn_and_the_index_rolled_back(office, tmp_path):
    (tmp_path / "ferry.md").write_text("The ferry fare is 4 pounds.\n")
    office.set_input_files("#files", tmp_path / "ferry.md")
    office.click("text=Upload")
    assert state(office, "ferry.md") == "not indexed yet"
    office.click("button:text-is('Rebuild')")
    office.wait_for_selector("#progress[data-running=yes]")
    rebuilt(office)
    assert state(office, "ferry.md") == "indexed"

    row = office.locator("tr[data-path='ferry.md']")
    row.locator("summary").click()
    row.get_by_label("Who decided").fill("Wren Ashby")
    row.get_by_label("Why").fill("an error")
    row.locator("button").click()
    office.wait_for_function("document.querySelector('#progress')?.dataset.running == ''")
    office.wait_for_selector("tr[data-path='ferry.md'] td:has-text('withdrawn')")
    assert "Wren Ashby" in office.inner_text("tr[data-path='ferry.md']")
    office.click("text=Roll back")
    # The index before holds the paper that was withdrawn, and so went with it.
    assert "no index before" in office.inner_text("p.note >> nth=0")
