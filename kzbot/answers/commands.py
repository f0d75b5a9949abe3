"""The questions that can be asked: commands and their options, the same in Discord and at the terminal."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class OptionSpec:
    """An option: `flag` takes true or false; `completes` when suggestions are offered while typing."""

    name: str
    required: bool = False
    kind: Literal["text", "flag"] = "text"
    completes: bool = False


@dataclass(frozen=True, slots=True)
class CommandSpec:
    """A command and its options, required ones first; `filters` names the date that from and to are held against.

    `subcommand`: the second word that Discord gives it, because it has more commands of the first.
    """

    name: str
    options: tuple[OptionSpec, ...]
    filters: Literal["statement", "article"] | None = None
    subcommand: str | None = None

    @property
    def title(self) -> str:
        """What is typed behind the stroke in Discord."""
        return self.name if self.subcommand is None else f"{self.name} {self.subcommand}"

    def option(self, name: str) -> OptionSpec | None:
        """The option of this name, else None."""
        return next((option for option in self.options if option.name == name), None)


DAYS = (OptionSpec("from", completes=True), OptionSpec("to", completes=True))
COMMANDS: tuple[CommandSpec, ...] = (
    CommandSpec(
        "timeline", (OptionSpec("topic", completes=True), *DAYS, OptionSpec("articles", kind="flag")), "statement"
    ),
    CommandSpec("exercise", (OptionSpec("name", required=True, completes=True),)),
    CommandSpec("source", (OptionSpec("what", completes=True),)),
    CommandSpec("search", (OptionSpec("query", required=True, completes=True), *DAYS), "article"),
    CommandSpec(
        "check", (OptionSpec("quote", required=True), OptionSpec("source", completes=True)), subcommand="quote"
    ),
)


def command_named(name: str) -> CommandSpec | None:
    """The command of this name, else None."""
    return next((command for command in COMMANDS if command.name == name), None)
