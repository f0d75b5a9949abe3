"""Options that many commands of the terminal take."""

from pathlib import Path
from typing import Annotated

import typer

MOST = 1_000_000_000
"""How many can be asked for at most: SQLite knows no number of any size."""
Config = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="Settings to use instead of config/kzbot.yaml.", show_default=False),
]
Data = Annotated[
    Path | None,
    typer.Option(
        "--data", metavar="DIR", help="The data folder to use instead of the configured one.", show_default=False
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")]
