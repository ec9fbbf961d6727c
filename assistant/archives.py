"""Archives among the papers: ZIP files and e-mails, and the papers that they hold.

They are unpacked by a child process with limits on time, memory and disk. A paper in one goes by
its path through it: "pack.zip/report.pdf".
"""

from __future__ import annotations

import email
import json
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from email import policy
from email.errors import MessageError
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from assistant.settings import environment

ARCHIVES = (".zip", ".eml")
SECONDS = 120.0
MEMORY = 2**30
MOST_BYTES = 500 * 2**20  # that one archive may unpack to
MOST_FILES = 1_000
MOST_DEEP = 2  # a ZIP file in an e-mail is opened, and one in that is not
# Papers hardly pack to a tenth; a bomb packs to a thousandth.
MOST_SQUEEZED = 200
SMALL = 2**20
_CHUNK = 2**18
_MACROS = (".docm", ".dotm", ".xlsm", ".xltm", ".xlam", ".pptm", ".potm")
_OTHERS = (
    *(".doc", ".dot", ".rtf", ".odt", ".xls", ".xlsx", ".xlsb", ".ods", ".ppt", ".pptx", ".odp"),
    *(".msg", ".rar", ".7z", ".tar", ".gz", ".tgz", ".epub", ".pages"),
)
_LOCKED = "protected by a password: ask for an open copy"
_DAMAGED = (
    zipfile.BadZipFile,
    MessageError,
    zlib.error,
    EOFError,
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
    NotImplementedError,
    RuntimeError,
    RecursionError,
)


class _TooMuch(Exception):
    """Raised in the child for an archive that must not be unpacked any further."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file that an archive holds, or the archive itself where its name is ""."""

    name: str
    file: str  # where it was unpacked to, "" where it was refused
    why: str = ""  # why it was refused


def names_of(path: str) -> tuple[str, ...]:
    """The names that a paper goes by: those of the archives around it, and its own."""
    parts = path.split("/")
    first = next((at for at, part in enumerate(parts) if _suffix(part) in ARCHIVES), len(parts) - 1)
    return tuple(parts[first:])


def archive_of(path: str) -> str:
    """The path of the archive that a paper lies in, or ""."""
    return path[: -len("/".join(inner)) - 1] if (inner := names_of(path)[1:]) else ""


