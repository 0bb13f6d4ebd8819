"""What commands begin with: the settings, the log, a cluster that answers, and an end by Ctrl-C."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from typing import Any

from otpstream import kafka, logs
from otpstream.settings import Settings, SettingsError, load


def read_settings() -> Settings:
    """Read the settings, and write the log as they say.

    Raises:
        SettingsError: one is wrong.
    """
    settings = load()
    logs.configure(settings.log.level)
    return settings


def store_url() -> str:
    """Return where the control plane's store is.

    Raises:
        SettingsError: a setting is wrong.
    """
    return read_settings().control.store.url.get_secret_value()


def require_cluster(settings: Settings) -> None:
    """Refuse to go on with the embedded broker.

    Raises:
        SettingsError: no cluster is named.
    """
    if settings.embedded:
        raise SettingsError(
            "KAFKA_BOOTSTRAP_SERVERS is not set: name the cluster, for example KAFKA_BOOTSTRAP_SERVERS=localhost:9092. "
            "(The embedded broker of `otpstream up` prints its address at the start.)"
        )


def connection(settings: Settings) -> dict[str, Any]:
    """Return librdkafka's settings of a cluster that answers.

    Raises:
        SettingsError: no cluster is named.
        ClusterAway: it does not answer.
    """
    require_cluster(settings)
    kafka.brokers(settings.kafka)
    return kafka.librdkafka(settings.kafka)


def until_signal(work: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """Run asynchronous work with an event that SIGINT and SIGTERM set."""

    async def wrapped() -> None:
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        await work(stop)

    import uvloop

    uvloop.run(wrapped())
