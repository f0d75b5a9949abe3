"""Whether it is known what was erased, without which a copy that is restored cannot be cleaned of it."""

import sqlite3
from pathlib import Path
from typing import Literal

from kzbot.operations.erasing.ledger import ErasureLedger
from kzbot.querylog.erasing.copies import is_log
from kzbot.querylog.erasing.left import last_noted
from kzbot.querylog.log import FILE_NAME

Fault = Literal["lost", "unknown", "damaged"]


def fault_of_ledger(data_folder: Path) -> Fault | None:
    """Why it is not known: the ledger of erasures is `lost`, or perhaps (`unknown`: it is not there, nor can the log be read), or
    `damaged`. None where all is well. Blocking; DataFolderError where the ledger cannot be read."""
    ledger, log = ErasureLedger(data_folder), data_folder / FILE_NAME
    if ledger.is_there:
        return "damaged" if ledger.damaged() else None
    if not log.is_file():
        return None
    try:
        return ("lost" if last_noted(log) else None) if is_log(log) else "unknown"
    except sqlite3.Error:
        return "unknown"


def know_from_now_on(data_folder: Path) -> Fault | None:
    """Begins a ledger where there is none and nothing was erased yet; else the same. Blocking."""
    fault = fault_of_ledger(data_folder)
    if fault is None and not (ledger := ErasureLedger(data_folder)).is_there:
        ledger.lay_out()
    return fault
