"""A large corpus made of the sentences of the collections for development, the same bytes for the same seed.

    python -m tests.recombined FOLDER [--articles 3000] [--seed 1] [--added K --changed K --removed K]

Run it from the project's root. FOLDER gets so many articles as .txt with .yaml beside it, some with front matter, some as
Markdown. Their sentences are those of ../shared/corpora, ../shared/temporal and ../shared/search; publishers and addresses
are made up under example.org. One in a hundred articles repeats another one to the letter and is rejected by a build. Some
are edited versions of another one, and some hold another one's sentences in another order, or half of them; `Recombined`
says which. With --added, --changed or --removed the folder gets the state after that change.
"""

import argparse
import json
import random
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from kzbot.language.sentences import split

SHARED = Path(__file__).resolve().parents[2] / "shared"
AIRBUS = SHARED / "corpora" / "airbus" / "articles"
MEANTIME = SHARED / "temporal" / "meantime.jsonl"
CRANFIELD = SHARED / "search" / "cranfield.jsonl"

PUBLISHERS = tuple(
    f"{name}.example.org"
    for name in (
        "anchor",
        "beacon",
        "courier",
        "delta",
        "echo",
        "forum",
        "gazette",
        "harbour",
        "index",
        "journal",
        "kiosk",
        "ledger",
        "meridian",
        "north",
        "observer",
        "post",
        "quay",
        "record",
        "signal",
        "tribune",
        "wire",
    )
)
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.S)
_SENTENCE = re.compile(r"[A-Z“\"][^\n\t]{39,399}")
_SLUG = re.compile(r"[^a-z0-9]+")


class MissingCollectionsError(Exception):
    """The collections for development are not beside the project."""


@dataclass(frozen=True)
class Piece:
    """An article before it is written: paragraphs of sentences, what is known of it, and in which form it is written."""

    paragraphs: tuple[tuple[str, ...], ...]
    metadata: Mapping[str, str]
    form: str

    @property
    def sentences(self) -> list[str]:
        return [sentence for paragraph in self.paragraphs for sentence in paragraph]


@dataclass(frozen=True)
class Recombined:
    """A corpus: its articles by name (a file name without its suffix), and which of them were made from which other one.

    `same`: to the letter. `near`: edited a little. `shuffled`: its sentences in another order. `half`: half of them.
    """

    pieces: Mapping[str, Piece]
    same: Mapping[str, str] = field(default_factory=dict)
    near: Mapping[str, str] = field(default_factory=dict)
    shuffled: Mapping[str, str] = field(default_factory=dict)
    half: Mapping[str, str] = field(default_factory=dict)

    def files(self) -> dict[str, str]:
        """The content of every file by its name."""
        return {name: text for stem, piece in self.pieces.items() for name, text in _files(stem, piece)}

    def write(self, folder: Path) -> None:
        """Make the folder hold this corpus: only files that differ are written, files that it does not have go."""
        folder.mkdir(parents=True, exist_ok=True)
        wanted = {name: text.encode() for name, text in self.files().items()}
        for path in folder.iterdir():
            if path.name not in wanted:
                path.unlink()
        for name, data in wanted.items():
            path = folder / name
            if not path.is_file() or path.read_bytes() != data:
                path.write_bytes(data)


@dataclass(frozen=True)
class Change:
    """The state after a change, and the names of the articles that it added, changed and removed."""

    after: Recombined
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def recombined(articles: int = 3000, seed: int = 1) -> Recombined:
    """A corpus of so many articles. Raises MissingCollectionsError where there is nothing to make it of."""
    pool, chance = sentences(), random.Random(f"recombined {seed}")
    made = Recombined({})
    pieces: dict[str, Piece] = {}
    kinds: dict[str, dict[str, str]] = {"same": {}, "near": {}, "shuffled": {}, "half": {}}
    originals: list[str] = []
    for number in range(articles):
        kind = chance.choices(("new", *kinds), (94, 1, 3, 1, 1))[0] if len(originals) > 20 else "new"
        piece = _piece(chance, pool, number)
        if kind != "new":
            of = chance.choice(originals)
            piece = replace(piece, paragraphs=_COPIED[kind](chance, pool, pieces[of]))
            if kind == "same":
                title = {"title": pieces[of].metadata["title"]}  # Markdown prints it in the text
                piece = replace(piece, metadata={**piece.metadata, **title}, form=pieces[of].form)
        name = _name(number, piece)
        pieces[name] = piece
        if kind == "new":
            if len(piece.sentences) >= 10:
                originals.append(name)
        else:
            kinds[kind][name] = of
    return replace(made, pieces=pieces, **kinds)


