"""Near duplicates of a generation: found with the earlier article, kept up as files change, and gone with them."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kzbot.index.inspect import holdings
from kzbot.index.near_duplicates import near_duplicates

Contents = Callable[[Path], list[list[Any]]]
Check = Callable[[Path], None]


def report(seed: int) -> list[str]:
    chance = random.Random(seed)
    return [" ".join(["The", *chance.choices(["port", "ship", "crew", "pact", "vote", "gale", "town", "mayor", "toll", "pier", "coal", "dock"], k=12)]) + "." for _ in range(14)]  # fmt: skip


PACT, GALE, TOLL = report(1), report(2), report(3)


def pairs(corpus: Any) -> list[tuple[str, str]]:
    assert corpus.last is not None
    return [(one.article, one.of) for one in near_duplicates(corpus.last)]


def test_a_reprint_and_an_edited_version_are_found_and_other_uses_of_the_sentences_are_not(corpus: Any) -> None:
    corpus.write("b-pact.txt", " ".join(PACT), title="Pact")
    corpus.write("c-reprint.txt", "\n\n".join(PACT).replace("The", "THE") + " (wire)", title="Reprint")
    corpus.write("d-cut.txt", " ".join([*PACT[:6], "A new sentence stands here.", *PACT[8:]]), title="Cut")
    corpus.write("e-shuffled.txt", " ".join([*PACT[7:], *PACT[:7]]), title="Turned round")
    corpus.write("f-half.txt", " ".join([*PACT[:7], *GALE[7:]]), title="Half")
    corpus.write("g-gale.txt", " ".join(GALE), title="Gale")
    corpus.build()
    assert pairs(corpus) == [("c-reprint", "b-pact"), ("d-cut", "b-pact")]
    assert [one.resemblance > 0.9 for one in near_duplicates(corpus.last)] == [True, False]
    assert holdings(corpus.last).near_duplicates == near_duplicates(corpus.last)


def test_furniture_does_not_count_and_the_title_does_not_either(corpus: Any) -> None:
    corpus.write("b.txt", f"# Pact\n\n{' '.join(PACT[:3])}", title="Pact")
    corpus.write("c.md", f"{' '.join(PACT[:3])}\n", title="Something else that is called quite differently")
    corpus.build()
    assert pairs(corpus) == [("c", "b")]


def test_the_earlier_arrived_is_the_one_that_is_repeated(corpus: Any) -> None:
    corpus.write("m.txt", " ".join(PACT), title="Pact")
    corpus.build()
    corpus.write("aa.txt", " ".join(PACT[1:]), title="Earlier by its name only")
    corpus.build()
    assert pairs(corpus) == [("aa", "m")]


def test_a_patched_generation_has_the_near_duplicates_of_a_fresh_one(
    corpus: Any, contents: Contents, whole: Check, tmp_path: Path
) -> None:
    corpus.write("m.txt", " ".join(PACT), title="Pact")
    corpus.write("n.txt", " ".join(PACT[1:]), title="Again")
    corpus.write("o.txt", " ".join(GALE), title="Gale")
    corpus.build()
    assert pairs(corpus) == [("n", "m")]
    corpus.write("p.txt", " ".join(GALE[:-1]), title="Gale again")
    corpus.write("q.txt", " ".join(TOLL), title="Toll")
    corpus.build()
    assert pairs(corpus) == [("n", "m"), ("p", "o")]
    whole(corpus.last)
    corpus.write("n.txt", " ".join(TOLL[1:]), title="Again")
    corpus.remove("o.txt")
    corpus.build()
    assert [set(pair) for pair in pairs(corpus)] == [{"n", "q"}]
    whole(corpus.last)
    assert contents(corpus.last) == contents(corpus.build_anew(tmp_path / "anew"))


def test_what_did_not_change_is_not_compared_again(corpus: Any, monkeypatch: Any) -> None:
    corpus.write("m.txt", " ".join(PACT), title="Pact")
    corpus.write("n.txt", " ".join(PACT[1:]), title="Again")
    corpus.build()
    compared: list[object] = []

    def compare(*both: object) -> float:
        compared.append(both)
        return 0.0

    monkeypatch.setattr("kzbot.index.building.repeating.resemblance", compare)
    corpus.write("o.txt", " ".join(GALE), title="Gale")
    corpus.build()
    assert pairs(corpus) == [("n", "m")] and compared == []
