"""Every press that the bot answers, and every form."""

from kzbot.chat.presses.audit import ShowDeed, TurnAudit
from kzbot.chat.presses.correcting import (
    CorrectDoubt,
    CorrectionForm,
    CorrectionsAsYaml,
    DismissDoubt,
    ReopenDoubt,
    TurnCorrections,
    TurnDoubts,
    UndoCorrection,
)
from kzbot.chat.presses.doubting import Doubt, DoubtForm
from kzbot.chat.presses.guarded import Press
from kzbot.chat.presses.history import RecallState, ReturnToState, RollBack, TurnHistory
from kzbot.chat.presses.incoming import AddIncoming, DropIncoming, Filled, FillIn, LeaveOut
from kzbot.chat.presses.log_pages import ExportQuestions, TurnLogPage
from kzbot.chat.presses.modals import Form
from kzbot.chat.presses.old import OldButton
from kzbot.chat.presses.pages import JumpToPage, ShowInChannel, TurnPage
from kzbot.chat.presses.plans import ApplyPlan, CancelPlan, ConfirmPlan, ReadPlan, TakePlan
from kzbot.chat.presses.privacy import AskToDelete, DeleteForGood, ExportMine
from kzbot.chat.presses.purging import ConfirmPurge, KeepQuestions, PurgeQuestions
from kzbot.chat.presses.questions import AskAgain, AskSuggested, Choose, ChooseOfMany
from kzbot.chat.presses.rating import RateNotUseful, RateUseful, TellMe
from kzbot.chat.presses.removing import Restore
from kzbot.chat.presses.retrying import TriedAgain, TryAgain
from kzbot.chat.presses.stats import ChoosePeriod
from kzbot.chat.presses.status import TurnStatus
from kzbot.chat.presses.taking import TakeAway
from kzbot.chat.presses.texts import ReadText, ReadWhole
from kzbot.chat.presses.unanswered import (
    AddSpelling,
    MarkGroup,
    NoteSource,
    OpenGroup,
    SourceForm,
    SpellingForm,
    TurnUnanswered,
    UnmarkGroup,
)

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
    ChoosePeriod,
    ExportQuestions,
    TurnAudit,
    ShowDeed,
    TakeAway,
    RateUseful,
    RateNotUseful,
    TellMe,
    Doubt,
    TurnDoubts,
    CorrectDoubt,
    DismissDoubt,
    ReopenDoubt,
    UndoCorrection,
    TurnCorrections,
    CorrectionsAsYaml,
    TryAgain,
    ReadPlan,
    ApplyPlan,
    CancelPlan,
    TakePlan,
    TurnHistory,
    RecallState,
    ReturnToState,
    RollBack,
    TurnStatus,
    FillIn,
    LeaveOut,
    AddIncoming,
    DropIncoming,
    Restore,
    TurnUnanswered,
    OpenGroup,
    AddSpelling,
    NoteSource,
    MarkGroup,
    UnmarkGroup,
    PurgeQuestions,
    KeepQuestions,
    ExportMine,
    AskToDelete,
    DeleteForGood,
    OldButton,
)

_FORMS: tuple[Form, ...] = (
    ConfirmPlan(),
    DoubtForm(),
    CorrectionForm(),
    TriedAgain(),
    Filled(),
    SpellingForm(),
    SourceForm(),
    ConfirmPurge(),
)
FORMS: dict[str, Form] = {form.kind: form for form in _FORMS}
"""What is done with forms, by the kind of their handles."""
