"""Which passage another one goes on about, in a generation that was patched."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

Contents = Callable[[Path], list[list[Any]]]

GOES_ON = (
    "SELECT b.text FROM passages p JOIN passages b ON b.number = p.continues WHERE p.text LIKE 'In May 2010 %'"
    " ORDER BY p.address"
)


def story(name: str) -> str:
    return (
        f"The {name} works employ two hundred people in the old harbour, and nobody there has ever heard of a better place.\n\n"
        "In May 2010 the first hall was opened by a choir of children, and the whole town was there to hear them sing.\n"
    )


def gone_on_about(corpus: Any) -> list[str]:
    return [text.split("The ")[1].split()[0] for (text,) in corpus.rows(GOES_ON)]


def test_passages_go_on_about_the_ones_before_them_after_others_came_and_went(
    corpus: Any, contents: Contents, tmp_path: Path
) -> None:
    for name in ("d", "e", "f"):
        corpus.write(f"{name}.txt", story(f"Kelm{name}"), title=f"Works {name}")
    corpus.build()
    assert gone_on_about(corpus) == ["Kelmd", "Kelme", "Kelmf"]
    corpus.remove("d.txt")
    corpus.write("e.txt", "Something else is told before. " + story("Orvan"), title="Works e")
    corpus.write("aa.txt", story("Tesh"), title="Works aa")
    corpus.build()
    assert gone_on_about(corpus) == ["Tesh", "Orvan", "Kelmf"]
    assert contents(corpus.last) == contents(corpus.build_anew(tmp_path / "anew"))
