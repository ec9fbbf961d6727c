"""Where the papers and the index lie, and which model reads them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import AssistantError


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may change; each is also an environment variable `ASSISTANT_<NAME>`."""

    corpus: Path = Path("corpus")
    index: Path = Path("index")
    model: str = ""  # path of a sentence-transformers model; "" for the one that is shipped
    port: int = 7860


def load_settings() -> Settings:
    """The settings in force: the defaults, overridden by the environment.

    Raises AssistantError for a port that is none.
    """
    default = Settings()
    return Settings(
        corpus=Path(os.environ.get("ASSISTANT_CORPUS", default.corpus)),
        index=Path(os.environ.get("ASSISTANT_INDEX", default.index)),
        model=os.environ.get("ASSISTANT_MODEL", default.model),
        port=_port(os.environ.get("ASSISTANT_PORT", str(default.port))),
    )


def _port(text: str) -> int:
    if text.isdecimal() and int(text) < 65_536:
        return int(text)
    raise AssistantError(f"ASSISTANT_PORT is {text!r}; set it to a number from 0 to 65535")
