"""The command line: index, ask, chat, explain, papers, serve."""

from __future__ import annotations

import argparse
import codecs
import io
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Never

from assistant.errors import AssistantError, QuestionInvalid
from assistant.manifest import Manifest
from assistant.overrides import export_papers, import_papers
from assistant.settings import Settings, load_settings

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.build import Exam
    from assistant.embedder import Embedder

ANSWERED, REFUSED, FAILED = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code: 0 an answer, 1 a refusal, 2 an error."""
    _print_anything()
    try:
        settings = load_settings()
        options = _parser(settings).parse_args(arguments)
        return int(options.run(options, settings))
    except AssistantError as error:
        print(f"assistant: {error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("assistant: stopped; the index in use is as it was", file=sys.stderr)
        return FAILED
    except BrokenPipeError:  # the reader of our output has gone, which is its good right
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ANSWERED


def _print_anything() -> None:
    """A letter that the terminal cannot show must not cost the reader the rest of the answer."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _parser(settings: Settings) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="assistant", description="Cited answers from council committee papers, offline."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    index = commands.add_parser("index", help="read new and changed papers into the index")
    _add_index_options(index, settings)
    ask = commands.add_parser("ask", help="answer one question, or a batch of them")
    ask.add_argument("question", nargs="?", metavar="QUESTION")
    ask.add_argument("--json", action="store_true", help="print the reply as JSON")
    ask.add_argument(
        "--batch",
        type=Path,
        metavar="FILE.jsonl",
        help="one question a line; - reads standard input",
    )
    ask.add_argument(
        "--hits",
        type=int,
        default=0,
        metavar="N",
        help="with --batch: also the N passages retrieved",
    )
    ask.set_defaults(run=_ask)
    chat = commands.add_parser("chat", help="hold a conversation")
    chat.set_defaults(run=_chat)
    explain = commands.add_parser("explain", help="show how a question is answered")
    explain.add_argument("question", metavar="QUESTION")
    explain.set_defaults(run=_explain)
    papers = commands.add_parser("papers", help="list, release or withdraw papers")
    papers.add_argument("--export", type=Path, metavar="FILE.yaml", help="write the list of papers")
    papers.add_argument(
        "--import", type=Path, dest="taken", metavar="FILE.yaml", help="take a list's corrections"
    )
    papers.add_argument("--corpus", type=Path, default=settings.corpus, help="folder of papers")
    papers.set_defaults(run=_papers)
    _add_acts(papers)
    serve = commands.add_parser("serve", help="open the web page")
    serve.add_argument("--port", type=int, default=settings.port)
    serve.add_argument("--corpus", type=Path, default=settings.corpus, help="folder of papers")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen at; this machine's")
    serve.add_argument(
        "--root-path", default="", metavar="/PATH", help="path below which a proxy shows the page"
    )
    serve.set_defaults(run=_serve)
    for command in (index, ask, chat, explain, papers, serve):
        command.add_argument(
            "--index", type=Path, default=settings.index, help="folder of the index"
        )
    return parser


def _add_index_options(index: argparse.ArgumentParser, settings: Settings) -> None:
    index.add_argument("--corpus", type=Path, default=settings.corpus, help="folder of papers")
    index.add_argument("--full", action="store_true", help="read every paper again")
    index.add_argument(
        "--rollback", action="store_true", help="return to the index before the one in use"
    )
    index.add_argument(
        "--gate", action="store_true", help="swap in only what answers the known questions as well"
    )
    index.add_argument("--json", action="store_true", help="print what was done as JSON")
    index.add_argument("--quiet", action="store_true", help="print nothing but errors")
    index.add_argument("--progress", action="store_true", help="show progress without a terminal")
    index.add_argument("--watch", action="store_true", help="go on, and build after each change")
    index.set_defaults(run=_index)


