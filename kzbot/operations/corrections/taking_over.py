"""Corrections as lines for the files that they are about, so that a team can take them over by hand."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import yaml

from kzbot.index import articles, overlays
from kzbot.index.generation import Generation
from kzbot.querylog.ledger.rows import OverlayRow


@dataclass(frozen=True, slots=True)
class Held:
    """A correction that holds: `about` is the title of its article or the name, `file` the article's file, `kind` the name's
    kind, each None where the corpus has no such. `idle`: why it has no effect. `redundant`: the article's own metadata, or the
    name book, says the same, so that it can be taken back."""

    row: OverlayRow
    about: str | None = None
    file: str | None = None
    kind: str | None = None
    idle: str | None = None
    redundant: bool = False


async def held(generation: Generation, rows: Iterable[OverlayRow]) -> list[Held]:
    """What is known of these corrections in a generation, in their order."""
    own = await overlays.corrections(generation)
    idle = {(one.what, one.target, one.words): one.reason for one in await overlays.idle(generation)}
    found = []
    for row in rows:
        reason = idle.get((row.kind, row.article or row.name or "", row.words))
        if row.kind == "spelling":
            name = generation.names.get(row.name or "")
            spelled = name is not None and (row.words or "").casefold() in map(
                str.casefold, (name.canonical, *name.variants)
            )
            about, kind = (name.canonical, name.kind) if name else (None, None)
            found.append(Held(row, about, None, kind, reason, reason is not None and spelled))
            continue
        article = await articles.by_key(generation, row.article or "")
        if article is None:
            found.append(Held(row, idle=reason))
            continue
        given = [(one.words, one.edtf) for one in own.get(article.number, ()) if not one.laid]
        found.append(Held(row, article.title, article.file, None, reason, (row.words, row.edtf) in given))
    return found


def unknown(rows: Iterable[OverlayRow]) -> list[Held]:
    """The same where there is no generation to look in."""
    return [Held(row) for row in rows]


def as_yaml(found: Iterable[Held]) -> str:
    """`dates:` for the metadata of each article and `variants:` for each name of the name book, in the order in which they
    were laid; a later correction of the same words stands alone."""
    dates: dict[str, dict[str, str | None]] = {}
    names: dict[str, list[str]] = {}
    about: dict[str, Held] = {}
    for one in sorted(found, key=lambda one: one.row.number):
        key = one.row.article if one.row.kind == "date" else one.row.name
        if key is None or one.row.words is None:
            continue
        about[key] = one
        if one.row.kind == "date":
            dates.setdefault(key, {})[one.row.words] = one.row.edtf
        else:
            names.setdefault(key, []).append(one.row.words)
    return "\n".join([*_dates(dates, about), *_names(names, about)])


def _dates(dates: Mapping[str, Mapping[str, str | None]], about: Mapping[str, Held]) -> Iterator[str]:
    for article, given in dates.items():
        yield f"# {_line(about[article].file or article)}"
        yield _dumped({"dates": [{"words": words, "edtf": edtf} for words, edtf in given.items()]})


def _names(names: Mapping[str, list[str]], about: Mapping[str, Held]) -> Iterator[str]:
    """As an entry of the name book, whose kind and name say which it is."""
    for name, spellings in names.items():
        one = about[name]
        yield f"# {_line(name)}"
        entry = {"kind": one.kind, "name": one.about} if one.kind else {}
        yield _dumped([{**entry, "variants": spellings}])


def _dumped(value: object) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10_000)


def _line(text: str) -> str:
    """On one line, as a comment."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
