"""A question that was answered, as a card shows it."""

from dataclasses import dataclass, replace

from kzbot.answers.model import Answer
from kzbot.chat.handle import Handle
from kzbot.chat.paging import Jump


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer with its row of the log (`handle`), the page that is shown, and what the buttons need to know.

    `private`: only the asker sees it; `in_server`: there is a channel that it could be shown in.
    """

    handle: Handle
    answer: Answer
    per_page: int
    page: int = 0
    private: bool = False
    in_server: bool = False
    jumps: tuple[Jump, ...] = ()

    def public(self) -> "Asked":
        """The same, as it stands in the channel."""
        return replace(self, private=False)
