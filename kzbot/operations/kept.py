"""The states of the corpus that a rollback can reach, for people to choose from."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from kzbot.index.inspect import is_readable, meta_of
from kzbot.index.store import GenerationStore
from kzbot.querylog.ledger.rows import ApplicationRow


@dataclass(frozen=True, slots=True)
class KeptState:
    """`created`: UTC (ISO 8601), `articles`: how many, None where the file cannot be read. `served`: answers come from it.
    `usable`: it can be served by this version of the program. `applied`: how it last came to be served, where that is known.
    """

    generation: str
    created: str | None
    articles: int | None
    served: bool
    usable: bool
    applied: ApplicationRow | None


async def kept_states(store: GenerationStore, applications: Iterable[ApplicationRow]) -> list[KeptState]:
    """The kept generations, the newest first; `applications` are those of the history, the latest first."""
    latest: dict[str, ApplicationRow] = {}
    for row in applications:
        latest.setdefault(row.generation, row)
    return await asyncio.to_thread(_states, store, latest)


def _states(store: GenerationStore, latest: dict[str, ApplicationRow]) -> list[KeptState]:
    served = store.applied()
    states = []
    for one in reversed(store.kept()):
        meta = meta_of(store.path(one))
        articles = meta.get("articles")
        states.append(
            KeptState(
                generation=one,
                created=meta.get("created"),
                articles=int(articles) if articles else None,
                served=one == served,
                usable=is_readable(store.path(one)),
                applied=latest.get(one),
            )
        )
    return states
