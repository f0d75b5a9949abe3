"""`python bot.py index`: takes in what changed, with a progress bar and a summary."""

import asyncio

from kzbot.cli.prepared import Prepared
from kzbot.cli.summary import print_report
from kzbot.cli.terminal import build_progress, console
from kzbot.index.store import GenerationStore
from kzbot.operations.reload import reload


def index_corpus(prepared: Prepared, force: bool) -> int:
    """Builds and applies; the exit status: 0 where the corpus is as the folder is, 1 where something kept it from that."""
    store = GenerationStore(prepared.settings.data.folder)
    with build_progress(prepared.phrases) as progress:
        report = asyncio.run(reload(prepared.sources(), store, force=force, progress=progress))
    print_report(console(), prepared.phrases, report)
    return 0 if report.outcome in ("applied", "unchanged") else 1
