"""What a build did, for the officer who ran it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What became of each file, and what it cost."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    dropped: tuple[str, ...]
    held: dict[str, tuple[str, ...]]  # path -> what of it is held back, with page and words
    withdrawn: dict[str, str]  # path -> who withdrew it, when and why
    copies: dict[str, str]  # path -> path of the same paper, which is indexed once
    unreadable: dict[str, str]  # path -> why
    remarks: dict[str, tuple[str, ...]]  # path -> what the officer should know of its reading
    passages: int
    embedded: int  # texts that had to be embedded
    seconds: float

    def __str__(self) -> str:
        rows = [("added", self.added), ("changed", self.changed), ("dropped", self.dropped)]
        lines = [f"{name:<11}{len(paths):>5}  {_some(paths)}".rstrip() for name, paths in rows]
        lines.insert(2, f"{'unchanged':<11}{len(self.unchanged):>5}")
        lines.append(f"{'held back':<11}{len(self.held):>5}")
        lines += [f"  {path}: {one}" for path, held in sorted(self.held.items()) for one in held]
        lines.append(f"{'withdrawn':<11}{len(self.withdrawn):>5}")
        lines += [f"  {path}: {words}" for path, words in sorted(self.withdrawn.items())]
        lines.append(f"{'unreadable':<11}{len(self.unreadable):>5}")
        lines += [f"  {path}: {why}" for path, why in sorted(self.unreadable.items())]
        lines += [f"  {path}: same as {one}" for path, one in sorted(self.copies.items())]
        for path, remarks in sorted(self.remarks.items()):
            lines += [f"  {path}: {remark}" for remark in remarks]
        lines.append(
            f"{self.passages} passages, {self.embedded} embedded, in {self.seconds:.1f} seconds"
        )
        return "\n".join(lines)


def _some(paths: tuple[str, ...]) -> str:
    shown = ", ".join(paths[:3])
    return f"{shown} and {len(paths) - 3} more" if len(paths) > 3 else shown
