"""The questions that can be asked: commands and their options, the same in Discord and at the terminal."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from kzbot.language.names.book import Kind


@dataclass(frozen=True, slots=True)
class OptionSpec:
    """An option: `flag` takes true or false; `completes` when suggestions are offered while typing."""

    name: str
    required: bool = False
    kind: Literal["text", "flag"] = "text"
    completes: bool = False


@dataclass(frozen=True, slots=True)
class CommandSpec:
    """A command and its options, required ones first; `filters` names the date that from, to and since are held against.

    `profile`: it shows what is said of one name. `subcommand`: the second word that Discord gives it, because it has more
    commands of the first.
    """

    name: str
    options: tuple[OptionSpec, ...]
    filters: Literal["statement", "article", "arrival"] | None = None
    profile: bool = False
    subcommand: str | None = None

    @property
    def title(self) -> str:
        """What is typed behind the stroke in Discord."""
        return self.name if self.subcommand is None else f"{self.name} {self.subcommand}"

    def option(self, name: str) -> OptionSpec | None:
        """The option of this name, else None."""
        return next((option for option in self.options if option.name == name), None)


DAYS = (OptionSpec("from", completes=True), OptionSpec("to", completes=True))
STATIC: tuple[CommandSpec, ...] = (
    CommandSpec(
        "timeline", (OptionSpec("topic", completes=True), *DAYS, OptionSpec("articles", kind="flag")), "statement"
    ),
    CommandSpec("who", (OptionSpec("name", required=True, completes=True),), profile=True),
    CommandSpec("source", (OptionSpec("what", completes=True),)),
    CommandSpec(
        "search",
        (OptionSpec("query", required=True, completes=True), *DAYS, OptionSpec("publisher", completes=True)),
        "article",
    ),
    CommandSpec("new", (OptionSpec("since"),), "arrival"),
    CommandSpec(
        "check", (OptionSpec("quote", required=True), OptionSpec("source", completes=True)), subcommand="quote"
    ),
)
_TITLES = {command.name: command.title for command in STATIC}


def title_of(name: str) -> str:
    """A command as it is typed behind the stroke in Discord, by its name in answers and in the log."""
    return _TITLES.get(name, name)


"""The commands that every corpus has; those that show profiles come from the kinds of its name book."""


def profile_command(name: str) -> CommandSpec:
    """The command that shows names of the kinds whose profile is `name`."""
    return CommandSpec(name, (OptionSpec("name", required=True, completes=True),), profile=True)


def commands_of(kinds: Iterable[Kind]) -> tuple[CommandSpec, ...]:
    """All commands of a corpus with these kinds: the first static one, one for each profile of the kinds, the others.

    Several kinds may share a profile.
    """
    profiles = dict.fromkeys(kind.profile for kind in kinds if kind.profile)
    return (STATIC[0], *(profile_command(name) for name in profiles), *STATIC[1:])


def command_named(name: str, commands: Iterable[CommandSpec] = STATIC) -> CommandSpec | None:
    """The command of this name, else None."""
    return next((command for command in commands if command.name == name), None)


def known_command(name: str) -> CommandSpec:
    """The command of a question that was asked: one that is not static shows a profile."""
    return command_named(name) or profile_command(name)
