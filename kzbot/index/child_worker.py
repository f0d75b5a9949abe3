"""Work in a child process: the child's side, for modules that are run with `python -m`.

One line of JSON comes in on standard input: the request. Lines of JSON go out on standard output: `{"stage": "read",
"done": 1, "total": 5}` on the way, then `{"result": ...}` or `{"error": "..."}`. Standard input stays open for as long as the
parent lives; when it closes, the child ends at once.
"""

import json
import os
import sys
import threading
import traceback
from collections.abc import Callable
from typing import Any, TextIO

from kzbot.errors import KzbotError
from kzbot.index.sources import Progress, ProgressCallback

Work = Callable[[Any, ProgressCallback], Any]


def serve(work: Work, failing: str) -> int:
    """Do the one piece of work that is asked for; exit status 0 where a result was written, else 1.

    `failing`: what is said where the program breaks down ("The index could not be built").
    """
    say = sys.stdout
    sys.stdout = sys.stderr  # what a library prints must not stand between the lines of the report
    request = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()

    def tell(progress: Progress) -> None:
        _say(say, {"stage": progress.stage, "done": progress.done, "total": progress.total})

    try:
        result = work(request, tell)
    except KzbotError as error:
        _say(say, {"error": str(error)})
        return 1
    except Exception as error:  # noqa: BLE001 - the one place where a fault of the program becomes a report
        traceback.print_exc()
        _say(say, {"error": f"{failing} ({type(error).__name__}: {error}); please report this."})
        return 1
    _say(say, {"result": result})
    return 0


def _end_with_parent() -> None:
    while os.read(0, 1):
        pass
    os._exit(1)


def _say(say: TextIO, message: object) -> None:
    say.write(json.dumps(message) + "\n")
    say.flush()
