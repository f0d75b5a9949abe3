"""What brings articles in and takes them out, for the chat and the terminal."""

from kzbot.cli.prepared import Prepared
from kzbot.operations.fetching.fetch import fetch
from kzbot.operations.importing.importer import Importer
from kzbot.operations.keeper import Keeper
from kzbot.operations.removing import Remover
from kzbot.operations.shelf import Shelf
from kzbot.querylog.log import QueryLog


def importer_for(prepared: Prepared, keeper: Keeper, log: QueryLog, shelf: Shelf) -> Importer:
    """The importer of the data folder; what it added for a plan that is cancelled is taken back."""
    settings = prepared.settings
    importer = Importer(
        settings.data.folder,
        keeper,
        log.ledger,
        shelf,
        most=settings.corpus.max_file_bytes,
        printed=prepared.phrases.say("operations.importing.printed"),
        fetch=fetch if settings.corpus.fetch else None,
    )
    keeper.when_cancelled("imports", importer.regret)
    return importer


def remover_for(keeper: Keeper, log: QueryLog, shelf: Shelf) -> Remover:
    """What withdraws articles; what it withdrew for a plan that is cancelled stays."""
    remover = Remover(keeper, log.ledger, shelf)
    keeper.when_cancelled("removals", remover.regret)
    return remover
