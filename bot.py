"""The front door: `python bot.py`."""

from kzbot.cli.main import main

if __name__ == "__main__":
    main()
