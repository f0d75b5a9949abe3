"""The packages that read HTML and PDF: optional, and imported only in the child that reads such a file."""

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from kzbot.corpus.problem import Problem

EXTRAS: Mapping[str, tuple[str, str, str]] = {
    ".htm": ("trafilatura", "html", "HTML"),
    ".html": ("trafilatura", "html", "HTML"),
    ".pdf": ("pypdf", "pdf", "PDF"),
}
"""By suffix: the package that is needed, the optional extra of kzbot that brings it, what people call the format."""


def needs_extra(file: str) -> bool:
    """Whether a file is read by a package that may be missing."""
    return PurePosixPath(file).suffix.lower() in EXTRAS


def versions_for(files: Iterable[str]) -> list[tuple[str, str]]:
    """The packages that read these files, with their versions (empty where one is not installed); none for plain texts."""
    needed = {EXTRAS[suffix][0] for suffix in {PurePosixPath(file).suffix.lower() for file in files} & EXTRAS.keys()}
    return [(package, _version(package)) for package in sorted(needed)]


def missing(suffix: str) -> Problem:
    """Why a file with this suffix is not read where its package is not installed, and what to install."""
    _, extra, format_ = EXTRAS[suffix]
    return Problem(
        f"{format_} needs an optional package that is not installed; run .venv/bin/pip install -e '.[{extra}]'."
    )


def _version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - a start without such files is quicker

    try:
        return version(package)
    except PackageNotFoundError:
        return ""
