"""Stretches of a text that say the same in the same surroundings are read once."""

from bisect import bisect_right
from collections.abc import Sequence

from kzbot.language.dates.meaning import Reading

LOOKS_BACK, LOOKS_AHEAD = 26, 3
"""Code points around a stretch that its reading may depend on."""
_LONG = 400
"""A stretch longer than this is not likely to come again."""

Stretch = tuple[int, int]


def repeated(text: str, around: Sequence[Stretch]) -> tuple[list[Stretch], list[tuple[int, Stretch]]]:
    """The stretches to read, and for each that repeats one of them, where it starts and which it is."""
    once: list[Stretch] = []
    again: list[tuple[int, Stretch]] = []
    seen: dict[str, Stretch] = {}
    for stretch in around:
        start, end = stretch
        if end - start > _LONG:
            once.append(stretch)
            continue
        first = seen.setdefault(text[max(start - LOOKS_BACK, 0) : end + LOOKS_AHEAD], stretch)
        if first is stretch or first[1] - first[0] != end - start:
            once.append(stretch)
        else:
            again.append((start, first))
    return once, again


def with_repeated(
    readings: list[Reading], once: Sequence[Stretch], again: Sequence[tuple[int, Stretch]]
) -> list[Reading]:
    """The readings of all stretches in order, none overlapping another."""
    starts = [start for start, _ in once]
    read: dict[int, list[Reading]] = {start: [] for _, (start, _) in again}
    for reading in readings:
        place = bisect_right(starts, reading.start) - 1
        if place >= 0 and starts[place] in read and reading.end <= once[place][1]:
            read[starts[place]].append(reading)
    merged: list[Reading] = []
    for start, (first, _) in again:
        away = start - first
        for reading in read[first]:
            merged.append(Reading(reading[0] + away, reading[1] + away, *reading[2:]))
    merged.extend(readings)
    merged.sort(key=_longest_first)
    kept: list[Reading] = []
    behind = 0
    for reading in merged:
        if reading[0] >= behind:
            kept.append(reading)
            behind = reading[1]
    return kept


def _longest_first(reading: Reading) -> tuple[int, int]:
    return reading[0], -reading[1]
