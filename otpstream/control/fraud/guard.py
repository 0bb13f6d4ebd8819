"""The fraud guard at work: counts in SQL, decides by :mod:`otpstream.control.fraud.decision`, remembers a hold that it places.

Starts of one client, phone or prefix are written down one after the other, in however many processes, so that each is counted before
the next one is decided on. The provider's calls are made after that, side by side.
"""

from sqlalchemy.ext.asyncio import AsyncConnection

from otpstream.control.fraud import decision
from otpstream.control.fraud.decision import PrefixHold, Scope, TooMany
from otpstream.control.fraud.settings import FraudSettings
from otpstream.control.store import prefix_holds
from otpstream.control.store import verifications as store
from otpstream.control.verifications.record import Verification


async def hold_scopes(connection: AsyncConnection, intent: Verification) -> None:
    """Keep others from starting for the same client, phone or prefix until the transaction ends."""
    # In one order everywhere, so that no two starts wait for each other.
    for scope, value in _scopes(intent).items():
        await store.hold_scope(connection, scope, value)


async def guard(
    connection: AsyncConnection, intent: Verification, settings: FraudSettings
) -> TooMany | PrefixHold | None:
    """Return what stops a start: a limit of velocity or a hold on its prefix; None: it may go on.

    Its scopes are held: see :func:`hold_scopes`.
    """
    now = intent.requested_at
    values = _scopes(intent)
    velocities = [
        await store.velocity(connection, scope, values[scope], limit=limit, window_seconds=window_seconds, now=now)
        for scope, (limit, window_seconds) in decision.limits(settings).items()
    ]
    reached = decision.too_many(velocities, now=now)
    if reached is not None:
        return reached
    standing = decision.standing(await prefix_holds.on_phone(connection, intent.phone), now=now)
    if standing is not None:
        return standing if standing.action == "hold" else None
    earlier = await prefix_holds.on_prefix(connection, intent.prefix)
    since = decision.counted_since(earlier, settings, now=now)
    counted = await store.conversion(connection, intent.prefix, since=since)
    hold = decision.judged(intent.prefix, counted, settings, now=now)
    if hold is not None:
        await prefix_holds.put(connection, hold)
    return hold


def _scopes(intent: Verification) -> dict[Scope, str]:
    return {"client": intent.client, "phone": intent.phone, "prefix": intent.prefix}
