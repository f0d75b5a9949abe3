"""What a build starts from, what it says on its way, and what it says at the end."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, Self

from kzbot.corpus.article import Rejection
from kzbot.corpus.folders import Folders
from kzbot.corpus.overlay import Overlay

Stage = Literal["scan", "read", "analyse", "finish", "compare", "ask"]


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the articles and the name book are; `max_file_bytes` bounds one file.

    `added`: the folder of articles that came in through the chat, None where there is none. `overlay`: what moderators
    laid over both and over the name book. `allow_missing`: a configured folder that is missing counts as an empty one.
    """

    folder: Path
    names_file: Path
    max_file_bytes: int = 5_000_000
    added: Path | None = None
    overlay: Overlay = field(default_factory=Overlay)
    allow_missing: bool = False

    @property
    def folders(self) -> Folders:
        """Where the articles are."""
        return Folders(self.folder, self.added, self.allow_missing)

    def as_json(self) -> dict[str, Any]:
        """The same as JSON values."""
        return {
            "folder": str(self.folder),
            "names_file": str(self.names_file),
            "max_file_bytes": self.max_file_bytes,
            "added": str(self.added) if self.added else None,
            "overlay": self.overlay.as_json(),
            "allow_missing": self.allow_missing,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """The reverse of `as_json`."""
        return cls(
            Path(value["folder"]),
            Path(value["names_file"]),
            int(value["max_file_bytes"]),
            Path(value["added"]) if value["added"] else None,
            Overlay.from_json(value["overlay"]),
            bool(value["allow_missing"]),
        )


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` articles of a stage; both 0 where a stage has no count."""

    stage: Stage
    done: int = 0
    total: int = 0


ProgressCallback = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build did, against the generation that it started from.

    `generation`: the new one, or where nothing changed (`made` is False) the one it started from. `added`, `changed`,
    `removed`: ids of articles, sorted; an article counts as changed when its text or metadata did. `rejected`: files
    that could not be taken; `duplicates`: files that repeat another. `reanalysed`: True where rules or name book
    changed, so that all articles were worked out anew. `reworked`: of the unchanged ones, those that were worked out anew
    because what moderators laid over them changed.
    """

    generation: str
    made: bool
    articles: int
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    rejected: tuple[Rejection, ...] = ()
    duplicates: tuple[Rejection, ...] = ()
    reanalysed: bool = False
    reworked: tuple[str, ...] = ()
    seconds: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """The same as JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """The reverse of `as_json`."""
        plain = dict(value)
        for key in ("added", "changed", "removed", "reworked"):
            plain[key] = tuple(plain[key])
        for key in ("rejected", "duplicates"):
            plain[key] = tuple(Rejection(**one) for one in plain[key])
        return cls(**plain)
