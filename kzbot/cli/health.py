"""`python bot.py health`: whether the running bot is well, for people and for what supervises it."""

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime

from kzbot.cli.prepared import Prepared
from kzbot.operations.health import fault_of, read_health


def show_health(prepared: Prepared, as_json: bool) -> int:
    """Says in one sentence how it fares; the exit status: 0 where all is well, else 1."""
    health = read_health(prepared.settings.data.folder)
    fault = fault_of(health, datetime.now(UTC))
    say = prepared.phrases.say
    said = say("operations.health.well") if fault is None else say(fault.key, **fault.values)
    if health is not None and health.clock is not None and fault is None:
        said = f"{said} {health.clock}"
    if as_json:
        held = {name: value for name, value in asdict(health).items() if name != "host"} if health else {}
        sys.stdout.write(json.dumps({"healthy": fault is None, "said": said, **held}) + "\n")
    else:
        sys.stdout.write(f"{' '.join(said.split())}\n")
    return 0 if fault is None else 1
