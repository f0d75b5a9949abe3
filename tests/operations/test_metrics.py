"""Metrics as Prometheus reads them: over HTTP, on this machine alone, with nothing of people in them."""

from __future__ import annotations

import asyncio
import http.client
import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import CollectorRegistry
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.registry import Collector

from kzbot.operations.metrics.figures import Figures
from kzbot.operations.metrics.server import MetricsPage


def fetch(
    port: int, path: str = "/metrics", method: str = "GET", host: str | None = None
) -> tuple[int, dict[str, str], str]:
    """Status, headers and text, asked for under a host's name."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", host or f"127.0.0.1:{port}")
    connection.endheaders()
    answer = connection.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read().decode()
    connection.close()
    return found


def samples(text: str) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    """Every figure by its name and labels."""
    return {
        (one.name, frozenset(one.labels.items())): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


@pytest.fixture
def figures() -> Figures:
    return Figures()


@pytest.fixture
def page(figures: Figures) -> Iterator[MetricsPage]:
    opened = MetricsPage(figures.registry, 0)
    opened.start()
    yield opened
    opened.close()


async def _read(page: MetricsPage) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    status, headers, text = await asyncio.to_thread(fetch, page.port)
    assert status == 200 and headers["Content-Type"].startswith("text/plain; version=")
    return samples(text)


def _of(name: str, **labels: str) -> tuple[str, frozenset[tuple[str, str]]]:
    return name, frozenset(labels.items())


async def test_what_was_counted_is_read_with_bounded_labels(figures: Figures, page: MetricsPage) -> None:
    figures.registered(["timeline", "log questions"])
    figures.asked(7, "timeline", "answered")
    figures.asked(8, "timeline", "answered")
    figures.asked(9, "log questions", "denied")
    for number in range(50):
        figures.asked(10 + number, f"made-up-{number}", "failed")
    figures.answered(0.0031)
    figures.answered(9.0)
    figures.written(0.0007)
    figures.held_up("press")
    figures.planned("applied")
    figures.served("20261122T000000Z-00000000", 4)
    figures.served("20261122T000001Z-11111111", 5)
    figures.last("backup", 1_700_000_000.0)
    figures.last("upkeep", 1_700_000_060.0)
    for late in (0.0, 0.04, -0.001):
        figures.lagged(late)
    found = await _read(page)
    assert found[_of("kzbot_questions_total", command="timeline", status="answered")] == 2
    assert found[_of("kzbot_questions_total", command="log questions", status="denied")] == 1
    assert found[_of("kzbot_questions_total", command="other", status="failed")] == 50
    assert len([one for one in found if one[0] == "kzbot_questions_total"]) == 3
    assert found[_of("kzbot_answer_seconds_count")] == 2
    assert found[_of("kzbot_answer_seconds_bucket", le="0.005")] == 1
    assert found[_of("kzbot_answer_seconds_bucket", le="5.0")] == 1
    assert found[_of("kzbot_log_write_seconds_count")] == 1
    assert found[_of("kzbot_cooldown_refusals_total", kind="press")] == 1
    assert found[_of("kzbot_plans_total", outcome="applied")] == 1
    assert [one for one in found if one[0] == "kzbot_generation_info"] == [
        _of("kzbot_generation_info", generation="20261122T000001Z-11111111")
    ]
    assert found[_of("kzbot_articles")] == 5
    assert found[_of("kzbot_log_last_question")] == 59
    assert found[_of("kzbot_last_backup_timestamp_seconds")] == 1_700_000_000
    assert found[_of("kzbot_last_upkeep_timestamp_seconds")] == 1_700_000_060
    assert found[_of("kzbot_event_loop_lag_seconds")] == 0.04
    assert any(name == "python_info" for name, _ in found)


async def test_the_lag_of_a_minute_ago_is_forgotten(figures: Figures, page: MetricsPage) -> None:
    figures.lagged(3.0)
    for _ in range(120):
        figures.lagged(0.001)
    assert (await _read(page))[_of("kzbot_event_loop_lag_seconds")] == 0.001


async def test_the_connection_is_looked_at_when_it_is_read(figures: Figures, page: MetricsPage) -> None:
    assert (await _read(page))[_of("kzbot_gateway_connected")] == 0
    stands = [True]
    figures.follow(lambda: stands[0])
    assert (await _read(page))[_of("kzbot_gateway_connected")] == 1
    stands.clear()  # in the middle of a close; who looks then fails
    assert (await _read(page))[_of("kzbot_gateway_connected")] == 0


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "evil.example:{port}", "127.0.0.1.evil:1"]
)
def test_another_hosts_name_is_refused(page: MetricsPage, host: str) -> None:
    status, _, text = fetch(page.port, host=host.format(port=page.port))
    assert status == 403 and "kzbot_" not in text


def test_the_machines_own_name_is_not_refused(page: MetricsPage) -> None:
    assert fetch(page.port, host=f"LocalHost:{page.port}")[0] == 200


def test_nothing_else_is_there(page: MetricsPage) -> None:
    status, _, text = fetch(page.port, "/")
    assert status == 404 and "/metrics" in text
    assert fetch(page.port, method="POST")[0] == 405


def test_no_other_interface_answers(page: MetricsPage) -> None:
    """Who listened on every interface would answer at any of this machine's addresses, 127.0.0.2 among them."""
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.2", page.port), timeout=2)


def test_a_port_that_is_taken_is_an_error_and_a_closed_one_is_free_again(figures: Figures, page: MetricsPage) -> None:
    port = page.port
    with pytest.raises(OSError):
        MetricsPage(figures.registry, port).start()
    page.close()
    again = MetricsPage(figures.registry, port)
    again.start()
    assert fetch(port)[0] == 200
    again.close()


async def test_a_scrape_that_takes_long_does_not_hold_the_loop() -> None:
    ticked = threading.Event()

    class Slow(Collector):
        def collect(self) -> Any:
            """Is done only when the loop has gone on meanwhile."""
            yield GaugeMetricFamily("kzbot_went_on", "Whether the loop went on", float(ticked.wait(60)))

    registry = CollectorRegistry()
    page = MetricsPage(registry, 0)
    page.start()
    ticked.set()  # a collector is asked once when it is registered
    registry.register(Slow())
    ticked.clear()
    reading = asyncio.create_task(_read(page))
    await asyncio.sleep(0.05)
    ticked.set()
    assert (await reading)[_of("kzbot_went_on")] == 1
    await asyncio.to_thread(page.close)


def test_the_readme_names_every_figure(figures: Figures) -> None:
    told = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
    table = told[told.index("| metric | what it is |") :].split("\n\n", 1)[0]
    families = [one for one in figures.registry.collect() if one.name.startswith("kzbot_")]
    ends = {"counter": "_total", "info": "_info"}
    assert set(re.findall(r"`(kzbot_\w+)`", table)) == {one.name + ends.get(one.type, "") for one in families}
