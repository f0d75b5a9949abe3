"""The golden questions, config/golden.yaml, read strictly: what it may hold is described at its top."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from kzbot.corpus import yaml_tree
from kzbot.corpus.decoding import decode
from kzbot.corpus.explain import problems
from kzbot.corpus.problem import Problem, unknown_key
from kzbot.errors import GoldenError

MAX_BYTES = 200_000
MOST = 200
_KEYS = ("questions",)


def _question(value: object) -> object:
    if isinstance(value, str) and value.strip():
        line = " ".join(value.split())
        if not line.startswith("/"):
            raise ValueError("does not begin with a command; write it as it is typed, such as /timeline topic: NATO.")
        return line
    if value is None or isinstance(value, str):
        raise ValueError("is empty; write a question as it is typed, or take the line out.")
    return value


class GoldenQuestion(BaseModel):
    """A question as it is typed, and the status that its answer must have, where it must have one."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    question: Annotated[str, BeforeValidator(_question)]
    expect: Literal["answered", "partial", "ambiguous", "not_found", "bad_request"] | None = None


def read_golden(path: Path) -> tuple[GoldenQuestion, ...]:
    """The questions of the file in its order; none where there is no file, or it holds none.

    Raises GoldenError, one sentence with file, line and mend, at the first thing that is wrong.
    """
    try:
        return _read(path)
    except Problem as problem:
        line = f", line {problem.line}" if problem.line else ""
        raise GoldenError(f"{path}{line}: {problem.reason}") from None


def _read(path: Path) -> tuple[GoldenQuestion, ...]:
    try:
        with path.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise Problem(
            f"the golden questions cannot be read ({error.strerror}); mend corpus.golden in the settings."
        ) from None
    if len(data) > MAX_BYTES:
        raise Problem(f"the file of golden questions is over {MAX_BYTES:,} bytes; shorten it.")
    tree = yaml_tree.read_tree(decode(data), limit=MAX_BYTES)
    if tree is None or _nothing(tree):
        return ()
    if not isinstance(tree, yaml_tree.Mapping):
        raise Problem("the file must begin with the key questions: and a list below it.", tree.line)
    for key in tree.entries:
        if key not in _KEYS:
            raise Problem(unknown_key(key, _KEYS), tree.lines[key])
    return _questions(tree.entries.get("questions"))


def _questions(node: yaml_tree.Node | None) -> tuple[GoldenQuestion, ...]:
    if node is None or _nothing(node):
        return ()
    if not isinstance(node, yaml_tree.Sequence):
        raise Problem("questions must be a list: a line that begins with a hyphen for each.", node.line)
    if len(node.items) > MOST:
        raise Problem(f"there are over {MOST} questions; keep those that matter most.", node.items[MOST].line)
    found: dict[str, GoldenQuestion] = {}
    for item in node.items:
        given = {"question": item.text} if isinstance(item, yaml_tree.Scalar) else yaml_tree.plain(item)
        try:
            one = GoldenQuestion.model_validate(given)
        except ValidationError as error:
            raise problems(error, item, GoldenQuestion)[0] from None
        if one.question in found:
            raise Problem("this question stands in the list already; keep one of the two.", item.line)
        found[one.question] = one
    return tuple(found.values())


def _nothing(node: yaml_tree.Node) -> bool:
    return isinstance(node, yaml_tree.Scalar) and node.text is None
