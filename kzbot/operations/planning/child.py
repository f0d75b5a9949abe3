"""Making a plan in a child process, so that the bot goes on answering."""

import asyncio

from kzbot.errors import GenerationError
from kzbot.index.child import in_child
from kzbot.index.sources import ProgressCallback
from kzbot.index.store import GenerationStore
from kzbot.operations.planning.files import read_plan
from kzbot.operations.planning.plan import Plan
from kzbot.operations.planning.task import Task


async def plan_in_child(task: Task, store: GenerationStore, progress: ProgressCallback = lambda _: None) -> Plan:
    """The same as `make_plan`, in a process of its own, and kept beside the candidate; `progress` is called in this one.

    The child dies with this process, whatever ends it, and when this call is cancelled. Raises GenerationError with the
    child's own sentence.
    """
    request = {"data": str(store.data_folder.resolve()), "task": task.as_json()}
    await in_child("kzbot.operations.planning.worker", request, progress)
    plan = await asyncio.to_thread(read_plan, store, task.summary.generation)
    if plan is None:
        raise GenerationError("What a reload would do could not be kept; make room on the disk and try again.")
    return plan
