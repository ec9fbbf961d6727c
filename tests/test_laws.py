"""The shape of the program: no import cycles, one owner of each heavy package, a quick start."""

import ast
import subprocess
import sys
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "assistant"
# What may import each heavy package: modules, or folders of them.
OWNERS = {
    "pdfminer": {"pdf", "canvas", "operators", "visible"},
    "sentence_transformers": {"conversion"},
    "torch": {"conversion", "graphics"},
    "openvino": {"encoder", "conversion"},
    "rapidocr": {"ocr"},
    "onnxruntime": {"ocr"},
    "zipfile": {"archives", "office"},
    "faiss": {"nearest"},
    "bm25s": {"lexical"},
    "sqlite3": {"store"},
    "docx": {"office", "page"},
    "bs4": {"markup", "inline", "textblocks"},
    "gradio": {"page"},
}


@cache
def modules() -> dict[str, ast.Module]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE.parent).with_suffix("").as_posix().replace("/", ".")
        found[name.removesuffix(".__init__")] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def imported(tree: ast.Module) -> set[str]:
    """The names of all modules imported anywhere in a file, inside functions too."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found


def test_modules_import_each_other_in_one_direction_only():
    trees = modules()
    packages = {name for name in trees if any(other.startswith(f"{name}.") for other in trees)}
    graph = {
        name: {other for other in imported(tree) if other in trees and other not in packages}
        for name, tree in trees.items()
        if name not in packages
    }
    TopologicalSorter(graph).prepare()  # raises CycleError with the modules of the cycle


@pytest.mark.parametrize("package", OWNERS)
def test_a_heavy_package_is_imported_by_its_owner_only(package):
    users = {
        name.split(".")[1]
        for name, tree in modules().items()
        if any(one.split(".")[0] == package for one in imported(tree))
    }
    assert users
    assert users <= OWNERS[package]


@pytest.mark.parametrize("start", ["import assistant.cli", "assistant.cli.main(['--help'])"])
def test_neither_the_command_line_nor_its_help_loads_the_model_or_the_page(start):
    code = f"""
import sys, contextlib, assistant.cli
with contextlib.suppress(SystemExit):
    {start}
heavy = {{"torch", "transformers", "sentence_transformers", "gradio", "pdfminer"}}
sys.exit(str(heavy & sys.modules.keys()) if heavy & sys.modules.keys() else 0)
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=PACKAGE.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_only_the_command_line_prints():
    printing = {
        name
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    }
    assert printing <= {"assistant.cli", "assistant.page.serve"}
