"""Papers in ZIP files and e-mails are read; what must not be opened is refused with its reason."""

from __future__ import annotations

import zipfile
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
from making import HARBOUR, LIBRARY, build, contents

from assistant import archives
from assistant.archives import archive_of, names_of, unpack_safely
from assistant.page.originals import file_of

WANTED = (".md", ".pdf")


def zipped(path: Path, **members: str | bytes) -> Path:
    """A ZIP file; "/" in a name is written as two underscores here."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return path


def mailed(path: Path, **attachments: bytes) -> Path:
    message = EmailMessage()
    message["Subject"] = "Papers for Tuesday"
    message.set_content("Please find the papers attached.")
    for name, content in attachments.items():
        message.add_attachment(content, "application", "octet-stream", filename=name)
    path.write_bytes(bytes(message))
    return path


def unpacked(path: Path, folder: Path) -> dict[str, str]:
    """Each member by its name with why it was refused."""
    folder.mkdir()
    return {one.name: one.why for one in unpack_safely(path, folder, WANTED)}


@pytest.fixture
def here(tmp_path):
    return tmp_path / "room"


def test_the_papers_of_a_zip_file_go_by_its_name_and_theirs(corpus, tmp_path):
    (corpus / "library.md").unlink()
    zipped(corpus / "pack.zip", **{"reports__library.md": LIBRARY, "notes.ini": "x"})
    report = build(corpus, tmp_path / "index")
    assert report.added == ("harbour.md", "pack.zip/reports/library.md")
    assert {passage.paper for passage in contents(tmp_path / "index")[2]} == set(report.added)
    assert build(corpus, tmp_path / "index").unchanged == report.added


def test_attachments_of_an_email_are_read_also_in_a_zip_file(corpus, tmp_path):
    inner = zipped(tmp_path / "inner.zip", **{"library.md": LIBRARY.replace("57", "58")})
    mailed(corpus / "mail.eml", **{"a.md": HARBOUR.encode() + b"Moved.\n"})
    mailed(corpus / "late.eml", **{"inner.zip": inner.read_bytes()})
    added = build(corpus, tmp_path / "index").added
    assert {"mail.eml/a.md", "late.eml/inner.zip/library.md"} <= set(added)


def test_a_paper_in_an_archive_and_beside_it_is_indexed_once(corpus, tmp_path):
    zipped(corpus / "a.zip", **{"library.md": LIBRARY})
    assert build(corpus, tmp_path / "index").copies == {"a.zip/library.md": "library.md"}


@pytest.mark.parametrize(
    "name", ["../up.md", "a/../../up.md", "/etc/up.md", "C:\\up.md", "..\\up.md"]
)
def test_a_path_that_climbs_out_is_refused(tmp_path, here, name):
    found = unpacked(zipped(tmp_path / "a.zip", **{name: "words"}), here)
    ((shown, why),) = found.items()
    assert "leads out" in why and ".." not in shown
    assert not list(tmp_path.rglob("up.md"))


def test_a_bomb_is_refused_by_what_it_says_and_by_what_comes_out(tmp_path, here, monkeypatch):
    bomb = zipped(tmp_path / "a.zip", **{"zeros.md": b"0" * 30_000_000})
    assert "bomb" in unpacked(bomb, here)["zeros.md"]
    monkeypatch.setattr(archives, "MOST_BYTES", 1_000)
    (tmp_path / "room2").mkdir()
    (whole,) = archives.unpack(
        zipped(tmp_path / "b.zip", a="", **{"a.md": "x" * 2_000}), tmp_path / "room2", WANTED
    )
    assert whole.name == "" and "unpacks to more than" in whole.why


def test_macro_files_and_other_kinds_are_refused_and_pictures_left_out(corpus, tmp_path):
    for name in ("a.docm", "b.xlsm", "c.doc"):
        (corpus / name).write_bytes(b"PK")
    zipped(corpus / "pack.zip", **{"d.docm": "x", "logo.png": "x", "e.xlsx": "x"})
    unreadable = build(corpus, tmp_path / "index").unreadable
    assert unreadable.keys() == {"a.docm", "b.xlsm", "c.doc", "pack.zip/d.docm", "pack.zip/e.xlsx"}
    assert all("macros" in unreadable[name] for name in ("a.docm", "b.xlsm", "pack.zip/d.docm"))


def test_archives_are_opened_two_deep_and_no_deeper(tmp_path, here):
    deep = zipped(tmp_path / "3.zip", **{"a.md": "words"}).read_bytes()
    deeper = zipped(tmp_path / "2.zip", **{"3.zip": deep, "b.md": "words"}).read_bytes()
    found = unpacked(zipped(tmp_path / "1.zip", **{"2.zip": deeper}), here)
    assert found["2.zip/b.md"] == ""
    assert "too many archives" in found["2.zip/3.zip"]


def locked(data: bytes) -> bytes:
    """The archive with its entries flagged as encrypted."""
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.index(mark) + at
        data = data[:start] + bytes([data[start] | 1]) + data[start + 1 :]
    return data


def test_what_cannot_be_opened_is_told_by_its_reason(tmp_path, here):
    whole = zipped(tmp_path / "a.zip", **{"a.md": "words"}).read_bytes()
    for name, data, why in (
        ("locked", locked(whole), "password"),
        ("torn", whole[:-9], "damaged"),
        ("empty", b"", "damaged"),
        ("bare", zipped(tmp_path / "b.zip").read_bytes(), "no paper"),
    ):
        (tmp_path / f"{name}.zip").write_bytes(data)
        (told,) = unpacked(tmp_path / f"{name}.zip", tmp_path / f"room {name}").values()
        assert why in told


def test_two_members_of_one_name_are_not_taken_for_one(tmp_path, here):
    buffer = BytesIO()
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.md", "one")
        archive.writestr("a.md", "two")
    (tmp_path / "a.zip").write_bytes(buffer.getvalue())
    assert list(unpacked(tmp_path / "a.zip", here).values())[1].startswith("has the name")


def test_a_member_is_held_back_by_the_name_of_its_archive(corpus, tmp_path):
    zipped(corpus / "Private Pack.zip", **{"bid.md": "The bid was £4,000.\n"})
    build(corpus, tmp_path / "index")
    assert "Private Pack.zip/bid.md" in contents(tmp_path / "index")[0].withheld


def test_a_member_is_handed_out_as_it_was_indexed(corpus, tmp_path):
    zipped(corpus / "pack.zip", **{"ferry.md": "The ferry fare is £4.\n"})
    build(corpus, tmp_path / "index")
    record = contents(tmp_path / "index")[1]["pack.zip/ferry.md"]
    assert file_of(record, corpus).read_text() == "The ferry fare is £4.\n"


def test_a_path_tells_the_archives_around_a_paper():
    assert names_of("may/pack.zip/a/b.pdf") == ("pack.zip", "a", "b.pdf")
    assert archive_of("may/pack.zip/a/b.pdf") == "may/pack.zip"
    assert (names_of("may/b.pdf"), archive_of("may/b.pdf")) == (("b.pdf",), "")