def changed(before: Recombined, *, added: int = 0, changed: int = 0, removed: int = 0, seed: int = 1) -> Change:
    """A state of the corpus in which so many articles came, were edited (some in their metadata only) and went.

    Articles that others were made from or that were made from others stay as they are.
    """
    pool, chance = sentences(), random.Random(f"changed {seed} {added} {changed} {removed}")
    made = (before.same, before.near, before.shuffled, before.half)
    kept = {name for pairs in made for pair in pairs.items() for name in pair}
    chosen = chance.sample([name for name in before.pieces if name not in kept], changed + removed)
    pieces = {name: piece for name, piece in before.pieces.items() if name not in chosen[changed:]}
    for name in chosen[:changed]:
        pieces[name] = _edited(chance, pool, pieces[name])
    came = list[str]()
    for number in range(len(before.pieces), len(before.pieces) + added):
        piece = _piece(chance, pool, number)
        came.append(_name(number, piece))
        pieces[came[-1]] = piece
    return Change(replace(before, pieces=pieces), tuple(came), tuple(chosen[:changed]), tuple(chosen[changed:]))


@cache
def sentences() -> tuple[tuple[str, ...], ...]:
    """The sentences of the news collections and those of the abstracts, each once, in a fixed order."""
    missing = [path.relative_to(SHARED) for path in (AIRBUS, MEANTIME, CRANFIELD) if not path.exists()]
    if missing:
        raise MissingCollectionsError(f"the collections to recombine are not at hand: {', '.join(map(str, missing))}")
    news = [_FRONT_MATTER.sub("", file.read_text("utf-8")) for file in sorted(AIRBUS.glob("*.txt"))]
    news += [one["text"] for one in _lines(MEANTIME)]
    abstracts = [one["text"] for one in _lines(CRANFIELD) if one.get("kind") == "doc"]
    return (
        tuple(dict.fromkeys(found for text in news for line in text.split("\n") for found in _sentences(line))),
        tuple(dict.fromkeys(found for text in abstracts for part in text.split(" . ") for found in _abstract(part))),
    )


def _lines(file: Path) -> Iterator[dict[str, str]]:
    return (json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip())


def _sentences(line: str) -> Iterator[str]:
    for span in split(line, 0, len(line)):
        found = " ".join(line[span.start : span.end].split())
        if _SENTENCE.fullmatch(found) and found[-1] in '.!?”"':
            yield found


def _abstract(part: str) -> Iterator[str]:
    found = " ".join(part.split()).removesuffix(" .")
    found = f"{found[:1].upper()}{found[1:]}."
    if _SENTENCE.fullmatch(found):
        yield found


def _piece(chance: random.Random, pool: Sequence[Sequence[str]], number: int) -> Piece:
    count = chance.randint(5, 22)
    news = round(count * chance.choice((0.0, 0.4, 0.6, 1.0)))
    sentences = [*chance.sample(pool[0], news), *chance.sample(pool[1], count - news)]
    chance.shuffle(sentences)
    publisher = chance.choice(PUBLISHERS)
    title = _title(chance, pool)
    metadata = {"title": title, "publisher": publisher}
    year, month, day = chance.randint(1996, 2014), chance.randint(1, 12), chance.randint(1, 28)
    known = chance.random()
    if known < 0.92:
        forms = (f"{year}-{month:02d}-{day:02d}", f"{year}-{month:02d}", str(year))
        metadata["published"] = forms[0 if known < 0.8 else 1 if known < 0.88 else 2]
    if chance.random() < 0.9:
        metadata["url"] = f"https://{publisher}/{year}/{month:02d}/{_slug(title)}-{number}"
    form = chance.choices(("txt", "front matter", "md"), (80, 10, 10))[0]
    return Piece(_paragraphs(chance, sentences), metadata, form)


def _title(chance: random.Random, pool: Sequence[Sequence[str]]) -> str:
    words = chance.choice(pool[0]).strip('“”".!?').split()
    return " ".join(words[: chance.randint(5, 11)]).strip(" ,;:–-“”\"'(").replace('"', "")


