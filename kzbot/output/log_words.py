"""The log in words: what a list is narrowed by, a question as it was typed, what was done to the bot."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kzbot.answers.commands import title_of
from kzbot.answers.model import Question
from kzbot.answers.question import typed
from kzbot.phrases import Phrases
from kzbot.querylog.filters import Filters
from kzbot.querylog.ledger.deeds import DeedFilters
from kzbot.querylog.ledger.rows import QUESTION, DeedRow
from kzbot.querylog.messages import HASH, message_of
from kzbot.querylog.noted import WORDS, filters_noted
from kzbot.querylog.people import code_of
from kzbot.querylog.rows import QueryRow

_HASH = 12
_UNKNOWN = "?"
_NAME, _ARTICLE, _ARTICLES = "name", "article", "ids"
_ID = re.compile(r"-?[0-9]{1,19}", re.ASCII)


def _person(user: int) -> str:
    return str(user) if user > 0 else code_of(user)


@dataclass(frozen=True, slots=True)
class Shown:
    """How foreign words, people and channels are shown where the words are going to stand; as they are, where nothing is given.

    `user` takes what rows hold of a person: Discord's id above zero, a keyed hash below. `names`: what people call the names of
    the name book, by their ids, `titles`: the titles of articles by theirs; one that is not among them is shown by its id.
    """

    text: Callable[[str], str] = str
    user: Callable[[int], str] = _person
    channel: Callable[[int], str] = str
    server: Callable[[int], str] = str
    names: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)


PLAIN = Shown()


def filter_words(phrases: Phrases, filters: Filters, shown: Shown = PLAIN) -> list[str]:
    """A piece for each filter that holds; of a person's ids the first, for the others are hashes of it."""
    say, said = phrases.say, []
    for name, day in (("since", filters.since), ("until", filters.until)):
        if day is not None:
            said.append(say(f"output.log.filter.{name}", day=phrases.date(day.isoformat())))
    said += [say("output.log.filter.command", command=shown.text(title_of(command))) for command in filters.commands]
    said += [say("output.log.filter.status", status=say(f"chat.log.status.{status}")) for status in filters.statuses]
    if filters.users:
        said.append(say("output.log.filter.user", user=shown.user(filters.users[0])))
    if filters.channel is not None:
        said.append(say("output.log.filter.channel", channel=shown.channel(filters.channel)))
    if filters.server is not None:
        said.append(say("output.log.filter.server", server=shown.server(filters.server)))
    if filters.search.strip():
        said.append(say("output.log.filter.search", search=shown.text(filters.search.strip())))
    return said


def deed_filter_words(phrases: Phrases, filters: DeedFilters, shown: Shown = PLAIN) -> list[str]:
    """The same for deeds."""
    said = filter_words(phrases, Filters(since=filters.since, until=filters.until, users=filters.users), shown)
    said = [*said[:-1], phrases.say("output.deeds.by", user=shown.user(filters.users[0]))] if filters.users else said
    return said + [action_words(phrases, action, shown) for action in filters.actions]


def action_words(phrases: Phrases, action: str, shown: Shown = PLAIN) -> str:
    """A kind of deeds, in words."""
    key = f"output.deeds.name.{action.replace(' ', '_')}"
    return phrases.say(key) if phrases.has(key) else shown.text(action)


def asked_words(phrases: Phrases, row: QueryRow) -> str:
    """The question as it was typed; of a message that was checked from its menu what is kept of it, of a damaged row that it
    is one. Nothing is escaped."""
    if row.damaged:
        return phrases.say("output.log.damaged", number=row.number, columns=", ".join(row.damaged))
    message = message_of(row.command, row.options)
    if message is None:
        return typed(Question(row.command, row.options))
    return phrases.say("output.log.message", message=message, hash=str(row.options.get(HASH))[:_HASH])


def narrowed_words(command: str, options: Mapping[str, Any], shown: Shown) -> tuple[str, str]:
    """A command of a moderator that narrows by a person or a place: its other words, not escaped, and those as `shown` has
    them."""
    rest, named = _apart(options, shown)
    return typed(Question(command, rest)), "".join(f" {one}" for one in named)


def _apart(options: Mapping[str, Any], shown: Shown) -> tuple[dict[str, Any], list[str]]:
    """The options that name nobody and no place, and a piece for each that does."""
    ways = {"user": shown.user, "channel": shown.channel, "server": shown.server}
    ids = {name: int(str(options[name])) for name in ways if _ID.fullmatch(str(options.get(name, "")))}
    rest = {name: value for name, value in options.items() if name not in ids}
    return rest, [f"{name}: {ways[name](id_)}" for name, id_ in ids.items()]


