"""A page in a real Chromium, over an index of two sample papers and two hostile ones."""

import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SAMPLE = Path("corpus/sample")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
HOSTILE = """<b>Otter count</b> of Fenshire

Otter survey report to the Rivers Committee, 3 March 2023

The otter survey found 214 otters <script>window.harmed = 1; alert(1)</script> in the brook.

The beaver survey <img src="x" onerror="window.harmed = 2"> found 19 beavers upstream.
"""
MOORINGS = """<html><body><h1>Fenshire County Council</h1><h1>Harbours Committee</h1>
<p>Date of Meeting: 2 February 2022</p><h2>Moorings let in the harbours</h2>
<table><caption>Table 1: Moorings let in each harbour</caption>
<tr><th>Harbour</th><th>2019</th><th>2020</th><th>2021</th></tr>
<tr><td>Brackwater</td><td>412</td><td>400</td><td>389</td></tr>
<tr><td>=Saltmarsh &lt;b&gt;Quay&lt;/b&gt; \u202eyauQ</td><td>71</td><td>80</td><td>95</td></tr>
</table></body></html>
"""
CHARTED = "How has the number of moorings let in Brackwater changed since 2019?"
ANSWERED = "How many otters did the otter survey find?"


@pytest.fixture(scope="session")
def browsed_papers(tmp_path_factory):
    return tmp_path_factory.mktemp("corpus")


@pytest.fixture(scope="session")
def browsed_index(browsed_papers, tmp_path_factory):
    for paper in sorted(SAMPLE.glob("2018-10-*.pdf")):
        shutil.copy(paper, browsed_papers)
    (browsed_papers / "otters.txt").write_text(HOSTILE, "utf-8")
    (browsed_papers / "moorings.html").write_text(MOORINGS, "utf-8")
    folder = tmp_path_factory.mktemp("index")
    command = [sys.executable, "-m", "assistant.cli", "index"]
    subprocess.run([*command, "--corpus", browsed_papers, "--index", folder], check=True)
    return folder


@contextmanager
def served(index, *more):
    """The address of a page over this index, while it runs."""
    command = [sys.executable, "app.py", "--port", "7890", "--index", index, *more]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        said = server.stdout.readline()
        yield said.split()[3].rstrip(";")
    finally:
        server.terminate()
        server.wait(60)


@pytest.fixture(scope="session")
def address(browsed_index, browsed_papers):
    with served(browsed_index, "--corpus", browsed_papers) as found:
        yield found


@pytest.fixture(scope="session")
def chromium():
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, address):
    """A first visit; `page.hosts` gathers every host asked for, `page.dialogs` every dialog."""
    page = chromium.new_page()
    page.set_default_timeout(90_000)
    page.hosts, page.dialogs = set(), []
    page.on("request", lambda request: page.hosts.add(urlsplit(request.url).hostname))
    page.on("dialog", lambda dialog: (page.dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(address)
    page.wait_for_selector("#examples button:visible")
    yield page
    page.close()


def settle(page, turns):
    page.wait_for_function(
        "turns => document.querySelectorAll('.turn').length == turns"
        " && !document.querySelector('.working')",
        arg=turns,
    )


def ask(page, question, turns=1):
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    settle(page, turns)
    return page.locator(".turn").last
