"""What every command starts from: settings, phrases, and where corpus and data are."""

import os
from dataclasses import dataclass
from pathlib import Path

from kzbot.index.sources import Sources
from kzbot.phrases import DEFAULT_FOLDER, Phrases
from kzbot.settings import Settings, load_settings


@dataclass(frozen=True, slots=True)
class Prepared:
    """Settings and phrases of this run."""

    settings: Settings
    phrases: Phrases

    def sources(self, folder: Path | None = None) -> Sources:
        """What an index is built from: the configured corpus, or another folder of articles with the same name book."""
        corpus = self.settings.corpus
        return Sources((folder or corpus.folder).absolute(), corpus.names, corpus.max_file_bytes)


def prepare(config: Path | None, data: Path | None) -> Prepared:
    """Reads settings (of `config`, where given) and phrases; `data` takes the place of the configured data folder.

    Raises SettingsError and PhraseError.
    """
    settings = load_settings(config, os.environ)
    if data is not None:
        kept = settings.data.model_copy(update={"folder": data.expanduser().absolute()})
        settings = settings.model_copy(update={"data": kept})
    return Prepared(settings, Phrases.load(DEFAULT_FOLDER, settings.language.phrases))
