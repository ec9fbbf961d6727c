"""Where the papers and the index lie, and which model reads them."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from assistant.errors import AssistantError


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may change; each is also an environment variable `ASSISTANT_<NAME>`."""

    corpus: Path = Path("corpus")
    index: Path = Path("index")
    model: str = ""  # path of a sentence-transformers model; "" for the one that is shipped
    port: int = 7860
    officer_password: str = field(default="", repr=False)  # "" for no officer's page
    councillor_password: str = field(default="", repr=False)  # "" for a page without a sign-in
    audit: str = "30"  # days the record of answers is kept; "30 text": the questions too; "0": none


def load_settings() -> Settings:
    """The settings in force: the defaults, overridden by the environment.

    Raises AssistantError for a port that is none.
    """
    default = Settings()
    return Settings(
        corpus=Path(os.environ.get("ASSISTANT_CORPUS", default.corpus)),
        index=Path(os.environ.get("ASSISTANT_INDEX", default.index)),
        model=os.environ.get("ASSISTANT_MODEL", default.model),
        officer_password=os.environ.get("ASSISTANT_OFFICER_PASSWORD", ""),
        councillor_password=os.environ.get("ASSISTANT_COUNCILLOR_PASSWORD", ""),
        audit=_audit(os.environ.get("ASSISTANT_AUDIT", default.audit)),
        port=_port(os.environ.get("ASSISTANT_PORT", str(default.port))),
    )


def _audit(text: str) -> str:
    if re.fullmatch(r"\d{1,5}(?: text)?", text):
        return text
    raise AssistantError(f'ASSISTANT_AUDIT is {text!r}; set it to days: "30", "30 text" or "0"')


def _port(text: str) -> int:
    if text.isdecimal() and int(text) < 65_536:
        return int(text)
    raise AssistantError(f"ASSISTANT_PORT is {text!r}; set it to a number from 0 to 65535")


def environment() -> dict[str, str]:
    """The variables for a process of ours: it finds this package, and what this one would find."""
    root = str(Path(__file__).resolve().parent.parent)
    kept = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": os.pathsep.join((root, kept) if kept else (root,))}
