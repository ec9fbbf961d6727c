"""Takes the pictures of the page in this folder: python docs/photograph.py, with Chromium there.

They show the sample papers, in an index built for them, as a person meets them one by one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Locator, Page, sync_playwright

DOCS = Path(__file__).resolve().parent
PASSWORD = "the pictures of the page"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FIGURE = "What percentage of Dorset schools are good or better?"
TREND = "How have the iBCF allocations changed since 2017/18?"
LINES = "How has the year 1 phonics result changed since 2015?"
CELL = "What is the figure for “Points below national, girls” in 2024?"
UNDERSTOOD = "How many fostering households were there in Dorset in August?"
REFUSED = "How many lighthouses does the county own?"


@contextmanager
def served(index: Path, **passwords: str) -> Iterator[str]:
    """The address of a page over an index, while it runs."""
    command = [sys.executable, "app.py", "--port", "7895", "--index", str(index)]
    said = {**os.environ, "ASSISTANT_AUDIT": "0", **passwords}
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=DOCS.parent, env=said)
    assert server.stdout
    try:
        yield server.stdout.readline().split()[3].rstrip(";")
    finally:
        server.terminate()
        server.wait(60)


def visit(browser: Browser, address: str, size: tuple[int, int] = (1000, 900)) -> Page:
    """A first visit on a screen of this size, in Britain."""
    page = browser.new_page(
        viewport={"width": size[0], "height": size[1]}, locale="en-GB", reduced_motion="reduce"
    )
    page.goto(address)
    page.wait_for_selector("#examples button:visible", timeout=120_000)
    return page


def ask(page: Page, question: str) -> Locator:
    """The turn that a question makes."""
    turns = page.locator("#talk .turn").count() + 1
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    page.wait_for_function(
        "n => document.querySelectorAll('#talk .turn').length == n"
        " && !document.querySelector('.working')",
        arg=turns,
    )
    page.evaluate("document.activeElement.blur()")
    return page.locator("#talk .turn").last


def take(page: Page, name: str, top: Locator | None = None) -> None:
    """Takes a picture of what is on the screen, this part of the page below its head."""
    if top:
        top.evaluate("part => part.scrollIntoView()")
    page.wait_for_timeout(300)
    page.screenshot(path=DOCS / f"page-{name}.png")


def answers(browser: Browser, address: str) -> None:
    """The first visit, an answer with its source, its page, and how it was understood."""
    page = visit(browser, address, (1000, 820))
    take(page, "first-visit")
    page.set_viewport_size({"width": 1000, "height": 900})
    turn = ask(page, CELL)
    cited = turn.locator(".citation").first
    cited.locator("summary").first.click()
    page.wait_for_function("document.querySelector('.pageview img').naturalHeight > 0")
    take(page, "citation", cited)
    take(page, "picture", cited.locator(".pageview"))
    page = visit(browser, address)
    turn = ask(page, UNDERSTOOD)
    turn.locator("summary", has_text="Change what is asked").click()
    take(page, "understood", turn)
    page = visit(browser, address, (1000, 760))
    turn = ask(page, REFUSED)
    turn.locator("summary", has_text="Not right?").click()
    take(page, "refusal", turn)


def scope(browser: Browser, address: str) -> None:
    """Some of the papers chosen."""
    page = visit(browser, address)
    page.locator("#choose summary").click()
    page.locator("#choose select").first.select_option(index=1)
    page.click("#choose button >> text=Look only there")
    page.wait_for_selector("#scoped-to .chip")
    page.locator("#choose summary").click()
    take(page, "scope")


def trends(browser: Browser, address: str) -> None:
    """A line, and several in dark colours."""
    page = visit(browser, address, (1000, 1050))
    take(page, "trend", ask(page, TREND).locator(".series"))
    page.emulate_media(color_scheme="dark")
    page.reload()
    page.wait_for_selector("#examples button:visible")
    take(page, "trend-dark", ask(page, LINES).locator(".series"))


def doors(browser: Browser, index: Path) -> None:
    """What officers see, and councillors who have not signed in."""
    with served(index, ASSISTANT_OFFICER_PASSWORD=PASSWORD) as address:
        page = browser.new_page(viewport={"width": 1000, "height": 900}, locale="en-GB")
        page.goto(f"{address}/officer")
        page.fill("input[type=password]", PASSWORD)
        page.press("input[type=password]", "Enter")
        page.wait_for_selector("table, ul")
        take(page, "officer")
    with served(index, ASSISTANT_COUNCILLOR_PASSWORD=PASSWORD) as address:
        page = browser.new_page(viewport={"width": 700, "height": 420}, locale="en-GB")
        page.goto(address)
        take(page, "sign-in")


def main() -> None:
    """Takes all of them."""
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        index = Path(folder) / "index"
        command = [sys.executable, "-m", "assistant.cli", "index", "--index", str(index)]
        subprocess.run([*command, "--quiet"], cwd=DOCS.parent, check=True)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        with served(index) as address:
            answers(browser, address)
            scope(browser, address)
            trends(browser, address)
            phone = visit(browser, address, (360, 740))
            take(phone, "phone", ask(phone, FIGURE))
        doors(browser, index)
        browser.close()


if __name__ == "__main__":
    main()
