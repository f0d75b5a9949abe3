"""Numbers of articles: they rise with the file name, with room between them for articles that come later."""

from collections.abc import Mapping, Sequence

STEP = 1 << 20


def numbers_in_order(files: Sequence[str], kept: Mapping[str, int]) -> dict[str, int] | None:
    """A number for each of `files` (sorted by name), where those in `kept` stay what they are.

    None where `kept` leaves no room, or is not in this order itself: then all must be numbered anew.
    """
    numbers: dict[str, int] = {}
    last = 0
    run: list[str] = []
    for file in files:
        if file not in kept:
            run.append(file)
            continue
        number = kept[file]
        if not _spread(run, last, number, numbers):
            return None
        run, last = [], number
        numbers[file] = number
    _spread(run, last, last + STEP * (len(run) + 1), numbers)
    return numbers


def _spread(run: Sequence[str], low: int, high: int, numbers: dict[str, int]) -> bool:
    """Give the files of `run` numbers between `low` and `high`, evenly; False where there is no room."""
    if high - low <= len(run):
        return False
    for place, file in enumerate(run, start=1):
        numbers[file] = low + (high - low) * place // (len(run) + 1)
    return True
