"""What going back to a kept generation would do to the articles."""

from kzbot.index.comparison import Comparison
from kzbot.index.inspect import is_readable
from kzbot.index.store import GenerationStore
from kzbot.operations.planning.plan import ChangedArticle, Plan, PlannedArticle


def plan_back(generation: str, store: GenerationStore) -> Plan | None:
    """A plan whose candidate is the kept generation: articles that would come back, go and change, by their heads only.

    None where it is not kept or cannot be read. Blocking. Raises GenerationError where a file is damaged.
    """
    served = store.applied()
    if generation not in store.kept() or not is_readable(store.path(generation)):
        return None
    with Comparison(store.path(generation), store.path(served) if served else None) as compared:
        before, after = compared.counts()
        return Plan(
            candidate=generation,
            base=served,
            made="",
            before=before,
            after=after,
            added=tuple(PlannedArticle(*one) for one in compared.added()),
            removed=tuple(PlannedArticle(*one) for one in compared.removed()),
            changed=tuple(ChangedArticle(one.id, one.title) for one in compared.changed()),
        )
