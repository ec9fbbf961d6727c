"""Nothing leaves this machine: an index is built and asked where no other can be reached."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from assistant.ocr import INSTALL, is_installed

# Python runs a module of this name before anything else; only what is not on this machine is
# turned away, and each attempt is written down.
GUARD = """
import os, socket

def note(what):
    with open(os.environ["ATTEMPTS"], "a") as file:
        file.write(f"{what}\\n")
    raise OSError(f"turned away: {what}")

def is_here(host):
    return host in (None, "", "localhost", "127.0.0.1", "::1", b"localhost", b"127.0.0.1")

def guard(name):
    plain = getattr(socket.socket, name)
    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and not is_here(address[0]):
            note(address)
        return plain(self, address)
    setattr(socket.socket, name, guarded)

guard("connect")
guard("connect_ex")
look_up = socket.getaddrinfo
socket.getaddrinfo = lambda host, *rest, **named: (
    look_up(host, *rest, **named) if is_here(host) else note(host)
)
"""
BUILD_SERVERS = ("CI", "TF_BUILD", "JENKINS_URL")
PAPER = """Otter survey report to the Rivers Committee, 3 March 2023

The otter survey found 214 otters in the brook.
"""


def run(folder, *arguments):
    # Some packages report their use but where a build server runs them: here it counts.
    outside = {name: value for name, value in os.environ.items() if name not in BUILD_SERVERS}
    guarded = {
        **outside,
        "PYTHONPATH": f"{folder / 'guard'}{os.pathsep}{Path.cwd()}",
        "ATTEMPTS": str(folder / "attempts"),
    }
    return subprocess.run(
        [sys.executable, *arguments], env=guarded, capture_output=True, text=True, timeout=300
    )


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(GUARD)
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "otters.txt").write_text(PAPER)
    return tmp_path


def test_the_guard_turns_away_and_writes_down(folder):
    reach = "import urllib.request; urllib.request.urlopen('http://elsewhere.invalid/')"
    assert run(folder, "-c", reach).returncode == 1
    assert "elsewhere.invalid" in (folder / "attempts").read_text()


@pytest.mark.slow
def test_an_index_is_built_and_asked_without_reaching_for_another_machine(folder):
    index = folder / "index"
    command = ("-m", "assistant.cli")
    built = run(folder, *command, "index", "--corpus", folder / "corpus", "--index", index)
    assert built.returncode == 0, built.stderr
    asked = run(folder, *command, "ask", "How many otters were found?", "--index", index)
    assert asked.returncode in (0, 1), asked.stderr  # answered, or refused
    assert not (folder / "attempts").exists()


def test_a_child_process_is_guarded_too(folder):
    reach = "import socket; socket.create_connection(('192.0.2.1', 9))"
    asked = (
        "import subprocess, sys; from assistant.settings import environment; "
        f"subprocess.run([sys.executable, '-c', {reach!r}], env=environment())"
    )
    assert "turned away" in run(folder, "-c", asked).stderr
    assert "192.0.2.1" in (folder / "attempts").read_text()


@pytest.mark.slow
def test_the_page_is_made_ready_without_reaching_for_another_machine(folder):
    made = run(
        folder,
        "-c",
        "from pathlib import Path; from assistant.page.desk import Desk; "
        "from assistant.page.serve import web_app; web_app(Desk(Path('none'), '', Path('none')))",
    )
    assert made.returncode == 0, made.stderr
    assert not (folder / "attempts").exists()


@pytest.mark.slow
@pytest.mark.skipif(not is_installed(), reason=f"needs the extra: {INSTALL}")
def test_a_scan_is_read_without_reaching_for_another_machine(folder):
    picture = Image.new("L", (600, 200), 255)
    words = ImageDraw.Draw(picture)
    words.text((20, 60), "The ferry fare is 4 pounds", font=ImageFont.load_default(32))
    picture.save(folder / "scan.pdf", resolution=100)
    read = run(
        folder,
        "-c",
        "import sys; from pathlib import Path; from assistant.doors import read_pdf_safely; "
        "print(read_pdf_safely(Path(sys.argv[1])).blocks)",
        folder / "scan.pdf",
    )
    assert "ferry fare" in read.stdout, read.stderr
    assert not (folder / "attempts").exists()
