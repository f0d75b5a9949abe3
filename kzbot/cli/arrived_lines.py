"""What a terminal says of an article that arrived."""

from collections.abc import Iterator

from kzbot.answers.model import Answer
from kzbot.cli.terminal import one_line
from kzbot.phrases import Phrases


def arrived_lines(phrases: Phrases, answer: Answer, article: str) -> Iterator[str]:
    """The article's title, then when it arrived, with its new names where it has some."""
    for item in answer.items:
        if item.article == article:
            title = one_line(item.title)
            inferred = item.title_basis == "inferred"
            yield phrases.say("cli.answer.title_inferred", title=title) if inferred else title
            break
    for one in answer.arrived:
        if one.article == article:
            said = phrases.say("cli.answer.arrived", day=phrases.date(one.first_seen[:10]))
            names = ", ".join(map(one_line, one.names))
            yield (
                phrases.say("cli.answer.new_names", arrived=said, count=len(one.names), names=names) if names else said
            )