def _paragraphs(chance: random.Random, sentences: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    found, at = list[tuple[str, ...]](), 0
    while at < len(sentences):
        size = chance.randint(1, 4)
        found.append(tuple(sentences[at : at + size]))
        at += size
    return tuple(found)


def _copied_near(chance: random.Random, pool: Sequence[Sequence[str]], of: Piece) -> tuple[tuple[str, ...], ...]:
    """Some words are other ones, or some sentences were cut, or the beginning is another one."""
    found, way = of.sentences, chance.choice(("words", "cut", "lead"))
    if way == "words":
        found = [_reworded(chance, sentence) for sentence in found]
    elif way == "cut":
        first = chance.randint(1, len(found) // 2)
        del found[first : first + max(1, len(found) // 5)]
    else:
        found[0:1] = chance.sample(pool[0], 1)
        found.insert(chance.randint(2, len(found)), chance.choice(pool[0]))
    return _paragraphs(chance, found)


def _reworded(chance: random.Random, sentence: str) -> str:
    words = sentence.split()
    if len(words) > 6 and chance.random() < 0.6:
        at = chance.randint(1, len(words) - 2)
        words[at : at + 1] = chance.choice(([], ["reportedly", words[at]], ["also"]))
    return " ".join(words)


def _copied_shuffled(chance: random.Random, pool: Sequence[Sequence[str]], of: Piece) -> tuple[tuple[str, ...], ...]:
    found = of.sentences
    chance.shuffle(found)
    return _paragraphs(chance, found)


def _copied_half(chance: random.Random, pool: Sequence[Sequence[str]], of: Piece) -> tuple[tuple[str, ...], ...]:
    found = of.sentences
    found[: len(found) // 2] = chance.sample(pool[1], len(found) // 2)
    return _paragraphs(chance, found)


_Copy = Callable[[random.Random, Sequence[Sequence[str]], Piece], tuple[tuple[str, ...], ...]]
_COPIED: Mapping[str, _Copy] = {
    "same": lambda chance, pool, of: of.paragraphs,
    "near": _copied_near,
    "shuffled": _copied_shuffled,
    "half": _copied_half,
}


def _edited(chance: random.Random, pool: Sequence[Sequence[str]], piece: Piece) -> Piece:
    way = chance.choice(("added", "reworded", "published", "title"))
    if way == "published":
        published = f"{chance.randint(1996, 2014)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
        return replace(piece, metadata={**piece.metadata, "published": f"{published}"})
    if way == "title":
        return replace(piece, metadata={**piece.metadata, "title": _title(chance, pool)})
    if way == "added":
        return replace(piece, paragraphs=(*piece.paragraphs, (chance.choice(pool[0]),)))
    first, *rest = piece.paragraphs
    return replace(piece, paragraphs=(tuple(f"{sentence} So it was said." for sentence in first), *rest))


def _name(number: int, piece: Piece) -> str:
    return f"{number:05d}-{_slug(piece.metadata['title'])}"


def _slug(title: str) -> str:
    return _SLUG.sub("-", title.lower()).strip("-")[:40].strip("-") or "article"


def _files(name: str, piece: Piece) -> Iterator[tuple[str, str]]:
    head = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in piece.metadata.items())
    body = "\n\n".join(" ".join(paragraph) for paragraph in piece.paragraphs) + "\n"
    if piece.form == "md":
        first, *rest = piece.paragraphs
        listed = "\n".join(f"- {sentence}" for paragraph in rest[-1:] for sentence in paragraph)
        middle = "\n\n".join(" ".join(paragraph) for paragraph in rest[:-1])
        parts = (f"# {piece.metadata['title']}", " ".join(first), middle, "## In short" if listed else "", listed)
        body = "\n\n".join(part for part in parts if part) + "\n"
    if piece.form == "txt":
        yield f"{name}.txt", body
        yield f"{name}.yaml", head
    else:
        yield f"{name}.{'md' if piece.form == 'md' else 'txt'}", f"---\n{head}---\n{body}"


def main() -> int:
    """Write the corpus, or its state after a change."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("folder", type=Path)
    reader.add_argument("--articles", type=int, default=3000)
    for name, usual in (("seed", 1), ("added", 0), ("changed", 0), ("removed", 0)):
        reader.add_argument(f"--{name}", type=int, default=usual)
    given = reader.parse_args()
    try:
        made = recombined(given.articles, given.seed)
        made = changed(made, added=given.added, changed=given.changed, removed=given.removed, seed=given.seed).after
    except MissingCollectionsError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    made.write(given.folder)
    sys.stdout.write(f"{len(made.pieces)} articles in {given.folder}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
