"""What `/corpus status` shows: the served generation, what is wrong with its sources, what else is kept."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from kzbot.errors import GenerationError
from kzbot.index.inspect import holdings, is_current
from kzbot.index.rows import IdleRow, NearDuplicateRow, RejectionRow, UnlistedRow, WithdrawnRow
from kzbot.index.sources import Sources
from kzbot.index.store import GenerationStore


@dataclass(frozen=True, slots=True)
class CorpusStatus:
    """The served generation: `created` is UTC (ISO 8601), `years` those of the articles' own dates ("1997-2013").

    `dated` counts dated statements, `names` the names of the name book that are mentioned. `undated`, `unlinked`: ids
    of articles without publication date, without address. `kept`: the generations that a rollback can reach, oldest
    first. `waiting`: a candidate that was built and not applied. `changed`: files, or what moderators laid over them, changed
    since, so that a reload may find something to do. `withdrawn`: articles that they withdrew; `idle`: what else they laid over
    the corpus, without effect now. `unlisted` counts names that the texts carry and the name book lacks, `most_unlisted` are
    the most mentioned of them.
    `near_duplicates`: articles that are nearly the same text as an earlier one. `titles`: those of the undated and unlinked.
    """

    generation: str
    created: str
    folder: str
    articles: int
    passages: int
    dated: int
    names: int
    years: str | None
    rejected: tuple[RejectionRow, ...]
    undated: tuple[str, ...]
    unlinked: tuple[str, ...]
    kept: tuple[str, ...]
    waiting: str | None
    changed: bool
    withdrawn: tuple[WithdrawnRow, ...] = ()
    idle: tuple[IdleRow, ...] = ()
    unlisted: int = 0
    most_unlisted: tuple[UnlistedRow, ...] = ()
    near_duplicates: tuple[NearDuplicateRow, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)


async def status(sources: Sources, store: GenerationStore) -> CorpusStatus:
    """The state of the corpus now; GenerationError where there is none yet, or its file cannot be read."""
    return await asyncio.to_thread(_status, sources, store)


def _status(sources: Sources, store: GenerationStore) -> CorpusStatus:
    applied = store.applied()
    if applied is None:
        raise GenerationError("There is no generation yet; run `python bot.py index` to build the first one.")
    path = store.path(applied)
    held = holdings(path)
    return CorpusStatus(
        generation=applied,
        created=held.meta["created"],
        folder=held.meta["folder"],
        articles=int(held.meta["articles"]),
        passages=int(held.meta["passages"]),
        dated=held.dated,
        names=held.names,
        years=held.meta["years"] or None,
        rejected=held.rejections,
        undated=held.undated,
        unlinked=held.unlinked,
        kept=tuple(store.kept()),
        waiting=store.waiting(),
        changed=not is_current(path, sources),
        withdrawn=held.withdrawn,
        idle=held.idle,
        unlisted=held.unlisted,
        most_unlisted=held.most_unlisted,
        near_duplicates=held.near_duplicates,
        titles=held.titles,
    )
