"""Building in a child process, so that the bot goes on answering and a crash takes nothing with it."""

import asyncio
import json
import os
import sys
from contextlib import suppress
from pathlib import Path

from kzbot.errors import GenerationError
from kzbot.index.sources import BuildSummary, Progress, ProgressCallback, Sources

_LONGEST_LINE = 1 << 28
_PROJECT = Path(__file__).resolve().parents[3]


async def build_in_child(
    sources: Sources, target: Path, previous: Path | None = None, progress: ProgressCallback = lambda _: None
) -> BuildSummary:
    """The same as `build`, in a process of its own; `progress` is called in this one.

    The child dies with this process, whatever ends it, and when this call is cancelled. What it leaves behind then is
    removed here or by the next build. Raises GenerationError with the child's own sentence.
    """
    request = {
        "sources": sources.as_json(),
        "target": str(target.resolve()),
        "previous": str(previous.resolve()) if previous else None,
    }
    process = await _start()
    try:
        assert process.stdin is not None
        process.stdin.write(json.dumps(request).encode() + b"\n")
        with suppress(ConnectionError):  # a child that died at once is reported by its missing result
            await process.stdin.drain()
        summary = await _result(process, progress)
        process.stdin.close()
        await process.wait()
    finally:
        try:
            if process.returncode is None:
                process.kill()
                await asyncio.shield(process.wait())
        finally:  # a second cancellation may come while the child is waited for
            for file in target.glob(f"building-{process.pid}*"):
                file.unlink(missing_ok=True)
    return summary


async def _start() -> asyncio.subprocess.Process:
    """The child, in a session of its own: Ctrl+C is for this process, which then ends the child. It gets no token."""
    environ = {name: value for name, value in os.environ.items() if name != "DISCORD_TOKEN"}
    path = os.pathsep.join(filter(None, (str(_PROJECT), os.environ.get("PYTHONPATH"))))
    try:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-m",
            "kzbot.index.building.worker",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env={**environ, "PYTHONPATH": path},
            limit=_LONGEST_LINE,
            start_new_session=True,
        )
    except OSError as error:
        raise GenerationError(f"The indexing process could not be started ({error}); try again.") from error


async def _result(process: asyncio.subprocess.Process, progress: ProgressCallback) -> BuildSummary:
    assert process.stdout is not None
    async for line in process.stdout:
        said = json.loads(line)
        if "stage" in said:
            progress(Progress(said["stage"], said["done"], said["total"]))
        elif "error" in said:
            raise GenerationError(said["error"])
        else:
            return BuildSummary.from_json(said["summary"])
    code = await process.wait()
    how = f"killed by signal {-code}" if code < 0 else f"exit status {code}"
    raise GenerationError(f"The indexing process ended without a result ({how}); the corpus is as it was, try again.")
