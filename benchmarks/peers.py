"""The assistant beside haystack, llama-index and txtai: the same papers, weights and questions.

Run as `python -m benchmarks.peers [--corpus DIR] [--runs N]`, with the extra `peers` installed (an
environment of its own is best for it). Each peer reads the PDFs with pypdf, cuts them into passages
of some 160 words, embeds those with the published weights in float32, and finds ten passages for a
question; the assistant indexes the folder and answers in full. They take turns, each in processes
of its own, and ratios are taken within a turn.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from assistant.embedder import published_model
from benchmarks.costs import ROOT, Row, run_command, save, table
from evals.cases import read_cases
from evals.suites import batch_row

SAMPLE = ROOT / "evals" / "sample.yaml"
# Words of a passage: of this many, the weights read all.
WORDS = 160
FOUND = 10
ASKED = 60

# Finds passages for a question, and says how many
Search = Callable[[str], int]


def pages(corpus: Path) -> Iterator[str]:
    """The text of each page of the PDFs of a folder, and of each of its text files."""
    from pypdf import PdfReader

    for path in sorted(corpus.rglob("*")):
        if path.suffix == ".pdf":
            yield from (page.extract_text() for page in PdfReader(path).pages)
        elif path.suffix in (".md", ".txt"):
            yield path.read_text(encoding="utf-8")


def with_haystack(corpus: Path) -> tuple[int, Search]:
    """Its splitter, embedders and store in memory."""
    from haystack import Document

    os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"
    from haystack.components.preprocessors import DocumentSplitter
    from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore
    from haystack.document_stores.types import DuplicatePolicy
    from haystack_integrations.components.embedders.sentence_transformers import (
        SentenceTransformersDocumentEmbedder,
        SentenceTransformersTextEmbedder,
    )

    model = str(published_model())
    store = InMemoryDocumentStore(embedding_similarity_function="cosine")
    splitter = DocumentSplitter(split_by="word", split_length=WORDS)
    embedder = SentenceTransformersDocumentEmbedder(model=model, progress_bar=False)
    asking = SentenceTransformersTextEmbedder(model=model, progress_bar=False)
    embedder.warm_up()
    asking.warm_up()
    read = [Document(content=text) for text in pages(corpus) if text.strip()]
    passages = embedder.run(splitter.run(read)["documents"])["documents"]
    retriever = InMemoryEmbeddingRetriever(store, top_k=FOUND)
    written = store.write_documents(passages, policy=DuplicatePolicy.SKIP)

    def search(question: str) -> int:
        return len(retriever.run(asking.run(question)["embedding"])["documents"])

    return written, search


def with_llama_index(corpus: Path) -> tuple[int, Search]:
    """Its splitter and vector index, with an embedding of sentence-transformers."""
    from llama_index.core import Document, VectorStoreIndex
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from llama_index.core.node_parser import SentenceSplitter
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(published_model()))

    class Weights(BaseEmbedding):
        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            return model.encode(texts).tolist()  # type: ignore[no-any-return]

        def _get_text_embedding(self, text: str) -> list[float]:
            return self._get_text_embeddings([text])[0]

        def _get_query_embedding(self, query: str) -> list[float]:
            return self._get_text_embeddings([query])[0]

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

    read = [Document(text=text) for text in pages(corpus) if text.strip()]
    splitter = SentenceSplitter(
        chunk_size=WORDS, chunk_overlap=0, include_metadata=False, tokenizer=str.split
    )
    passages = splitter.get_nodes_from_documents(read)
    made = VectorStoreIndex(passages, embed_model=Weights(embed_batch_size=32))
    retriever = made.as_retriever(similarity_top_k=FOUND)
    return len(passages), lambda question: len(retriever.retrieve(question))


def with_txtai(corpus: Path) -> tuple[int, Search]:
    """Its embeddings with their texts; passages are cut here, since its own cutter reads no PDF."""
    from txtai import Embeddings

    passages = [
        " ".join(words[start : start + WORDS])
        for words in map(str.split, pages(corpus))
        for start in range(0, len(words), WORDS)
    ]
    made = Embeddings(path=str(published_model()), content=True, gpu=False)
    made.index(passages)
    return len(passages), lambda question: len(made.search(question, FOUND))


PEERS = {"haystack": with_haystack, "llama-index": with_llama_index, "txtai": with_txtai}


def peer(name: str, corpus: Path) -> Row:
    """One peer: indexes, and is asked."""
    began, worked = perf_counter(), process_time()
    passages, search = PEERS[name](corpus)
    row: Row = {
        "what": name,
        "papers": corpus.name,
        "index s": round(perf_counter() - began, 1),
        "index CPU s": round(process_time() - worked, 1),
        "passages": passages,
    }
    times = [_milliseconds(search, case.question) for case in read_cases(SAMPLE)[:ASKED]]
    return row | {"median ms": round(median(times[1:]), 2)}


def _milliseconds(search: Search, question: str) -> float:
    began = perf_counter()
    search(question)
    return 1000 * (perf_counter() - began)


def ours(corpus: Path, index: Path, batch: Path) -> Row:
    """The assistant: indexes, and answers."""
    cost = run_command(
        "assistant.cli", "index", "--json", "--corpus", corpus.resolve(), "--index", index
    )
    asked = run_command("assistant.cli", "ask", "--batch", batch, "--index", index)
    times = [json.loads(line)["milliseconds"] for line in asked.output.splitlines()]
    return {
        "what": "the assistant",
        "papers": corpus.name,
        "index s": round(cost.seconds, 1),
        "index CPU s": round(cost.worked, 1),
        "passages": int(json.loads(cost.output)["passages"]),
        "median ms": round(median(times[1:]), 2),
    }


def turn(corpus: Path) -> list[Row]:
    """All of them once, each after a run of the assistant, as ratios to that run."""
    rows: list[Row] = []
    with TemporaryDirectory() as folder:
        batch = Path(folder) / "questions.jsonl"
        cases = [json.dumps(batch_row(case)) for case in read_cases(SAMPLE)[:ASKED]]
        batch.write_text("\n".join(cases), encoding="utf-8")
        for name in PEERS:
            own = ours(corpus, Path(folder) / name, batch)
            output = run_command(
                "benchmarks.peers", "--corpus", corpus.resolve(), "--peer", name
            ).output
            other: Row = json.loads(output.splitlines()[-1])
            if not rows:
                rows.append(own | {f"{measure}, ratio": 1.0 for measure in MEASURED})
            rows.append(
                other
                | {
                    f"{measure}, ratio": round(float(other[measure]) / float(own[measure]), 2)
                    for measure in MEASURED
                }
            )
    return rows


MEASURED = ("index s", "index CPU s", "median ms")


def medians(turns: list[list[Row]]) -> list[Row]:
    """The turns as one, each figure the median of its own."""
    return [
        {
            name: value if isinstance(value, str) else median(float(one[name]) for one in same)
            for name, value in same[0].items()
        }
        for same in zip(*turns, strict=True)
    ]


def main() -> None:
    """Measures all, prints them and saves them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers")
    parser.add_argument("--corpus", type=Path, default=ROOT / "corpus" / "sample")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--peer", choices=list(PEERS), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peer:
        print(json.dumps(peer(options.peer, options.corpus)))
        return
    rows = medians([turn(options.corpus) for _ in range(options.runs)])
    print(table(rows))
    print(f"\nsaved: {save('peers', rows)}")


if __name__ == "__main__":
    main()
