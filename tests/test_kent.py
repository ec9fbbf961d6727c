"""Real papers brought up to date: the work done is that of the change, and no more."""

import shutil
from pathlib import Path

import pytest
from making import WordEmbedder, build, contents

KENT = Path(__file__).resolve().parents[2] / "shared" / "papers" / "kent"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not KENT.is_dir(), reason="needs the papers in ../shared/papers/kent"),
]


@pytest.fixture(scope="module")
def indexed(tmp_path_factory):
    """A folder of all the papers, indexed."""
    folder = tmp_path_factory.mktemp("kent")
    shutil.copytree(KENT, folder / "corpus", copy_function=shutil.copyfile)
    build(folder / "corpus", folder / "index")
    return folder / "corpus", folder / "index"


def test_after_one_changed_one_renamed_and_one_removed_only_the_change_is_embedded(indexed):
    corpus, index = indexed
    papers = contents(index)[1]
    by_size = sorted(papers, key=lambda path: (corpus / path).stat().st_size)
    removed, changed, source = by_size[0], by_size[1], by_size[-1]
    # A paper that has a title of its own is called by it whatever its file is called.
    own = (path for path in by_size[2:] if papers[path].title not in Path(path).stem)
    renamed = next(path for path in own if Path(path).stem not in papers[path].title)
    known = {passage.text for passage in contents(index)[2]}
    (corpus / removed).unlink()
    (corpus / renamed).rename(corpus / "renamed.pdf")
    (corpus / changed).with_suffix(".md").write_text("# Ferry fares\n\nThe ferry fare is £4.\n")
    (corpus / changed).unlink()
    embedder = WordEmbedder()
    report = build(corpus, index, embedder)
    assert len(embedder.embedded) == report.embedded <= 2
    assert "renamed.pdf" in report.added and removed in report.dropped
    assert source in report.unchanged
    fresh = {passage.text for passage in contents(index)[2]} - known
    assert fresh == {"The ferry fare is £4."}
