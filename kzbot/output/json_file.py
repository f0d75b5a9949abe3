"""An answer as a JSON file: the answer contract's object, as `ask --json` prints it."""

import json

from kzbot.answers.model import Answer
from kzbot.output.contract import as_json
from kzbot.phrases import Phrases


def as_file(answer: Answer, phrases: Phrases) -> bytes:
    """The contract's object in UTF-8, indented, ending in a line end.

    It holds question (`command`, `options`), how dates were read (`read_as`) and generation; nothing is added, since its
    schema takes nothing else. What UTF-8 cannot hold (half a surrogate pair) stays as a JSON escape, so that reading gives
    back every text as it was.
    """
    return (json.dumps(as_json(answer, phrases), ensure_ascii=False, indent=1) + "\n").encode(
        "utf-8", "backslashreplace"
    )