def _add_acts(papers: argparse.ArgumentParser) -> None:
    """What an officer may decide about a paper, for the log."""
    acts = papers.add_subparsers(metavar="ACT")
    for act, what in (("release", "let in what is held back"), ("withdraw", "take a paper out")):
        one = acts.add_parser(act, help=what)
        one.add_argument("name", metavar="NAME", help="path below the corpus folder, or file name")
        # A paper must go at once where it has to; letting one in can wait for its reason.
        needed = act == "release"
        one.add_argument(
            "--by", required=needed, default="nobody named", metavar="WHO", help="who decided it"
        )
        one.add_argument(
            "--why", required=needed, default="no reason given", metavar="TEXT", help="for the log"
        )
        # Given before or after the act, they must not be set back to their defaults.
        one.add_argument("--corpus", type=Path, default=argparse.SUPPRESS)
        one.add_argument("--index", type=Path, default=argparse.SUPPRESS)
        one.set_defaults(run=_decide, act=act)


def _decide(options: argparse.Namespace, settings: Settings) -> int:
    from assistant.build import decide
    from assistant.releases import Act

    entry = decide(
        options.corpus,
        options.index,
        options.name,
        Act(options.act),
        by=options.by,
        why=options.why,
    )
    print(f"{entry.paper}: {entry}")
    print("Recorded. The index is as it was; to obey it run: assistant index")
    return ANSWERED


def _index(options: argparse.Namespace, settings: Settings) -> int:
    # Readers and the embedder are loaded by those commands only that need them.
    from assistant.build import build_index, roll_back_index
    from assistant.embedder import Embedder

    if options.rollback:
        folder = roll_back_index(options.corpus, options.index)
        print(f"{folder} is in use again; assistant index brings it up to the folder")
        return ANSWERED
    embedder = Embedder(settings.model)

    def build() -> None:
        report = build_index(
            options.corpus,
            options.index,
            embedder=embedder,
            full=options.full,
            progress=options.progress or (sys.stderr.isatty() and not options.quiet),
            exam=_exam(embedder) if options.gate else None,
        )
        if not options.quiet:
            print(json.dumps(report.row(), ensure_ascii=False) if options.json else report)
        sys.stdout.flush()

    if options.watch:
        _watch(options.corpus, build)
    build()
    return ANSWERED


def _watch(corpus: Path, build: Callable[[], None]) -> Never:
    """Builds after each change until it is stopped; a build that fails is told and tried again."""
    from assistant.watch import PAUSE, watch

    def works() -> bool:
        try:
            build()
        except AssistantError as error:
            print(f"assistant: {error}", file=sys.stderr, flush=True)
            return False
        return True

    watch(corpus, works, lambda: sleep(PAUSE))


def _exam(embedder: Embedder) -> Exam:
    from evals.exam import make_exam

    return make_exam(embedder)


def _opened(options: argparse.Namespace, settings: Settings) -> Assistant:
    """The assistant over the index in use; who only builds one needs nothing of it."""
    from assistant.assistant import Assistant

    return Assistant.open(options.index, settings.model)


def _ask(options: argparse.Namespace, settings: Settings) -> int:
    if options.batch:
        return _batch(options, settings)
    if options.question is None:
        raise QuestionInvalid(
            'no question; type: assistant ask "QUESTION" or assistant ask --batch FILE'
        )
    from assistant.answers import Refusal, reply_row
    from assistant.terminal import said

    assistant = _opened(options, settings)
    reply = assistant.ask(options.question)
    print(json.dumps(reply_row(reply), ensure_ascii=False) if options.json else said(reply))
    return REFUSED if isinstance(reply, Refusal) else ANSWERED


def _batch(options: argparse.Namespace, settings: Settings) -> int:
    """Answers every row; one that cannot be asked is reported and the others still answered."""
    assistant = _opened(options, settings)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # JSON lines are UTF-8 wherever they are written
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    failed = 0
    for number, line in _lines(options.batch):
        try:
            out = assistant.answer_row(_row(line), options.hits)
        except AssistantError as error:
            failed += 1
            todo = "; mend the row" if isinstance(error, QuestionInvalid) else ""
            why = f"line {number}: {error}{todo}"
            print(f"assistant: {options.batch}, {why}", file=sys.stderr)
            out = _failed_row(line, why)
        print(json.dumps(out, ensure_ascii=False), flush=True)
    return FAILED if failed else ANSWERED


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """The numbered lines of a file that are not blank, without a byte order mark."""
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise QuestionInvalid(
            f"{path}: cannot be read ({error}); name a JSON lines file"
        ) from error
    # Only "\n" ends a row: a question may hold the other characters that part lines.
    for number, line in enumerate(data.removeprefix(codecs.BOM_UTF8).split(b"\n"), 1):
        if line.strip():
            yield number, line


