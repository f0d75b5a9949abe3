"""Reading foreign files in a child process: the parent's side.

What a file does to the libraries that read it (a crash, an endless loop, all memory) happens in the child, and costs that
file alone: the next one gets a new child. What the child says is not trusted either.
"""

import json
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Self

from kzbot.corpus.foreign.found import Answer, Found, from_json
from kzbot.corpus.foreign.limits import Limits
from kzbot.corpus.problem import Problem, shown
from kzbot.corpus.readers import READERS

_PROJECT = Path(__file__).resolve().parents[3]
_CHUNK = 1 << 16
_KEPT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "VIRTUAL_ENV")
_TO_TEXT = "give the article's text in a .txt file."
_DIED = f"reading it ended in a crash; {_TO_TEXT}"
_TOO_SLOW = f"reading it takes too long; {_TO_TEXT}"
_TOO_MUCH = f"more comes out of it than an article can hold; {_TO_TEXT}"


class ForeignReader:
    """Reads foreign files one after another in one child, which is started when it is needed. Blocking; for one thread.

    The child ends with this process, whatever ends that. `most` bounds a line of a .jsonl, in bytes.
    """

    def __init__(self, limits: Limits | None = None, *, most: int = 5_000_000) -> None:
        self._limits = limits or Limits()
        self._most = most
        self._child: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child; the next file gets another."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    pipe.close()
            child.wait()

    def read(
        self,
        name: str,
        data: bytes | Path,
        *,
        companion: bytes | None = None,
        charset: str | None = None,
        address: str | None = None,
    ) -> Found:
        """What is in a file called `name`, whose suffix says how to read it; `companion` is the NAME.yaml given with it.

        `charset` and `address` are what is known of a page that was fetched. Raises Problem with a sentence that says what
        is wrong and what to do.
        """
        suffix = PurePosixPath(name).suffix.lower()
        if suffix not in READERS:
            kinds = ", ".join(sorted(READERS))
            raise Problem(f"{shown(suffix) if suffix else 'a file without a suffix'} is not read: only {kinds} are.")
        held = _held(data, self._limits.input) if isinstance(data, Path) else data
        if len(held) > self._limits.input:
            raise Problem(f"it is over the limit of {self._limits.input:,} bytes; divide it.")
        request = {
            "name": name,
            "bytes": len(held),
            "companion": None if companion is None else len(companion),
            "charset": charset,
            "address": address,
            "seconds": self._limits.seconds,
            "most": self._most,
        }
        answer = self._asked(json.dumps(request).encode() + b"\n" + held + (companion or b""))
        if answer is None:
            raise Problem(_DIED)
        if answer.found is None:
            raise Problem(answer.refused[0].reason, answer.refused[0].line)
        return answer.found

    def stop(self) -> None:
        """Give up, from another thread, what is being read; nothing is read afterwards."""
        self._stopped = True
        child = self._child
        if child is not None:
            child.kill()

    def _asked(self, request: bytes) -> Answer | None:
        """The child's answer, None where it died of the file. A child that has read others gets no blame laid on this one."""
        fresh = self._child is None
        answer = self._exchange(request)
        if answer is not None and answer.sound:
            return answer
        self.close()
        if fresh:
            return answer
        answer = self._exchange(request)
        if answer is None or not answer.sound:
            self.close()
        return answer

    def _exchange(self, request: bytes) -> Answer | None:
        fresh = self._child is None
        child = self._child or self._start()
        wait = self._limits.wait + (self._limits.start if fresh else 0)
        if fresh:
            request = json.dumps({"memory": self._limits.memory}).encode() + b"\n" + request
        try:
            line = _converse(child, request, self._limits.output, time.monotonic() + wait)
        except BaseException:
            self.close()
            raise
        answer = None if line is None else from_json(line)
        return answer if answer is not None and (answer.found is None) == bool(answer.refused) else None

    def _start(self) -> subprocess.Popen[bytes]:
        if self._stopped:
            raise Problem("reading was given up; give the file again.")
        environ = {name: os.environ[name] for name in _KEPT if name in os.environ}
        path = os.pathsep.join(filter(None, (str(_PROJECT), os.environ.get("PYTHONPATH"))))
        try:
            child = self._child = subprocess.Popen(
                [sys.executable, "-P", "-B", "-m", "kzbot.corpus.foreign.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**environ, "PYTHONPATH": path, "PYTHONUTF8": "1"},
                cwd=_PROJECT,
                start_new_session=True,
                bufsize=0,
            )
        except OSError as error:
            raise Problem(f"the process that reads it could not be started ({error.strerror}); try again.") from None
        if self._stopped:  # meanwhile, when there was no child to end yet
            child.kill()
        assert child.stdin is not None
        os.set_blocking(child.stdin.fileno(), False)
        return child


def _held(file: Path, most: int) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(most + 1)
    except OSError as error:
        raise Problem(f"it cannot be read ({error.strerror}); give kzbot the right to read it.") from None


def _converse(child: subprocess.Popen[bytes], request: bytes, most: int, until: float) -> bytes | None:
    """Hand `request` over and take one line back, of at most `most` bytes, until the clock says `until`.

    None where the child ends before. Raises Problem on what takes too long or is too much.
    """
    assert child.stdin is not None and child.stdout is not None
    hear, say = child.stdout.fileno(), child.stdin.fileno()
    poll = select.poll()
    poll.register(hear, select.POLLIN)
    poll.register(say, select.POLLOUT)
    rest, heard = memoryview(request), bytearray()
    while not heard.endswith(b"\n"):
        left = until - time.monotonic()
        ready = dict(poll.poll(max(0, left) * 1000)) if left > 0 else {}
        if not ready:
            raise Problem(_TOO_SLOW)
        if say in ready:
            try:
                rest = rest[os.write(say, rest[:_CHUNK]) :]
            except BlockingIOError:
                pass
            except BrokenPipeError:
                poll.unregister(say)
                continue
            if not rest:
                poll.unregister(say)
        if hear in ready:
            part = os.read(hear, _CHUNK)
            if not part:
                if _ended_by(child) == signal.SIGXCPU:
                    raise Problem(_TOO_SLOW)
                return None
            heard += part
            if len(heard) > most:
                raise Problem(_TOO_MUCH)
    return bytes(heard)


def _ended_by(child: subprocess.Popen[bytes]) -> int:
    """The signal that ended the child, 0 where none did or it still runs."""
    try:
        return max(0, -child.wait(timeout=1))
    except subprocess.TimeoutExpired:
        return 0
