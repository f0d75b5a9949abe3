"""Building a corpus that nobody is answered from yet: it is served at once, without a plan, for there is nothing to compare."""

from kzbot.errors import GenerationError
from kzbot.index.building.child import build_in_child
from kzbot.index.sources import BuildSummary, ProgressCallback, Sources
from kzbot.index.store import GenerationStore


async def take_in(
    sources: Sources, store: GenerationStore, *, empty: bool = False, progress: ProgressCallback = lambda _: None
) -> BuildSummary:
    """Bring the store up to date with the folder. For the first generation of the bot, whose next start notes it in the
    history, and for collections that are only asked at the terminal.

    Raises DataFolderError where another process holds the data folder, GenerationError or NameBookError where the build
    fails, or there is no article (but for `empty`); then all is as it was.
    """
    with store.lock():
        base = store.newest()
        summary = await build_in_child(sources, store.folder, store.path(base) if base else None, progress)
        if not summary.articles and not empty:
            if summary.made:
                store.discard(summary.generation)
            raise GenerationError(
                f"No article could be read from {sources.folder} ({len(summary.rejected)} files rejected); nothing was"
                " changed. Put text or Markdown files there, or name another folder in corpus.folder."
            )
        if summary.generation != store.applied():
            store.apply(summary.generation)
        store.withdraw()
        store.prune()
        return summary
