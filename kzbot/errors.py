"""Every error that kzbot raises on purpose; each message is one sentence for people that says what to do.

KzbotError
├── SettingsError          a wrong key or value in config/kzbot.yaml or the environment
├── NameBookError          config/names.yaml cannot be used
├── GoldenError            config/golden.yaml cannot be used
├── PhraseError            a phrase file lacks a key or cannot be used
├── DataFolderError        the data folder is locked by another process, or cannot be written
├── GenerationError        a generation cannot be built, opened or found
├── QueryLogError          kzbot.db cannot be opened, is newer than the program, or is closed
├── FetchError             an address is not fetched, or its page is not
├── QuestionError          the question itself is wrong (becomes `bad_request`)
├── ChannelError           the local channel cannot start
└── ConnectionGivenUp      Discord refused for good: bad token, disallowed intents
"""


class KzbotError(Exception):
    """The root: `str(error)` is one plain sentence."""


class SettingsError(KzbotError):
    """Names file or variable, key, and mend."""


class NameBookError(KzbotError):
    """Names file, line where there is one, and reason."""


class GoldenError(KzbotError):
    """Names file, line where there is one, and reason."""


class PhraseError(KzbotError):
    """Names file, key and reason."""


class DataFolderError(KzbotError):
    """Names the folder and who holds it."""


class GenerationError(KzbotError):
    """Names the generation and the reason."""


class QueryLogError(KzbotError):
    """Names the file and the reason."""


class FetchError(KzbotError):
    """Says what is wrong with the address or the page behind it."""


class QuestionError(KzbotError):
    """A question that cannot be asked this way; carries a phrase key and its values."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


class ChannelError(KzbotError):
    """The local channel cannot start or was asked for something that it refuses."""


class ConnectionGivenUp(KzbotError):  # noqa: N818 - it is an end, reported as such
    """Discord closed the connection for a reason that trying again does not mend."""