def refusal(name: str) -> str:
    """Why a file is never read, by its kind; "" for kinds that are, and for what is no document."""
    if _suffix(name) in _MACROS:
        return "may hold macros, which are programs: save it as .docx or PDF"
    return "files of this kind are not read: save it as PDF" if _suffix(name) in _OTHERS else ""


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def unpack_safely(
    archive: Path, folder: Path, wanted: Collection[str], seconds: float = SECONDS
) -> list[Member]:
    """The papers of an archive, unpacked into an empty folder, and what was refused of it.

    `wanted` are the suffixes of papers. Of what is none, documents are refused and others left out.
    """
    command = [sys.executable, "-m", "assistant.archives", str(archive), str(folder), *wanted]
    try:
        child = subprocess.run(
            command,
            env=environment(),
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return [Member("", "", f"took longer than {seconds:g} seconds to unpack")]
    if child.returncode:
        return [Member("", "", "damaged file: unpacking it failed or took too much memory")]
    return [Member(**member) for member in json.loads(child.stdout)]


def unpack(archive: Path, folder: Path, wanted: Collection[str]) -> list[Member]:
    """As `unpack_safely`, here."""
    unpacking = _Unpacking(folder, frozenset(wanted))
    try:
        unpacking.open(archive, "", 1)
    except _TooMuch as error:
        return [Member("", "", str(error))]
    except _DAMAGED as error:
        return [Member("", "", _damage(error))]
    return unpacking.members or [Member("", "", "holds no paper of a kind that is read")]


def _damage(error: Exception) -> str:
    return f"damaged file: {type(error).__name__} {str(error)[:80]}".strip()


@dataclass(slots=True)
class _Unpacking:
    """What has been unpacked so far."""

    folder: Path
    wanted: frozenset[str]
    members: list[Member] = field(default_factory=list)
    _names: set[str] = field(default_factory=set)
    _size: int = 0
    _seen: int = 0

    def open(self, archive: Path, within: str, depth: int) -> None:
        """Unpacks one archive; `within` is its own path in the others."""
        opened = _of_email(archive) if archive.suffix.lower() == ".eml" else _of_zip(archive)
        for name, why, write in opened:
            self._seen += 1
            if self._seen > MOST_FILES:
                raise _TooMuch(f"holds more than {MOST_FILES} files: unpack it and choose")
            self._take(name, why, write, within, depth)

    def _take(self, name: str, why: str, write: _Write, within: str, depth: int) -> None:
        inside = within + _shown(name)
        why = _climbing(name) or refusal(name) or why
        packed = _suffix(name) in ARCHIVES
        if packed and depth >= MOST_DEEP:
            why = "lies in too many archives: unpack it and put its papers in the folder"
        if not why and not packed and _suffix(name) not in self.wanted:
            return
        if why:
            self._keep(inside, "", why)
            return
        target = self.folder / str(self._seen) / _shown(name).rsplit("/", 1)[-1]
        target.parent.mkdir(parents=True)
        try:
            with target.open("wb") as file:
                write(file, self._count)
            if packed:
                self.open(target, f"{inside}/", depth + 1)
        except _DAMAGED as error:
            self._keep(inside, "", _damage(error))
            return
        if not packed:
            self._keep(inside, str(target.relative_to(self.folder)), "")

    def _count(self, size: int) -> None:
        self._size += size
        if self._size > MOST_BYTES:
            raise _TooMuch(f"unpacks to more than {MOST_BYTES >> 20} MB: a bomb, or for unpacking")

    def _keep(self, name: str, file: str, why: str) -> None:
        if name.lower() in self._names:
            name = f"{name}#{self._seen}"
            file, why = "", why or "has the name of another file in the archive"
        self._names.add(name.lower())
        self.members.append(Member(name, file, why))


_Write = Callable[[BinaryIO, Callable[[int], None]], None]
# Name, why it is refused or "", and what writes it
_Entry = tuple[str, str, _Write]


def _of_zip(archive: Path) -> Iterator[_Entry]:
    with zipfile.ZipFile(archive) as opened:
        for info in opened.infolist():
            hidden = any(part.startswith((".", "__MACOSX")) for part in info.filename.split("/"))
            if info.is_dir() or (hidden and ".." not in info.filename):
                continue

            def write(
                file: BinaryIO, count: Callable[[int], None], info: zipfile.ZipInfo = info
            ) -> None:
                with opened.open(info) as packed:
                    while chunk := packed.read(_CHUNK):
                        count(len(chunk))
                        file.write(chunk)

            yield info.filename, _refused(info), write


def _refused(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & 1:
        return _LOCKED
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "packed in a way that is not read: save it as an ordinary ZIP file"
    if info.file_size > max(SMALL, MOST_SQUEEZED * info.compress_size):
        return f"would unpack to {info.file_size >> 20} MB, as only a bomb does"
    return ""


def _of_email(message: Path) -> Iterator[_Entry]:
    with message.open("rb") as file:
        opened = email.message_from_binary_file(file, policy=policy.default)
    for part in opened.walk():
        name = part.get_filename()
        if not name or part.is_multipart():
            continue

        def write(
            file: BinaryIO, count: Callable[[int], None], part: email.message.Message = part
        ) -> None:
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                count(len(content))
                file.write(content)

        yield name, "", write


def _climbing(name: str) -> str:
    plain = name.replace("\\", "/")
    out = plain.startswith("/") or ".." in plain.split("/") or re.match(r"[A-Za-z]:", plain)
    return "its path leads out of the archive" if out else ""


def _shown(name: str) -> str:
    """A name that can be shown and used as a path: nothing in it leads anywhere."""
    plain = "".join(c if c.isprintable() else "\ufffd" for c in name.replace("\\", "/"))
    parts = [part[-120:] for part in plain.split("/") if part not in ("", ".", "..")]
    return "/".join(parts) or "unnamed"


def _limit() -> None:
    with suppress(ImportError):  # Windows has no such limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_BYTES, MOST_BYTES))


if __name__ == "__main__":
    _limit()
    found = unpack(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
    sys.stdout.write(json.dumps([asdict(member) for member in found]))
