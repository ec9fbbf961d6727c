"""A report of a reader made into a case, for a maintainer to finish."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import yaml

from assistant.errors import AssistantError

# What the maintainer has to fill in stands in square brackets.
QUESTION = "[the question as it was asked; the reader did not send it]"
QUOTE = "[the words of the paper that bear the answer]"
ANSWER = "[the right answer]"
SHOWN = "[what the answer must show]"
_HEAD = """# From {file}, line {line}: {time}, index {index}, reported as "{reason}".
# Fill in what stands in square brackets, look at the paper and page cited, set the kind, and add
# the case to a file of evals/. A question that the papers do not answer is of the kind
# unanswerable, and needs neither evidence nor must_include.
"""


def promote(feedback: Path, line: int | None) -> str:
    """The report on a line (from 1; without one the last that is not "helpful") as a case in YAML.

    Raises AssistantError where there is none.
    """
    reports = _reports(feedback)
    told = [number for number, one in reports.items() if one.get("reason") != "helpful"]
    number = line or (told[-1] if told else 0)
    if number not in reports:
        raise AssistantError(f"{feedback}: no report there; name its line: evals promote --line 1")
    return case_of(reports[number], feedback.name, number)


def _reports(feedback: Path) -> dict[int, Mapping[str, object]]:
    try:
        lines = feedback.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise AssistantError(f"{feedback}: cannot be read ({error})") from error
    found: dict[int, Mapping[str, object]] = {}
    for number, line in enumerate(lines, 1):
        try:
            said = json.loads(line)
        except ValueError:
            continue
        if isinstance(said, dict):
            found[number] = said
    return found


def case_of(report: Mapping[str, object], file: str, line: int) -> str:
    """A report as the YAML of a case."""
    cited = report.get("cited")
    places = [str(one) for one in cited] if isinstance(cited, list) else []
    case = {
        "id": f"report-{str(report.get('time', ''))[:10]}-{line}",
        "question": str(report.get("question") or QUESTION),
        "kind": "fact",
        "evidence": [_evidence(place) for place in places[:1]],
        "answer": ANSWER,
        "must_include": [[SHOWN]],
    }
    said = {key: str(report.get(key, "")).replace("\n", " ") for key in ("time", "index", "reason")}
    head = _HEAD.format(file=file, line=line, **said)
    others = "".join(f"# It cited too: {' '.join(place.split())}\n" for place in places[1:])
    return f"{head}{others}{yaml.safe_dump([case], sort_keys=False, allow_unicode=True, width=96)}"


def _evidence(place: str) -> dict[str, object]:
    """Paper and PDF page of "a/b.pdf, paragraph 3.2, page 59 (PDF page 61)"."""
    paper = re.split(r", (?=(?:paragraph|minute|page|under) )|, $", place)[0]
    pages = re.findall(r"PDF page (\d+)", place) or re.findall(r"\bpage (\d+)$", place)
    page: dict[str, object] = {"page": int(pages[0])} if pages else {}
    return {"paper": paper, **page, "quote": QUOTE}
