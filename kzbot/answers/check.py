"""/check: whether the quotations of a text stand in the corpus, to the letter."""

from kzbot.answers.evidence import Shown, Wanted, evidence_of
from kzbot.answers.model import Answer, Check, Question
from kzbot.answers.receipts import not_found
from kzbot.index import searching
from kzbot.index.articles import quoted
from kzbot.index.generation import Generation
from kzbot.index.scope import Scope


async def check(question: Question, generation: Generation) -> Answer:
    """A check for each quotation of the text, in its order."""
    text = str(question.options["quote"]).strip('"“”')
    found = await searching.best(generation, quoted(text), Scope(), 1)
    held = [row for row in found if text in row.text]
    evidence = await evidence_of(generation, [Wanted(row) for row in held], Shown())
    if not evidence:
        made = not_found(question, generation, "answers.not_found.check", nearest=(), values={"count": 1})
        return made
    checks = (Check(text, "exact", evidence[0], holders=1),)
    return Answer(
        question.command,
        question.options,
        "answered",
        "answers.check.answered",
        generation.id,
        generation.articles,
        values={"count": len(checks)},
        checks=checks,
    )
