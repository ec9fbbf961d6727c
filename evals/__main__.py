"""`python -m evals`: run the suites, print the measures, write the report, hold the baseline."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from assistant.errors import AssistantError
from assistant.settings import load_settings
from evals.baseline import SAVE, Change, compare, read_baseline, record, save_baseline
from evals.measures import kind_table, stage_table, suite_table
from evals.promote import promote
from evals.report import write_report
from evals.scoring import Score
from evals.suites import EVALS, SUITES, find_cases, open_suite, run_suite

Scores = dict[str, Sequence[Score]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the suites; 0 where quality held, 1 where it fell, 2 where they could not be run.

    `promote` and `replay` do what they say instead.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if given[:1] == ["promote"]:
            return _promote(given[1:])
        if given[:1] == ["replay"]:
            return _replay(given[1:])
        options = _options(given)
        scores = _run(options.cases)
        return conclude(scores, EVALS, save=options.save)
    except AssistantError as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 2


def _promote(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m evals promote", description="Make a reader's report into a case to finish."
    )
    file = load_settings().index / "feedback.jsonl"
    parser.add_argument("--feedback", type=Path, default=file, help="the reports (feedback.jsonl)")
    parser.add_argument("--line", type=int, help="which one, from 1 (default: the last fault)")
    options = parser.parse_args(arguments)
    print(promote(options.feedback, options.line), end="")
    return 0


def _replay(arguments: Sequence[str]) -> int:
    from evals.replay import replay  # loads the model

    settings = load_settings()
    parser = argparse.ArgumentParser(
        prog="python -m evals replay", description="Give an answer of the audit record again."
    )
    parser.add_argument("entry", help="its id in audit.jsonl")
    parser.add_argument("--index", type=Path, default=settings.index, help="folder of the index")
    options = parser.parse_args(arguments)
    lines, same = replay(options.index, options.entry, settings.model)
    print(*lines, sep="\n")
    return 0 if same else 1


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m evals",
        description="Ask the known questions, measure the answers and compare with the baseline.",
    )
    parser.add_argument(
        "--cases",
        type=Path,
        action="append",
        default=[],
        metavar="PATH",
        help="a case file, or a folder of them, named sample*, dorset* or kent*; "
        "may be given again (default: evals/ and ../shared/evals/)",
    )
    parser.add_argument("--save", action="store_true", help="make this run the new baseline")
    options = parser.parse_args(arguments)
    if options.save and options.cases:
        parser.error("--save keeps whole suites; leave out --cases")
    return options


def _run(paths: Sequence[Path]) -> Scores:
    cases = find_cases(paths)
    scores: Scores = {}
    for suite in SUITES:
        if suite not in cases:
            print(f"{suite.name}: left out, there are no cases for it here")
        elif not suite.corpus.is_dir():
            print(f"{suite.name}: left out, its papers are not at {suite.corpus}")
        else:
            scores[suite.name] = run_suite(suite.name, cases[suite], open_suite(suite))
    if not scores:
        raise AssistantError("no suite could be run; name a case file: python -m evals --cases")
    return scores


def conclude(scores: Scores, folder: Path, *, save: bool) -> int:
    """Print and report the scores, compare with the folder's baseline; return the exit code."""
    baseline_file, report = folder / "baseline.json", folder / "report.html"
    baseline = read_baseline(baseline_file)
    changes = [
        change
        for suite, of_suite in scores.items()
        if suite in baseline
        for change in compare(suite, baseline[suite], of_suite)
    ]
    tables = [suite_table(scores), *(kind_table(*item) for item in scores.items())]
    tables.append(stage_table(scores))
    print("", *tables, sep="\n\n", end="\n\n")
    write_report(report, tables, scores, changes)
    print(f"Every miss, with its evidence: {report}")
    held = _supported(scores)
    if save:
        save_baseline(
            baseline_file, {suite: record(of_suite) for suite, of_suite in scores.items()}
        )
        print(f"Baseline saved for {', '.join(scores)}")
        return 0 if held else 1
    for suite in scores.keys() - baseline.keys():
        print(f"{suite}: no baseline to compare with; type `{SAVE}`")
    return 0 if _kept(changes) and held else 1


def _supported(scores: Scores) -> bool:
    """Print the answers that hold a number without support; True if there are none."""
    bad = [score for of_suite in scores.values() for score in of_suite if score.unsupported]
    for score in bad:
        print(f"FAILED unsupported figures: {score.case.id}: {', '.join(score.unsupported)}")
    return not bad


def _kept(changes: Sequence[Change]) -> bool:
    """Print what moved since the baseline; True if nothing got too much worse."""
    for change in changes:
        if change.worse or change.better:
            print(f"{'FAILED ' if change.too_far else ''}{change}")
    return not any(change.too_far for change in changes)


if __name__ == "__main__":
    sys.exit(main())
