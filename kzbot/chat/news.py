"""What the keeper tells while nobody waits for it, and what is posted of it: plans, reports, the digest of what is new."""

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from kzbot.answers.model import Question, Window
from kzbot.chat.cards.frame import Tone, notice
from kzbot.chat.cards.history import actor_words
from kzbot.chat.cards.plans.report import outcome_view
from kzbot.chat.cards.render import render
from kzbot.chat.desk import Asker, Desk
from kzbot.chat.escape import inline
from kzbot.chat.handle import APPLY
from kzbot.chat.posting import MODERATORS, NEWS, Posts
from kzbot.errors import KzbotError
from kzbot.querylog.alike import OWN_NEW
from kzbot.querylog.ledger.rows import Actor

if TYPE_CHECKING:
    from kzbot.operations.keeper import Keeper
    from kzbot.operations.outcome import Outcome

_log = logging.getLogger(__name__)

PLAN, REPORT, DIGEST = "plan", "report", "digest"
"""What a post is for; it is about a generation: the candidate of a plan, the one that was applied, the one that is new."""
COMMAND = "corpus reload"
_UNSENT = 0
"""The message of a digest that was begun: it is not begun again, even where the bot ended before it was kept."""
RECENT = 7 * 24 * 3600.0
"""Seconds; what was applied longer ago gets no digest any more when the bot comes back."""
_NEW = "new"
_NAMED = 60
_BACK = frozenset({"rollback", "restore", "undo"})


@dataclass(frozen=True, slots=True)
class Told:
    """What the keeper told: see its `Follower`."""

    outcome: "Outcome"
    actor: Actor
    way: str


class News:
    """What was told and is not posted yet, in order; it outlasts a client, so that nothing is lost while none is connected."""

    def __init__(self) -> None:
        self._waiting: deque[Told] = deque()
        self._any = asyncio.Event()

    @contextlib.contextmanager
    def following(self, keeper: "Keeper") -> Iterator[None]:
        """Takes what this keeper tells."""
        end = keeper.follow(self._take)
        try:
            yield
        finally:
            end()

    async def first(self) -> Told:
        """The first one, which stays until `done`."""
        while not self._waiting:
            self._any.clear()
            await self._any.wait()
        return self._waiting[0]

    def done(self) -> None:
        """The first one was posted, or never will be."""
        self._waiting.popleft()

    async def _take(self, outcome: "Outcome", actor: Actor, way: str) -> None:
        self._waiting.append(Told(outcome, actor, way))
        self._any.set()


async def post_news(news: News, posts: Posts, desk: Desk) -> None:
    """Posts for ever what is told; first the digest that a former run owes."""
    await _guarded(_catch_up(posts, desk))
    while True:
        told = await news.first()
        await _guarded(_post(told, posts, desk))
        news.done()


async def _guarded(work: Coroutine[Any, Any, None]) -> None:
    """Whatever goes wrong with one post is logged, and the next is posted."""
    try:
        await work
    except KzbotError as error:
        _log.warning("Something about the corpus could not be posted: %s", error)
    except Exception:  # noqa: BLE001 - the loop goes on with the next
        _log.exception("Something about the corpus could not be posted")


async def _post(told: Told, posts: Posts, desk: Desk) -> None:
    outcome, own = told.outcome, told.actor.place == "bot"
    if outcome.kind == "planned" and outcome.plan is not None:
        await _supersede(posts, desk)
        if own:
            await _post_plan(outcome, posts, desk)
    elif outcome.kind == "applied" and outcome.generation is not None:
        await _post_report(told, posts, desk)
        if told.way not in _BACK and outcome.plan is not None and outcome.plan.added and outcome.former:
            await _post_digest(outcome.generation, posts, desk)
    elif outcome.kind in ("unchanged", "cancelled"):
        await _supersede(posts, desk)


async def _post_plan(outcome: "Outcome", posts: Posts, desk: Desk) -> None:
    """The plan, unless its card stands there already."""
    assert outcome.plan is not None
    candidate = outcome.plan.candidate
    if await desk.services.log.ledger.post(PLAN, candidate) is None:
        show = partial(outcome_view, desk.services.phrases, outcome)
        await posts.post(MODERATORS, PLAN, candidate, show, command=COMMAND, generation=candidate)


async def _post_report(told: Told, posts: Posts, desk: Desk) -> None:
    """What was applied, in the place of its plan where that was posted; else on a card of its own, if nobody pressed Apply."""
    generation = told.outcome.generation or ""
    phrases, ledger = desk.services.phrases, desk.services.log.ledger
    show = partial(outcome_view, phrases, told.outcome, who=actor_words(phrases, told.actor))
    edited = await posts.edit(await ledger.post(PLAN, generation), APPLY, show)
    if not edited and (told.actor.place == "bot" or told.way == "automatic"):
        await posts.post(MODERATORS, REPORT, generation, show, command=COMMAND, generation=generation)


async def _supersede(posts: Posts, desk: Desk) -> None:
    """The card of the last plan that was posted says so, where that plan waits no longer."""
    post, waiting = await desk.services.log.ledger.latest_post(PLAN), await desk.services.keeper.waiting()
    if post is None or (waiting is not None and waiting.candidate == post.about):
        return
    phrases = desk.services.phrases
    named = phrases.say("chat.plan.candidate", id=inline(post.about, _NAMED))
    said = f"## {phrases.say('chat.plan.heading')}\n{phrases.say('chat.plan.superseded')}\n-# {named}"
    await posts.edit(post, APPLY, lambda _: notice(said, Tone.NOTHING))


async def _catch_up(posts: Posts, desk: Desk) -> None:
    """The digest of what is served, where it was applied lately and while no bot was there to post it."""
    rows, _ = await desk.services.keeper.history(1)
    for row in rows:
        late = (desk.services.clock() - row.at).total_seconds() > RECENT
        served = row.generation == desk.services.shelf.id
        if served and not late and row.former and row.way not in _BACK and row.summary.get("added"):
            await _post_digest(row.generation, posts, desk)


async def _post_digest(generation: str, posts: Posts, desk: Desk) -> None:
    """What is new in this generation, where the settings name a channel for it: one digest, whatever happens.

    It is a question of the bot's own, so that its pages can be turned; who turns them gets a private copy.
    """
    ledger = desk.services.log.ledger
    if desk.services.settings.discord.digest_channel is None or await ledger.post(DIGEST, generation) is not None:
        return
    status, room = await desk.services.status(), await posts.room(NEWS)
    if room is None or status.generation != generation:
        return
    if not await _anything_new(desk, status.created):
        return
    await posts.keep(DIGEST, generation, room, _UNSENT)
    asked = await desk.ask(Asker(None, room.id, room.guild.id), OWN_NEW, {}, private=False)
    message = await posts.send(NEWS, room, render(desk.services.phrases, asked))
    if message is not None:
        await posts.keep(DIGEST, generation, room, message.id)


async def _anything_new(desk: Desk, since: str) -> bool:
    """Whether articles arrived with the state that was built at this moment, so that they are what arrived last: one that
    came back after it was withdrawn did not arrive anew."""
    async with desk.services.shelf.current() as generation:
        question, today = Question(_NEW, {"since": since}), desk.services.clock().date()
        return (await desk.services.answer(question, generation, Window(0, 1), today)).status == "answered"
