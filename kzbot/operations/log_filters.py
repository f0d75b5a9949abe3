"""Reading by what a moderator narrows the log: the same words in the chat and at the terminal."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from difflib import get_close_matches
from typing import get_args

from kzbot.answers.commands import STATIC, title_of
from kzbot.answers.days import read_days
from kzbot.errors import QuestionError
from kzbot.querylog.filters import Filters
from kzbot.querylog.ledger.deeds import DeedFilters
from kzbot.querylog.ledger.rows import Action
from kzbot.querylog.people import People
from kzbot.querylog.rows import QueryStatus

ACTIONS: tuple[str, ...] = get_args(Action)
STATUSES: tuple[QueryStatus, ...] = get_args(QueryStatus)
OPTIONS = ("since", "until", "command", "status", "user", "channel", "search")
LONGEST_SEARCH = 200
_SHOWN = 12
_TITLES = {command.title: command.name for command in STATIC}
_ID = re.compile(r"(?:<[@#][!&]?)?(-?[0-9]{1,19})>?", re.ASCII)


def read_filters(given: Mapping[str, object], today: date, people: People, commands: Collection[str] = ()) -> Filters:
    """The filters that options mean, those that are empty left out; days are those of UTC, counted from `today`.

    `commands`: the names of those that the bot and its log know, beside the ones that every corpus has. `user` is an id of
    Discord's, or a keyed hash (below zero). Raises QuestionError, which says how to write it.
    """
    texts = {name: str(value).strip() for name, value in given.items() if name in OPTIONS and str(value).strip()}
    since, until = _days(texts, today)
    search = texts.get("search", "")
    if len(search) > LONGEST_SEARCH:
        raise QuestionError("operations.log.long", limit=LONGEST_SEARCH)
    return Filters(
        since=since,
        until=until,
        commands=(_command(texts["command"], commands),) if "command" in texts else (),
        statuses=(read_status(texts["status"]),) if "status" in texts else (),
        users=read_user(texts["user"], people) if "user" in texts else (),
        channel=_id("channel", texts["channel"]) if "channel" in texts else None,
        search=search,
    )


def read_deed_filters(
    given: Mapping[str, object], today: date, people: People, actions: Collection[str] = ()
) -> DeedFilters:
    """The filters of deeds that options mean (since, until, user, action), read as those of questions are.

    `actions`: those that stand in the ledger, beside the ones that this program knows. Raises QuestionError.
    """
    texts = {name: str(value).strip() for name, value in given.items() if str(value).strip()}
    since, until = _days(texts, today)
    return DeedFilters(
        since=since,
        until=until,
        users=read_user(texts["user"], people) if "user" in texts else (),
        actions=(_action(texts["action"], actions),) if "action" in texts else (),
    )


def _days(texts: Mapping[str, str], today: date) -> tuple[date | None, date | None]:
    """The first and the last day, None where open: a list that is looked at tomorrow holds tomorrow's."""
    since, until = read_days(texts.get("since"), texts.get("until"), today)
    return since, until if "until" in texts else None


def read_user(text: str, people: People) -> tuple[int, ...]:
    """What rows may hold of this person; QuestionError where it is no id, or where nobody is kept."""
    if people.mode == "none":
        raise QuestionError("operations.log.nobody")
    id_ = _id("user", text)
    return (id_,) if id_ < 0 else (id_, people.hashed(id_))


def read_status(text: str) -> QueryStatus:
    """The status of this name, with spaces or without; QuestionError where there is none."""
    wanted = re.sub(r"[\s-]+", "_", text.casefold())
    for status in STATUSES:
        if status == wanted:
            return status
    raise QuestionError("operations.log.status", value=text[:50], known=", ".join(STATUSES))


def command_choices(typed: str, commands: Collection[str]) -> list[str]:
    """The commands that may be meant by what was typed so far, those first that begin with it."""
    known = sorted({title_of(one) for one in {*_TITLES, *commands}})
    wanted = _plain(typed)
    return [one for one in known if one.startswith(wanted)] + [
        one for one in known if wanted in one and not one.startswith(wanted)
    ]


def _command(text: str, commands: Collection[str]) -> str:
    wanted = _TITLES.get(_plain(text), _plain(text))
    for one in {*_TITLES.values(), *commands}:
        if one.casefold() == wanted:
            return one
    every = sorted(command_choices("", commands), key=_of_moderators)
    near = command_choices(text, commands) or get_close_matches(_plain(text), every) or every
    known = ", ".join(f"/{one}" for one in near[:_SHOWN])
    raise QuestionError("operations.log.command", value=text[:50], known=known)


def _of_moderators(title: str) -> bool:
    """Whether it is one of the commands that are not the first to be meant."""
    return title.startswith(("corpus ", "log "))


def _action(text: str, actions: Collection[str]) -> str:
    wanted = " ".join(text.casefold().replace("_", " ").split())
    known = sorted({*ACTIONS, *actions})
    if wanted in known:
        return wanted
    raise QuestionError("operations.log.action", value=text[:50], known=", ".join(known))


def _plain(text: str) -> str:
    return " ".join(text.strip().removeprefix("/").split()).casefold()


def _id(option: str, text: str) -> int:
    found = _ID.fullmatch(text)
    id_ = int(found[1]) if found else 0
    if not id_ or not -(2**63) < id_ < 2**63 or (option == "channel" and id_ < 0):
        raise QuestionError("operations.log.id", option=option, value=text[:50])
    return id_