def _row(line: bytes) -> dict[str, object]:
    """A line as a row. Raises QuestionInvalid where it is no JSON object in UTF-8."""
    try:
        row = json.loads(line.decode("utf-8"))
        # Half of a surrogate pair is valid JSON but no text: it becomes a question mark.
        row = json.loads(json.dumps(row, ensure_ascii=False).encode("utf-8", "replace"))
    except UnicodeDecodeError as error:
        raise QuestionInvalid("not UTF-8") from error
    except RecursionError as error:
        raise QuestionInvalid("nested too deeply") from error
    except ValueError as error:
        raise QuestionInvalid(f"not JSON ({error})") from error
    if not isinstance(row, dict):
        raise QuestionInvalid("a batch row must be a JSON object")
    return row


def _failed_row(line: bytes, why: str) -> dict[str, object]:
    """A row of the contract for a question that could not be asked, with its id if it has one."""
    try:
        row = json.loads(line.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        row = None
    name = row.get("id") if isinstance(row, dict) else None
    return {
        "id": str(name) if isinstance(name, str | int) else None,
        "answer": why,
        "refused": True,
        "citations": [],
        "figures": [],
        "worked_out": [],
        "readings": [],
        "understood": None,
        "milliseconds": 0.0,
        "error": why,
    }


def _chat(options: argparse.Namespace, settings: Settings) -> int:
    from assistant.terminal import INTRODUCED, Talk

    conversation = Talk(_opened(options, settings), options.index)
    print(INTRODUCED)
    while True:
        try:
            line = input("> ").strip()
        except EOFError:
            return ANSWERED
        if line == "/quit":
            return ANSWERED
        if line:
            print(conversation.reply(line))


def _explain(options: argparse.Namespace, settings: Settings) -> int:
    from assistant.answers import Refusal
    from assistant.explain import explain

    text, reply = explain(_opened(options, settings), options.question)
    print(text)
    return REFUSED if isinstance(reply, Refusal) else ANSWERED


def _papers(options: argparse.Namespace, settings: Settings) -> int:
    assistant = _opened(options, settings)
    if options.export:
        count = export_papers(assistant.papers(), options.export)
        print(
            f"{options.export}: papers listed: {count}; correct it, then: assistant papers --import"
        )
        return ANSWERED
    if options.taken:
        for path in import_papers(options.corpus, options.taken, assistant.papers()):
            print(f"corrected   {path}")
        print("The index is as it was; to obey what was corrected run: assistant index")
        return ANSWERED
    for record in assistant.papers():
        day = record.meeting_date.isoformat() if record.meeting_date else "no date   "
        print(f"{day}  {record.type:<16} {record.committee or record.council}: {record.title}")
        print(f"            {record.path}")
        for remark in (*filter(None, [record.source]), *record.remarks):
            print(f"            {remark}")
    for line in _left_out(assistant.index.manifest):
        print(line)
    return ANSWERED


def _left_out(manifest: Manifest) -> Iterator[str]:
    """A line for each file, or part of one, that is not indexed, with the reason."""
    for path, same in manifest.copies.items():
        yield f"copy        {path}: same as {same}"
    for path, held in manifest.withheld.items():
        for line in held.lines():
            yield f"held back   {path}: {line}"
    for path, gone in manifest.withdrawn.items():
        yield f"withdrawn   {path}: {gone.words}"
    for path, words in manifest.released.items():
        yield f"released    {path}: {words}"
    for path, file in manifest.unreadable.items():
        yield f"unreadable  {path}: {file.why}"


def _serve(options: argparse.Namespace, settings: Settings) -> int:
    from assistant.page.serve import Site, serve

    site = Site(
        options.index,
        settings.model,
        options.corpus,
        settings.officer_password,
        settings.councillor_password,
        settings.audit,
        options.root_path.rstrip("/"),
    )
    serve(site, options.port, options.host)
    return ANSWERED


if __name__ == "__main__":
    sys.exit(main())
