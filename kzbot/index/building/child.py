"""Building in a child process, so that the bot goes on answering and a crash takes nothing with it."""

from pathlib import Path

from kzbot.index.child import in_child
from kzbot.index.sources import BuildSummary, ProgressCallback, Sources


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

    def clean(child: int) -> None:
        for file in target.glob(f"building-{child}*"):
            file.unlink(missing_ok=True)

    return BuildSummary.from_json(await in_child("kzbot.index.building.worker", request, progress, ended=clean))
