"""Example questions of a corpus, made from what it holds."""

from collections.abc import Sequence

from kzbot.answers.model import Question
from kzbot.answers.question import typed
from kzbot.index import articles
from kzbot.index.generation import Generation
from kzbot.index.rows import NameRow


async def examples(generation: Generation) -> list[str]:
    """Three questions that this corpus answers, as typed: a profile, a timeline and a search or a source."""
    found: list[Question] = []
    profiles = {kind.name: kind.profile for kind in generation.kinds if kind.profile}
    named = sorted((name for name in generation.names.values() if name.mentions), key=_dated_most)
    profiled = next((name for name in named if name.kind in profiles), None)
    if profiled is not None:
        found.append(Question(str(profiles[profiled.kind]), {"name": profiled.canonical}))
    found.append(Question("timeline", _topic(named, profiled)))
    other = next((name for name in named if name.kind == "programme"), None) or (named[1] if len(named) > 1 else None)
    if other is not None:
        found.append(Question("search", {"query": other.canonical}))
    newest = await articles.newest(generation, 1)
    if newest:
        found.append(Question("source", {"what": newest[0].title}))
    return [typed(question) for question in found[:3]]


def _dated_most(name: NameRow) -> tuple[bool, int]:
    return (name.first is None, -name.mentions)


def _topic(named: Sequence[NameRow], other_than: NameRow | None) -> dict[str, str]:
    topic = next((name for name in named if name is not other_than and name.first), None)
    return {"topic": topic.canonical} if topic else {}
