"""`python bot.py doctor`: looks at everything that the bot needs, and says what to mend."""

import asyncio
import sys
import warnings
from pathlib import Path

from rich.table import Table
from rich.text import Text

from kzbot.cli.checks.check import Check
from kzbot.cli.checks.corpus import check_corpus
from kzbot.cli.checks.data import STAGES, check_data
from kzbot.cli.checks.discord_api import check_discord, registered_commands
from kzbot.cli.checks.machine import check_machine
from kzbot.cli.checks.token_shape import application_id, check_token
from kzbot.cli.long_work import shown
from kzbot.cli.prepared import Prepared, prepare
from kzbot.cli.terminal import console, one_line
from kzbot.errors import PhraseError, SettingsError
from kzbot.logs import mask
from kzbot.phrases import DEFAULT_FOLDER, FALLBACK, Phrases

_LEVELS = {
    "ok": ("cli.doctor.ok", "green"),
    "warning": ("cli.doctor.warning", "yellow"),
    "wrong": ("cli.doctor.wrong", "bold red"),
}


def examine(config: Path | None, data: Path | None) -> int:
    """Prints what was looked at; the exit status: 1 where something is wrong, else 0."""
    checks, phrases = asyncio.run(_examine(config, data))
    out = console()
    if out.is_terminal:
        out.print(_table(checks, phrases))
    else:
        _print_plainly(checks, phrases)
    wrong = sum(check.level == "wrong" for check in checks)
    warned = sum(check.level == "warning" for check in checks)
    if wrong or warned:
        out.print(phrases.say("cli.doctor.some", wrong=wrong, warnings=warned))
    else:
        out.print(phrases.say("cli.doctor.all_well"))
    return 1 if wrong else 0


async def _examine(config: Path | None, data: Path | None) -> tuple[list[Check], Phrases]:
    """Everything; where the settings themselves are wrong, only what does not depend on them."""
    try:
        prepared = prepare(config, data)
    except (SettingsError, PhraseError) as error:
        phrases = Phrases.load(DEFAULT_FOLDER, FALLBACK)
        broken = Check(phrases.say("cli.doctor.settings"), "wrong", str(error))
        return [*check_machine(phrases), broken], phrases
    phrases = prepared.phrases
    read = Check(phrases.say("cli.doctor.settings"), "ok", phrases.say("cli.doctor.settings_well"))
    checks = [*check_machine(phrases), read, *await _connection(prepared)]
    with shown(prepared, STAGES) as tell:
        checks += await check_data(prepared.settings.data.folder, phrases, tell)
    checks += await check_corpus(prepared)
    return checks, phrases


async def _connection(prepared: Prepared) -> list[Check]:
    """Token, Discord's word on it, and the commands."""
    settings, phrases = prepared.settings, prepared.phrases
    standin = settings.discord.base_url is not None
    checks = [] if standin else check_token(settings, phrases)
    if any(check.level == "wrong" for check in checks):
        return checks
    secret = settings.token()
    token = secret.get_secret_value() if secret else ""
    application = application_id(token) if token else None
    registered = None
    if secret is not None or standin:
        said, asked = await check_discord(settings.discord, token or "local", phrases)
        checks += [_masked(check, token) for check in said]
        application = asked or application
        if asked is not None:
            registered = await registered_commands(settings.discord, token or "local", asked)
    if secret is not None and not standin and application is None:
        return checks
    with warnings.catch_warnings():
        # discord.py 2.7 imports audioop, which Python 3.11 and 3.12 warn about
        warnings.simplefilter("ignore", DeprecationWarning)
        from kzbot.cli.checks.sync import check_sync  # noqa: PLC0415 - the import that warns
    checks.append(await check_sync(prepared, None if standin and registered is None else application, registered))
    return checks


def _masked(check: Check, token: str) -> Check:
    return Check(check.subject, check.level, mask(check.found, token), mask(check.mend, token))


def _table(checks: list[Check], phrases: Phrases) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for check in checks:
        key, style = _LEVELS[check.level]
        said = Text(one_line(check.found))
        if check.mend:
            said.append(f"\n{one_line(check.mend)}", "bold")
        table.add_row(Text(phrases.say(key), style), check.subject, said)
    return table


def _print_plainly(checks: list[Check], phrases: Phrases) -> None:
    for check in checks:
        found = f"{phrases.say(_LEVELS[check.level][0])}\t{check.subject}\t{one_line(check.found)}"
        sys.stdout.write(f"{found} {one_line(check.mend)}".rstrip() + "\n")
