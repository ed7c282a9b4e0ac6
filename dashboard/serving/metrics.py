"""Metrics for Prometheus on a separate address and port; off unless a port is set.

They are read without sign-in and contain no names: numbers of this process, and of the database
when it is read.
"""

import logging
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from prometheus_client import REGISTRY, Gauge, Histogram, start_http_server
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import Connection, func, select
from sqlmodel import col

from dashboard import clock, setting_origins, settings
from dashboard.reads import cache
from dashboard.setting_origins import SettingsError
from data.access import sessions
from data.facts import rules_mark
from data.store.database import DatabaseError, reading
from models.kept import Import

log = logging.getLogger(__name__)

RUNS = Histogram(
    "gridlight_page_run_seconds",
    "Runs of pages in this process, by how long each took.",
    ["page"],
    buckets=(0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 15),
)
BROWSERS = Gauge(
    "gridlight_browsers", "Browsers that are connected to this process.", ["signed_in"]
)


@contextmanager
def run_of(page: str) -> Iterator[None]:
    """Measure one run of a page within the block, also if it fails."""
    started = time.perf_counter()
    try:
        yield
    finally:
        lasted = time.perf_counter() - started
        RUNS.labels(page).observe(lasted)
        log.info("page", extra={"page": page, "ms": round(lasted * 1000)})


@contextmanager
def served() -> Iterator[None]:
    """Serve the metrics within the block, if the settings name a port."""
    given = settings.in_use()
    if not given.metrics_port:
        yield
        return
    try:
        server, thread = start_http_server(given.metrics_port, given.metrics_address)
    except OSError as error:
        raise SettingsError(
            f"metrics_port: {given.metrics_address}, port {given.metrics_port}, cannot be used:"
            f" {error.strerror}. Every process needs one of its own;"
            f" set {setting_origins.METRICS_PORT}."
        ) from error
    moment = _Moment()
    REGISTRY.register(moment)
    try:
        yield
    finally:
        REGISTRY.unregister(moment)
        server.shutdown()
        server.server_close()
        thread.join()


class _Moment(Collector):
    """Collects numbers from the database when metrics are read; only its absence if it is away."""

    def describe(self) -> Iterable[Metric]:
        return ()

    def collect(self) -> Iterable[Metric]:
        try:
            with reading(cache.engine()) as connection:
                found = list(_of_database(connection))
        except DatabaseError:
            found = []
        yield GaugeMetricFamily(
            "gridlight_database_up", "1 while the database answers.", value=bool(found)
        )
        yield from found


def _of_database(connection: Connection) -> Iterator[Metric]:
    now = clock.now()
    yield GaugeMetricFamily(
        "gridlight_sessions",
        "Sessions that are open, in all processes.",
        value=len(sessions.listed(connection, now, settings.policy())),
    )
    count, latest = connection.execute(select(func.count(), func.max(col(Import.at)))).one()
    yield GaugeMetricFamily("gridlight_imports", "Imports taken in so far.", value=count)
    if latest is not None:
        yield GaugeMetricFamily(
            "gridlight_last_import_timestamp_seconds",
            "When the latest import was taken in.",
            value=latest.timestamp(),
        )
    yield GaugeMetricFamily(
        "gridlight_facts_out_of_step",
        "1 while facts were derived by other rules or reference lists than those in force.",
        value=not rules_mark.in_force(connection),
    )
