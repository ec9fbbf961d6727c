"""An entry of the audit record given again, from the generation that it was answered from."""

from __future__ import annotations

from pathlib import Path

from assistant.assistant import Assistant
from assistant.audit import Entry, digest_of, find_entry, words_of
from assistant.conversation import Turn
from assistant.embedder import Embedder
from assistant.errors import AssistantError
from assistant.index import Index
from assistant.page.wishes import read_scope


def replay(folder: Path, name: str, model: str = "") -> tuple[list[str], bool]:
    """What is said of an entry, line by line, and whether all of it is as it was.

    Where the question was kept it is asked once more; the words cited are shown always. Raises
    AssistantError where the entry or its generation is gone.
    """
    entry = find_entry(folder, name)
    generation = folder / entry.index
    if not generation.is_dir():
        raise AssistantError(f"{entry.index}: this generation is gone, and the words with it")
    index = Index.open_generation(generation)
    lines = [f"{entry.id}: {entry.verdict} of {entry.time} from {entry.index}", "Cited:"]
    for evidence in words_of(entry, index):
        page = f", PDF page {evidence.page}" if evidence.page else ""
        lines.append(f"  {evidence.passage.paper}{page}: {evidence.text}")
    if not entry.question:
        return [*lines, "The question was not kept, so it cannot be asked again."], True
    same = _asked_again(entry, index, model)
    return [*lines, f"Asked again: {'the same answer' if same else 'ANOTHER ANSWER'}"], same


def _asked_again(entry: Entry, index: Index, model: str) -> bool:
    assistant = Assistant(index, Embedder(model))
    turns = [Turn(user, told) for user, told in entry.history]
    scope = read_scope(entry.scope, assistant.papers())
    return digest_of(assistant.ask(entry.question, turns, scope)) == entry.digest
