"""Says what is wrong with this installation and how to mend it: settings, cluster, topics, provider, store, subscriber."""

import asyncio
import difflib
import os
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import aiohttp
import httpx
from confluent_kafka import KafkaException, Producer
from sqlalchemy.exc import DBAPIError

from ingest.providers import text2fa
from ingest.providers.errors import ProviderError
from otpstream import cautions, kafka, topics_admin
from otpstream.control.store.engine import open_store
from otpstream.settings import GuaranteeSetting, Settings, leaves, variable

_REQUEST_SECONDS = 10
_PROBE_TRANSACTIONAL_ID = "otpstream.doctor"


class Verdict(StrEnum):
    """How one check ended."""

    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True)
class Finding:
    """What one check found, in a sentence that says how to mend it."""

    subject: str
    verdict: Verdict
    text: str


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Yield one finding a check, as they come."""
    for finding in _unknown_variables(os.environ):
        yield finding
    if settings.embedded:
        yield Finding(
            "Kafka",
            Verdict.WARNING,
            "KAFKA_BOOTSTRAP_SERVERS is not set: the embedded broker will serve, in memory, at least once",
        )
    else:
        for finding in await asyncio.to_thread(_cluster, settings):
            yield finding
    yield await _provider(settings)
    for caution in cautions.of_ingest(settings):
        yield Finding("ingest", Verdict.WARNING, caution)
    yield await _store(settings)
    yield await _subscriber(settings)


def _unknown_variables(environment: Iterable[str]) -> list[Finding]:
    """Find variables that look like ours but are none: a misspelt setting is silently its default."""
    known = {variable(path) for path, _ in leaves(Settings)}
    sections = tuple(f"{name.upper()}_" for name in Settings.model_fields)
    found = [
        Finding("settings", Verdict.WARNING, f"{name} is not a setting; did you mean {near[0]}?")
        for name in sorted(set(environment) - known)
        if name.startswith(sections) and (near := difflib.get_close_matches(name, known, n=1, cutoff=0.75))
    ]
    return found or [Finding("settings", Verdict.OK, "every setting is valid")]


def _cluster(settings: Settings) -> list[Finding]:
    connection = kafka.librdkafka(settings.kafka)
    try:
        count = kafka.brokers(settings.kafka)
    except kafka.ClusterAway as error:
        return [Finding("Kafka", Verdict.WRONG, str(error))]
    findings = [Finding("Kafka", Verdict.OK, f"{count} brokers answer" if count > 1 else "1 broker answers")]
    if settings.kafka.replication_factor > count:
        text = f"KAFKA_REPLICATION_FACTOR is {settings.kafka.replication_factor}, more than the {count} there are"
        findings.append(Finding("Kafka", Verdict.WARNING, text))
    findings += _topics(connection, settings)
    if settings.process.guarantee is not GuaranteeSetting.AT_LEAST_ONCE:
        findings.append(_transactions(connection))
    return findings


def _topics(connection: dict[str, Any], settings: Settings) -> list[Finding]:
    try:
        findings = topics_admin.check(connection, window_seconds=settings.process.window_seconds)
    except topics_admin.TopicsError as error:
        return [Finding("topics", Verdict.WRONG, str(error))]
    wrong = [Finding("topics", Verdict.WRONG, f"{one.topic.name}: {one.wrong}") for one in findings if one.wrong]
    return wrong or [Finding("topics", Verdict.OK, f"all {len(findings)} are as they must be")]


def _transactions(connection: dict[str, Any]) -> Finding:
    producer = Producer({**connection, "transactional.id": _PROBE_TRANSACTIONAL_ID})
    try:
        producer.init_transactions(_REQUEST_SECONDS)
    except KafkaException as error:
        text = (
            f"the cluster refuses transactions ({error.args[0].name()}): "
            "allow the transactional ids otpstream.*, or set PROCESS_GUARANTEE=at_least_once"
        )
        return Finding("transactions", Verdict.WRONG, text)
    return Finding("transactions", Verdict.OK, "the cluster takes them: exactly once")


async def _provider(settings: Settings) -> Finding:
    if settings.text2fa.api_key is None:
        return Finding("Text2FA", Verdict.OK, "not asked: TEXT2FA_API_KEY is not set")
    async with httpx.AsyncClient() as http:
        client = text2fa.Text2fa(http, settings.text2fa, clock=lambda: datetime.now(UTC), sleep=asyncio.sleep)
        try:
            numbers = await client.list_numbers()
        except ProviderError as error:
            return Finding("Text2FA", Verdict.WRONG, f"{error}: check TEXT2FA_API_KEY and TEXT2FA_BASE_URL")
    return Finding("Text2FA", Verdict.OK, f"the key works; {len(numbers.read)} numbers are rented")


async def _store(settings: Settings) -> Finding:
    engine = open_store(settings.control.store.url.get_secret_value())
    try:
        if engine.dialect.name == "sqlite":
            # Not opened: that would make the file.
            text = "a SQLite file, which serves one process: set CONTROL_STORE_URL to a PostgreSQL for more, and in production"
            return Finding("store", Verdict.OK if settings.embedded else Verdict.WARNING, text)
        async with asyncio.timeout(_REQUEST_SECONDS), engine.connect():
            pass
    except (DBAPIError, TimeoutError) as error:
        text = f"it does not answer ({type(error).__name__}): see that it runs, and that CONTROL_STORE_URL is right"
        return Finding("store", Verdict.WRONG, text)
    finally:
        await engine.dispose()
    return Finding("store", Verdict.OK, "PostgreSQL answers")


async def _subscriber(settings: Settings) -> Finding:
    subscription = settings.subscription
    if subscription is None:
        return Finding(
            "subscription",
            Verdict.WARNING,
            "SUBSCRIPTION_URL is not set: codes are on otp.codes.v1 and pushed to nobody",
        )
    host = subscription.url.host
    try:
        timeout = aiohttp.ClientTimeout(total=_REQUEST_SECONDS)
        # Any answer will do: a subscriber need not know OPTIONS to be there.
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.options(str(subscription.url), allow_redirects=False),
        ):
            pass
    except (aiohttp.ClientError, TimeoutError) as error:
        return Finding(
            "subscription", Verdict.WRONG, f"{host} does not answer ({type(error).__name__}): check SUBSCRIPTION_URL"
        )
    return Finding("subscription", Verdict.OK, f"{host} answers")
