"""What an operation on the corpus came to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kzbot.operations.planning.plan import Plan

Kind = Literal["planned", "applied", "unchanged", "refused", "unconfirmed", "cancelled"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """`generation` is the one that is served now, None where there is none yet.

    `planned`: a candidate was built and waits with its `plan`. `applied`: another generation is served; `application` is its
    number in the history, `former` the generation before, to which one press leads back. `unchanged`: there was nothing
    to do. `refused`: nothing was done. `unconfirmed`: the plan must be confirmed by typing `plan.confirmation`, and was not.
    `cancelled`: the candidate is gone. `reason`: a phrase key with `values`, where there is something to be said.
    `anew`: the plan that was asked for is no longer true, and this one was made in its place.
    """

    kind: Kind
    generation: str | None
    plan: Plan | None = None
    application: int | None = None
    former: str | None = None
    reason: str | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    anew: bool = False
