"""The commands of `python bot.py`: run, ask, index, log, doctor."""
