"""What is counted and measured, in a registry of its own: names and units as Prometheus wants them, and nothing of people."""

from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info
from prometheus_client.gc_collector import GCCollector
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

from kzbot.operations.counts import Held

OTHER = "other"
"""How a command is counted that Discord was not told of: the values of a label are bounded."""
_ANSWER = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
_WRITE = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0)
_MINUTE = 120
"""Measurements of the event loop's lag that a minute has."""


class Figures:
    """Takes what is counted (see Counts) and what is looked up; from any thread, at once."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        PlatformCollector(registry=registry)
        GCCollector(registry=registry)
        self._questions = Counter(
            "kzbot_questions",
            "Rows put into the log of questions, by command and result",
            ("command", "status"),
            registry=registry,
        )
        self._answers = Histogram(
            "kzbot_answer_seconds",
            "From a question to its answer, without the write to the log",
            buckets=_ANSWER,
            registry=registry,
        )
        self._writes = Histogram(
            "kzbot_log_write_seconds", "From handing a row to the log to its commit", buckets=_WRITE, registry=registry
        )
        self._refusals = Counter(
            "kzbot_cooldown_refusals", "What people were asked to wait with", ("kind",), registry=registry
        )
        self._plans = Counter(
            "kzbot_plans", "Plans of the corpus made, applied and cancelled", ("outcome",), registry=registry
        )
        self._connected = Gauge(
            "kzbot_gateway_connected", "1 while the connection to Discord stands, else 0", registry=registry
        )
        self._generation = Info("kzbot_generation", "The state of the corpus that is served", registry=registry)
        self._articles = Gauge("kzbot_articles", "Articles in that state", registry=registry)
        self._last = Gauge(
            "kzbot_log_last_question", "The number of the last row in the log of questions", registry=registry
        )
        self._lag = Gauge(
            "kzbot_event_loop_lag_seconds",
            "The longest that the event loop was late within the last minute",
            registry=registry,
        )
        self._moments = {
            "backup": Gauge(
                "kzbot_last_backup_timestamp_seconds", "When the newest backup was made, 0: never", registry=registry
            ),
            "upkeep": Gauge(
                "kzbot_last_upkeep_timestamp_seconds", "When the last daily upkeep ended, 0: never", registry=registry
            ),
        }
        self._known: frozenset[str] = frozenset()
        self._lags: deque[float] = deque(maxlen=_MINUTE)

    def registered(self, commands: Iterable[str]) -> None:
        """See Counts. Those of an earlier state of the corpus stay known: questions may be under way."""
        self._known |= frozenset(commands)

    def asked(self, number: int, command: str, status: str) -> None:
        """See Counts."""
        self._questions.labels(command if command in self._known else OTHER, status).inc()
        self._last.set(number)

    def answered(self, seconds: float) -> None:
        """See Counts."""
        self._answers.observe(seconds)

    def written(self, seconds: float) -> None:
        """See Counts."""
        self._writes.observe(seconds)

    def held_up(self, what: Held) -> None:
        """See Counts."""
        self._refusals.labels(what).inc()

    def follow(self, stands: Callable[[], bool]) -> None:
        """See Counts."""
        self._connected.set_function(lambda: float(_true(stands)))

    def planned(self, outcome: str) -> None:
        """A plan was made, applied, cancelled or refused, or what was begun failed."""
        self._plans.labels(outcome).inc()

    def served(self, generation: str, articles: int) -> None:
        """This state of the corpus is served from now on."""
        self._generation.info({"generation": generation})
        self._articles.set(articles)

    def last_question(self, number: int) -> None:
        """The number of the last row in the log."""
        self._last.set(number)

    def last(self, what: str, at: float) -> None:
        """When the last `backup` was made, or the last `upkeep`: seconds since the epoch."""
        self._moments[what].set(at)

    def lagged(self, seconds: float) -> None:
        """The event loop was so many seconds late; to be told twice a second."""
        self._lags.append(max(seconds, 0.0))
        self._lag.set(max(self._lags))


def _true(stands: Callable[[], bool]) -> bool:
    """Not while the connection is being closed or built anew in another thread."""
    with suppress(Exception):
        return stands()
    return False
