"""A question that was answered, as a card shows it."""

from dataclasses import dataclass, replace

from kzbot.answers.model import Answer
from kzbot.chat.handle import Handle, Part


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer with its row of the log (`handle`), the page that is shown, and what the buttons need to know.

    `part`: whether the page is one of the list, of the undated statements, or of the overview (see `paging`).
    `private`: only the asker sees it; `in_server`: there is a channel that it could be shown in. `lent`: its words are those of a
    message, which are not kept, so that it cannot be asked again later. `by_bot`: nobody asked it.
    """

    handle: Handle
    answer: Answer
    per_page: int
    page: int = 0
    part: Part = Part.LIST
    private: bool = False
    in_server: bool = False
    lent: bool = False
    by_bot: bool = False

    def public(self) -> "Asked":
        """The same, as it stands in the channel."""
        return replace(self, private=False)
