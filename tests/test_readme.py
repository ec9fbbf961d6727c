"""What the README claims is so."""

import json
import re
import shlex
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from assistant.answers import Answer, Citation, WorkedOut, reply_row
from assistant.assistant import read_row
from assistant.cli import _parser
from assistant.corpus import READERS
from assistant.evidence import Evidence
from assistant.figures import figures_in
from assistant.overrides import load_overrides
from assistant.papers import Kind, PaperRecord
from assistant.passages import Passage, Place
from assistant.questions import LONGEST
from assistant.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
CODE = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", README, flags=re.S))
CODE += re.findall(r"^    (\S.*)$", README, flags=re.M)
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, flags=re.S)
# Made when they are needed, or by an officer, and so not in the repository
MADE = {"corpus/papers.yaml", "evals/report.html", ".venv/bin", "../shared/evals"}


def code(start):
    found = [text.split("  #")[0].strip() for text in CODE if text.startswith(start)]
    assert found
    return found


@pytest.mark.parametrize("command", code("assistant "))
def test_every_command_named_is_one_that_the_parser_takes(command):
    arguments = shlex.split(command)[1:]
    assert _parser(Settings()).parse_args(arguments).run


def test_every_command_of_the_parser_is_named():
    helped = _parser(Settings()).format_help()
    commands = re.findall(r"^    (\w+) ", helped, flags=re.M)
    assert commands
    assert all(any(text.startswith(f"assistant {name}") for text in CODE) for name in commands)


@pytest.mark.parametrize("command", code("make "))
def test_every_make_target_named_exists(command):
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert re.search(rf"^{command.split()[1]}:", makefile, flags=re.M)


def test_every_file_named_exists():
    named = {
        text for text in CODE if re.fullmatch(r"[\w.-]*[\w-]/[\w./-]*|[\w-]+\.(?:py|txt)", text)
    }
    named |= set(re.findall(r"\]\(([^)]+)\)", README))
    assert named
    places = (ROOT, ROOT / "assistant")
    assert not {n for n in named - MADE if not any((place / n).exists() for place in places)}


def test_the_variables_named_are_the_settings_with_their_defaults():
    rows = re.findall(r"^\| `ASSISTANT_(\w+)` \|.*\| ([^|]+) \|$", README, flags=re.M)
    said = {name.lower(): default.strip("`") for name, default in rows}
    settings = Settings()
    known = {field.name: str(getattr(settings, field.name)) for field in fields(settings)}
    assert said == known | {
        "model": "the one installed",
        "officer_password": "none",
        "councillor_password": "none",
    }


def test_the_map_of_the_code_names_every_module_once():
    table = README.split("in reading order:")[1].split("An `Answer`")[0]
    named = re.findall(r"`([a-z_]+)`", table)
    there = [path.stem for path in (ROOT / "assistant").glob("*.py") if path.stem != "__init__"]
    assert sorted(named) == sorted(there)


def test_every_kind_of_file_that_is_read_is_named():
    assert set(READERS) == {".pdf", ".docx", ".html", ".htm", ".md", ".txt"}
    assert "PDF, Word (.docx), HTML, Markdown or text files" in README


def test_the_example_of_papers_yaml_is_taken(tmp_path):
    (example,) = (text for language, text in BLOCKS if language == "yaml")
    (tmp_path / "papers.yaml").write_text(example, "utf-8")
    (record,) = load_overrides(tmp_path).values()
    assert record.meeting_date == date(2024, 10, 24)


def test_the_example_of_a_batch_row_is_taken():
    row = json.loads(next(text for language, text in BLOCKS if language == "json"))
    _, question, turns = read_row(row)
    assert question and turns


def test_the_example_of_a_reply_has_the_fields_of_one():
    said = json.loads([text for language, text in BLOCKS if language == "json"][1])
    passage = Passage(1, "a.pdf", Kind.PARAGRAPH, "59% were on time.", (Place(0, 12, "11", None),))
    evidence = Evidence(passage, 0, len(passage.text))
    record = PaperRecord("a.pdf", "d", "Schools", "report", "Fenshire", "Cabinet", None, 9)
    figures = tuple(figures_in(evidence, ((0, 3),)))
    answer = Answer(
        "59%", (Citation(1, evidence, record),), figures, (WorkedOut("8 points", (1,)),)
    )
    row = reply_row(answer)
    assert said.keys() == {"id", "milliseconds"} | row.keys()
    assert said["citations"][0].keys() == row["citations"][0].keys()
    assert said["figures"][0].keys() == row["figures"][0].keys()


def test_the_longest_question_is_as_said():
    assert f"at most {LONGEST:,} characters" in README
