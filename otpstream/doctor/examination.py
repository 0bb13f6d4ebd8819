"""All of the doctor's checks, in the order of the flow."""

import asyncio
import difflib
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime

import aiohttp
import httpx

from otpstream import cautions
from otpstream.doctor.accounts import examine_accounts
from otpstream.doctor.cluster import examine_cluster
from otpstream.doctor.findings import Finding, Verdict
from otpstream.doctor.store import examine_store
from otpstream.settings import Settings, given, leaves, variable

_REQUEST_SECONDS = 10


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Yield one finding a check, as they come."""
    for finding in _unknown_variables(given()):
        yield finding
    if settings.embedded:
        yield Finding(
            "Kafka",
            Verdict.WARNING,
            "KAFKA_BOOTSTRAP_SERVERS is not set: the embedded broker will serve, in memory, at least once",
        )
    else:
        for finding in await asyncio.to_thread(examine_cluster, settings):
            yield finding
    async with httpx.AsyncClient() as http:
        for finding in await examine_accounts(settings, http, clock=lambda: datetime.now(UTC), sleep=asyncio.sleep):
            yield finding
    for caution in cautions.of_ingest(settings):
        yield Finding("ingest", Verdict.WARNING, caution)
    for finding in (*await asyncio.to_thread(examine_store, settings), *_spending(settings)):
        yield finding
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


def _spending(settings: Settings) -> list[Finding]:
    """Say so where renting costs money and nothing bounds it."""
    accounts = (*settings.providers.text2fa_dashboard, *settings.providers.rental)
    if settings.control.rentals.spend_cap_per_day is not None or not any(one.has_key for one in accounts):
        return []
    text = "CONTROL_RENTALS_SPEND_CAP_PER_DAY is not set: a client without a cap of its own may spend all that the accounts hold"
    return [Finding("control", Verdict.WARNING, text)]


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
