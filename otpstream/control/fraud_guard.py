"""The fraud guard at work: counts in SQL, decides by :mod:`otpstream.control.fraud`, remembers a hold that it places.

Starts that are asked for at the same instant do not see each other, so a limit may be passed by as many as are under way.
"""

from sqlalchemy.ext.asyncio import AsyncConnection

from otpstream.control import fraud
from otpstream.control.fraud import PrefixHold, Scope, TooMany
from otpstream.control.fraud_settings import FraudSettings
from otpstream.control.store import verifications as store
from otpstream.control.verifications_record import Verification


async def guard(
    connection: AsyncConnection, intent: Verification, settings: FraudSettings
) -> TooMany | PrefixHold | None:
    """Return what stops a start: a limit of velocity or a hold on its prefix; None: it may go on."""
    now = intent.requested_at
    values: dict[Scope, str] = {"client": intent.client, "phone": intent.phone, "prefix": intent.prefix}
    velocities = [
        await store.velocity(connection, scope, values[scope], limit=limit, window_seconds=window_seconds, now=now)
        for scope, (limit, window_seconds) in fraud.limits(settings).items()
    ]
    reached = fraud.too_many(velocities, now=now)
    if reached is not None:
        return reached
    standing = fraud.standing(await store.holds_on(connection, intent.phone), now=now)
    if standing is not None:
        return standing if standing.action == "hold" else None
    earlier = await store.hold_of(connection, intent.prefix)
    since = fraud.counted_since(earlier, settings, now=now)
    counted = await store.conversion(connection, intent.prefix, since=since)
    hold = fraud.judged(intent.prefix, counted, settings, now=now)
    if hold is not None:
        await store.put_hold(connection, hold)
    return hold
