"""`python bot.py`, whose own channel waits for its answers as long as a slow machine takes. The bot itself is the same."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

PATIENCE = 60.0


def main() -> None:
    """The bot, whose channel does not give it up after Discord's three seconds."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from kzbot.channel.interactions import Interactions  # noqa: PLC0415 - the project is found only now
    from kzbot.cli.main import main as run  # noqa: PLC0415 - see above

    made = Interactions.__init__

    def made_patient(self: Interactions, *given: Any) -> None:
        made(self, *given)
        self.window = PATIENCE

    Interactions.__init__ = made_patient  # type: ignore[method-assign,assignment]
    run()


if __name__ == "__main__":
    main()
