"""What stands beside kzbot.db and holds past questions or what somebody sent: plans that wait, and what is not yet added."""

from dataclasses import replace
from pathlib import Path

from kzbot.answers.model import Question
from kzbot.answers.question import read_typed, typed
from kzbot.errors import QuestionError
from kzbot.index.store import GenerationStore
from kzbot.operations.importing.incoming import Incoming
from kzbot.operations.importing.unfinished import INCOMING
from kzbot.operations.planning.files import plan_files, read_plan, write_plan
from kzbot.operations.planning.plan import AnswerChange
from kzbot.querylog.erasing.left import asked_alike
from kzbot.querylog.erasing.scope import Target
from kzbot.querylog.people import People


def erase_from_plans(store: GenerationStore, log: Path) -> list[str]:
    """Takes questions that `log` holds no more out of the plan that waits, and deletes plans that do not; the candidates of
    those that are not as they were. Blocking; no plan is being made meanwhile."""
    waiting, changed = store.waiting(), list[str]()
    for candidate, file in plan_files(store):
        plan = read_plan(store, candidate) if candidate == waiting and file.suffix == ".json" else None
        if plan is None:
            file.unlink(missing_ok=True)
            changed.append(candidate)
            continue
        answers = tuple(one for one in plan.answers if _stays(one, log))
        if answers != plan.answers:
            gone = len(plan.answers) - len(answers)
            totals = {**plan.totals, "answers": plan.count("answers") - gone}
            write_plan(store, replace(plan, answers=answers, totals=totals))
            changed.append(candidate)
    return changed


def _stays(change: AnswerChange, log: Path) -> bool:
    """Whether it is a golden question, or somebody's row still has it; what was cut cannot be told, and goes."""
    if change.golden:
        return True
    try:
        asked = read_typed(change.question)
    except QuestionError:
        return False
    alike = asked_alike(log, asked.command, asked.options)
    return any(typed(Question(asked.command, dict(options))) == change.question for options in alike)


def erase_incoming(data_folder: Path, target: Target, people: People) -> bool:
    """Lets go of what the person that is meant sent and did not add; of what is added it is no longer known who sent it.

    False where something of theirs is just being added: then it is not yet done. Blocking; OSError where the disk does not
    take it.
    """
    incoming = Incoming(data_folder / INCOMING)
    adding = {batch.key for batch in incoming.begun()}
    done = True
    for batch in incoming.all() if target.kind == "person" else ():
        if batch.user is None or batch.at > target.until or not target.means(people, batch.user):
            continue
        if batch.key in adding:
            done = False
        elif batch.state == "waiting":
            incoming.discard(batch.key)
        else:
            incoming.save(replace(batch, user=None))
    return done
