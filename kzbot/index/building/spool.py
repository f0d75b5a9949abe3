"""Articles that were read and wait to be written, kept on disk so that memory does not grow with the corpus."""

import pickle
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

from kzbot.corpus.article import Article


class Spool:
    """Append-only store of articles in a file without a name: nothing of it is left after a crash."""

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed by __exit__
        self._at: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def put(self, article: Article) -> None:
        """Keep the article under its file name."""
        self._at[article.file] = self._file.seek(0, 2)
        pickle.dump(article, self._file, protocol=5)

    def get(self, file: str) -> Article | None:
        """The article that was read from `file`, None where that file was not read."""
        if file not in self._at:
            return None
        self._file.seek(self._at[file])
        article = pickle.load(self._file)
        assert isinstance(article, Article)
        return article
