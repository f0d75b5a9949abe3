"""Work in a child process, so that the bot goes on answering and a crash takes nothing with it: the parent's side."""

import asyncio
import json
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from kzbot.errors import GenerationError
from kzbot.index.sources import Progress, ProgressCallback

_LONGEST_LINE = 1 << 28
_PROJECT = Path(__file__).resolve().parents[2]


async def in_child(
    module: str,
    request: Mapping[str, Any],
    progress: ProgressCallback,
    *,
    ended: Callable[[int], object] = lambda _: None,
) -> Any:
    """What `python -m module` (see child_worker) makes of a request; `progress` is called in this process.

    The child dies with this process, whatever ends it, and when this call is cancelled; `ended` is then given its process id.
    Raises GenerationError with the child's own sentence.
    """
    line = await asyncio.to_thread(lambda: json.dumps(request).encode() + b"\n")
    process = await _start(module)
    try:
        assert process.stdin is not None
        process.stdin.write(line)
        with suppress(ConnectionError):  # a child that died at once is reported by its missing result
            await process.stdin.drain()
        result = await _result(process, progress)
        process.stdin.close()
        await process.wait()
    finally:
        try:
            if process.returncode is None:
                process.kill()
                await asyncio.shield(process.wait())
        finally:  # a second cancellation may come while the child is waited for
            ended(process.pid)
    return result


async def _start(module: str) -> asyncio.subprocess.Process:
    """The child, in a session of its own: Ctrl+C is for this process, which then ends the child. It gets no token."""
    environ = {name: value for name, value in os.environ.items() if name != "DISCORD_TOKEN"}
    path = os.pathsep.join(filter(None, (str(_PROJECT), os.environ.get("PYTHONPATH"))))
    try:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-m",
            module,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env={**environ, "PYTHONPATH": path},
            limit=_LONGEST_LINE,
            start_new_session=True,
        )
    except OSError as error:
        raise GenerationError(f"The indexing process could not be started ({error}); try again.") from error


async def _result(process: asyncio.subprocess.Process, progress: ProgressCallback) -> Any:
    assert process.stdout is not None
    async for line in process.stdout:
        said = json.loads(line)
        if "stage" in said:
            progress(Progress(said["stage"], said["done"], said["total"]))
        elif "error" in said:
            raise GenerationError(said["error"])
        else:
            return said["result"]
    code = await process.wait()
    how = f"killed by signal {-code}" if code < 0 else f"exit status {code}"
    raise GenerationError(f"The indexing process ended without a result ({how}); the corpus is as it was, try again.")
