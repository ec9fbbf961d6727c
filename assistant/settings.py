"""Where the papers and the index lie, and which model reads them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may change; each is also an environment variable `ASSISTANT_<NAME>`."""

    corpus: Path = Path("corpus")
    index: Path = Path("index")
    model: str = ""  # path of a sentence-transformers model; "" for the one that is shipped
    port: int = 7860


def load_settings() -> Settings:
    """The settings in force: the defaults, overridden by the environment."""
    default = Settings()
    return Settings(
        corpus=Path(os.environ.get("ASSISTANT_CORPUS", default.corpus)),
        index=Path(os.environ.get("ASSISTANT_INDEX", default.index)),
        model=os.environ.get("ASSISTANT_MODEL", default.model),
        port=int(os.environ.get("ASSISTANT_PORT", default.port)),
    )
