"""What every command starts from: settings, phrases, and where corpus and data are."""

import os
from dataclasses import dataclass, replace
from pathlib import Path

from kzbot.index.sources import Sources
from kzbot.operations.laid import overlay_of
from kzbot.phrases import DEFAULT_FOLDER, Phrases
from kzbot.querylog.ledger.reader import holding_in
from kzbot.querylog.log import FILE_NAME
from kzbot.settings import Settings, load_settings

ADDED_FOLDER = "articles"
"""Below the data folder: the articles that came in through the chat."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """Settings and phrases of this run."""

    settings: Settings
    phrases: Phrases

    def sources(self, folder: Path | None = None) -> Sources:
        """What an index is built from: the configured corpus with what came in through the chat and what moderators laid over
        it, or another folder of articles with the same name book.

        Blocking. Raises QueryLogError where kzbot.db cannot be read.
        """
        corpus, data = self.settings.corpus, self.settings.data.folder
        if folder is not None and folder.resolve() != corpus.folder.resolve():
            return Sources(folder.absolute(), corpus.names, corpus.max_file_bytes)
        return replace(self.bare_sources(), overlay=overlay_of(holding_in(data / FILE_NAME)))

    def bare_sources(self) -> Sources:
        """The configured corpus with what came in through the chat, as if nothing were laid over it."""
        corpus, added = self.settings.corpus, self.settings.data.folder / ADDED_FOLDER
        return Sources(corpus.folder.absolute(), corpus.names, corpus.max_file_bytes, added)


def prepare(config: Path | None, data: Path | None) -> Prepared:
    """Reads settings (of `config`, where given) and phrases; `data` takes the place of the configured data folder.

    Raises SettingsError and PhraseError.
    """
    settings = load_settings(config, os.environ)
    if data is not None:
        kept = settings.data.model_copy(update={"folder": data.expanduser().absolute()})
        settings = settings.model_copy(update={"data": kept})
    return Prepared(settings, Phrases.load(DEFAULT_FOLDER, settings.language.phrases))
