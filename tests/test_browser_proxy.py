"""The page below a path of nginx, and behind a sign-in, in a real Chromium."""

import shutil
import socket
import subprocess
from contextlib import closing
from time import monotonic, sleep
from urllib.parse import urlsplit

import pytest
from browsing import ANSWERED, CHARTED, CHROMIUM, ask, served
from test_browser_councillor import save, violations

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
PASSWORD = "moorings at the quay"
CONFIG = """
daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{
    listen 127.0.0.1:{port};
    location /papers/ {{
      proxy_pass {behind}/;
      proxy_http_version 1.1; proxy_buffering off; proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Forwarded-Proto $scheme;
    }}
  }}
}}
"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here; run: apt-get install chromium"),
]


def free_port():
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def until_it_listens(port):
    ends = monotonic() + 20
    while monotonic() < ends:
        with closing(socket.socket()) as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        sleep(0.1)
    pytest.fail("nginx does not listen")


@pytest.fixture
def proxied(browsed_index, browsed_papers, tmp_path):
    if not NGINX:
        pytest.skip("no nginx here; run: apt-get install nginx-light")
    port = free_port()
    more = ("--corpus", browsed_papers, "--root-path", "/papers")
    with served(browsed_index, *more) as behind:
        config = tmp_path / "nginx.conf"
        config.write_text(CONFIG.format(folder=tmp_path, port=port, behind=behind))
        proxy = subprocess.Popen([NGINX, "-e", tmp_path / "error.log", "-c", config])
        try:
            until_it_listens(port)
            yield f"http://127.0.0.1:{port}/papers/"
        finally:
            proxy.terminate()
            proxy.wait(10)


@pytest.fixture
def visit(chromium):
    page = chromium.new_page()
    page.set_default_timeout(120_000)
    page.asked_for = []
    page.on("request", lambda request: page.asked_for.append(urlsplit(request.url)))
    yield page
    page.close()


def test_all_of_the_page_works_below_a_path_of_nginx(visit, proxied, tmp_path):
    visit.goto(proxied)
    visit.wait_for_selector("#examples button:visible")
    turn = ask(visit, "What does RSC stand for?")
    turn.locator(".citation summary").first.click()
    visit.wait_for_function("document.querySelector('.citation[open] img')?.naturalWidth > 0")
    ask(visit, CHARTED, turns=2)
    assert "412" in save(visit, "markdown", tmp_path).read_text("utf-8")
    visit.locator(".turn").last.get_by_role("button", name="Helpful").click()
    visit.wait_for_selector(".told:has-text('Thank you')")
    visit.click('.footer a[href="accessibility"]')
    visit.wait_for_url(f"{proxied}accessibility")
    own = [one for one in visit.asked_for if one.scheme in ("http", "https")]
    assert {one.hostname for one in own} == {"127.0.0.1"}
    assert all(one.path.startswith("/papers/") for one in own)


def test_a_councillor_signs_in_by_keyboard_and_asks(
    visit, browsed_index, browsed_papers, monkeypatch
):
    monkeypatch.setenv("ASSISTANT_COUNCILLOR_PASSWORD", PASSWORD)
    with served(browsed_index, "--corpus", browsed_papers) as address:
        visit.goto(address)
        assert violations(visit) == []
        visit.get_by_label("Password").fill("guess a word")
        visit.keyboard.press("Enter")
        visit.wait_for_selector("[role=alert]")
        assert violations(visit) == []
        visit.get_by_label("Password").fill(PASSWORD)
        visit.keyboard.press("Enter")
        visit.wait_for_selector("#examples button:visible")
        assert "214 otters" in ask(visit, ANSWERED).inner_text()
        stranger = visit.context.browser.new_page()
        assert stranger.goto(address).url.endswith("/sign-in")
        stranger.close()
