"""A plan that was made, and what was said of one that was not."""

from kzbot.operations.keeper import Keeper
from kzbot.operations.outcome import Outcome
from kzbot.operations.planning.plan import Plan
from kzbot.phrases import DEFAULT_FOLDER, Phrases
from kzbot.querylog.ledger.rows import Actor

ANNA = Actor(place="discord", user=7)


def said(outcome: Outcome) -> str:
    assert outcome.reason is not None
    return Phrases.load(DEFAULT_FOLDER, "en").say(outcome.reason, **outcome.values)


async def planned(keeper: Keeper) -> Plan:
    outcome = await keeper.plan()
    assert outcome.kind == "planned" and outcome.plan is not None
    return outcome.plan
