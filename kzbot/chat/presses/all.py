"""Every press that the bot answers."""

from kzbot.chat.presses.guarded import Press
from kzbot.chat.presses.log_pages import TurnLogPage
from kzbot.chat.presses.old import OldButton
from kzbot.chat.presses.pages import JumpToPage, ShowInChannel, TurnPage
from kzbot.chat.presses.questions import AskAgain, AskSuggested, Choose, ChooseOfMany
from kzbot.chat.presses.taking import TakeAway
from kzbot.chat.presses.texts import ReadText, ReadWhole

PRESSES: tuple[type[Press], ...] = (
    TurnPage,
    JumpToPage,
    ShowInChannel,
    Choose,
    ChooseOfMany,
    AskSuggested,
    AskAgain,
    ReadText,
    ReadWhole,
    TurnLogPage,
    TakeAway,
    OldButton,
)