def deed_words(phrases: Phrases, deed: DeedRow, shown: Shown = PLAIN) -> str:
    """What was done, as the end of a sentence that begins with who did it."""
    key = f"output.deeds.action.{_kind(deed)}"
    if not phrases.has(key):
        return shown.text(deed.action)
    values: dict[str, Any] = dict.fromkeys(
        ("article", "words", "edtf", "name", "kind", "file", "told", "refused", "way"), _UNKNOWN
    )
    values |= {name: shown.text(_flat(value)) for name, value in deed.details.items()}
    values["name"] = shown.text(_name(deed, shown))
    if _ARTICLE in deed.details:
        article = str(deed.details[_ARTICLE])
        values[_ARTICLE] = shown.text(shown.titles.get(article, article))
    values |= {"about": deed.about or _UNKNOWN, "command": _command(deed, shown), "count": _count(deed.details)}
    way = f"chat.history.way.{deed.details.get('way')}"
    if phrases.has(way):
        values["way"] = phrases.say(way)
    erased = f"output.deeds.erased.{deed.details.get('kind')}"
    if deed.action == "erase" and phrases.has(erased):
        values["kind"] = phrases.say(erased)
    did = phrases.say(key, **values)
    return phrases.say("output.deeds.asked", did=did, question=values[QUESTION]) if QUESTION in deed.details else did


def names_of(deeds: Iterable[DeedRow]) -> set[str]:
    """The ids of the names that these deeds are about."""
    return {str(deed.details[_NAME]) for deed in deeds if deed.details.get(_NAME)}


def articles_of(deeds: Iterable[DeedRow]) -> set[str]:
    """The ids of the articles that these deeds are about."""
    found: set[str] = set()
    for deed in deeds:
        ids = deed.details.get(_ARTICLES)
        found.update(map(str, ids if isinstance(ids, list) else ()))
        if deed.details.get(_ARTICLE):
            found.add(str(deed.details[_ARTICLE]))
    return found


def deed_details(phrases: Phrases, deed: DeedRow, shown: Shown = PLAIN) -> list[str]:
    """All that is kept of a deed beside who, when and what: a line for each."""
    found = {name: value for name, value in deed.details.items() if value not in (None, "", [], {})}
    lines = [] if deed.about is None else [_about(phrases, deed)]
    for name, value in found.items():
        key = f"output.deeds.detail.{name}"
        label = phrases.say(key) if phrases.has(key) else shown.text(name)
        lines.append(
            phrases.say("output.deeds.detail_line", label=label, value=_detail(phrases, deed, name, value, shown))
        )
    return lines


def _detail(phrases: Phrases, deed: DeedRow, name: str, value: Any, shown: Shown) -> str:
    """One thing that is kept of a deed; a name with its id, people and channels in options of a command as `shown` has them."""
    if name == _NAME and str(value) in shown.names:
        return _named(phrases, _name(deed, shown), str(value), shown)
    if name in (_ARTICLE, _ARTICLES):
        ids = [str(one) for one in (value if isinstance(value, list) else [value])]
        if not shown.titles.keys().isdisjoint(ids):
            titles = shown.titles
            return ", ".join(
                _named(phrases, titles[one], one, shown) if one in titles else shown.text(one) for one in ids
            )
    if not isinstance(value, dict):
        return shown.text(_flat(value))
    if deed.action == "export" and (filters := filters_noted(value)) is not None:
        words = [phrases.say("output.log.filter.words")] if WORDS in value else []
        return ", ".join([*filter_words(phrases, filters, shown), *words])
    rest, named = _apart(value, shown)
    return ", ".join([shown.text(_flat(rest))] * bool(rest) + named)


def _named(phrases: Phrases, name: str, id_: str, shown: Shown) -> str:
    return phrases.say("output.deeds.name_and_id", name=shown.text(name), id=shown.text(id_))


def _about(phrases: Phrases, deed: DeedRow) -> str:
    """The number of the row that a deed is about, with what it is the number of."""
    action: str = deed.action
    if action in ("lay", "lift"):
        kind = deed.details.get("kind", "date" if action == "lay" else None)
        action = "overlay" if kind is None else "removal" if kind == "withdrawal" else "correction"
    for key in (f"output.deeds.about.{action.replace(' ', '_')}", f"output.deeds.about.{action.split(' ')[0]}"):
        if phrases.has(key):
            return phrases.say(key, number=str(deed.about))
    label = phrases.say("output.deeds.detail.about")
    return phrases.say("output.deeds.detail_line", label=label, value=str(deed.about))


def _name(deed: DeedRow, shown: Shown) -> str:
    """What people call the name that a deed is about."""
    id_ = str(deed.details.get(_NAME) or _UNKNOWN)
    return shown.names.get(id_, id_)


def _kind(deed: DeedRow) -> str:
    """The key of its words; what is laid over the corpus has words of its own for each kind, a command for what came of it."""
    if deed.action == "look" and deed.details.get("result") in ("refused", "failed"):
        return f"look_{deed.details['result']}"
    if deed.action != "lay":
        return deed.action.replace(" ", "_")
    kind = str(deed.details.get("kind", "date"))
    return f"lay_{'no_date' if kind == 'date' and deed.details.get('edtf') is None else kind}"


def _command(deed: DeedRow, shown: Shown) -> str:
    options = deed.details.get("options")
    command = str(deed.details.get("command", ""))
    words, named = narrowed_words(command, options if isinstance(options, dict) else {}, shown)
    return shown.text(words) + named


def _count(details: Mapping[str, Any]) -> int:
    ids, count = details.get("ids"), details.get("questions")
    return len(ids) if isinstance(ids, list) else count if isinstance(count, int) else 0


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_flat(one)}" for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(map(_flat, value))
    return str(value)
