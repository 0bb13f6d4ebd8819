"""The fraud guard at work: counts in SQL, decides by :mod:`otpstream.control.fraud.decision`, remembers a hold that it places.

Starts that are asked for at the same instant do not see each other, so a limit may be passed by as many as are under way.
"""

from sqlalchemy.ext.asyncio import AsyncConnection

from otpstream.control.fraud import decision
from otpstream.control.fraud.decision import PrefixHold, Scope, TooMany
from otpstream.control.fraud.settings import FraudSettings
from otpstream.control.store import verifications as store
from otpstream.control.verifications.record import Verification


async def guard(
    connection: AsyncConnection, intent: Verification, settings: FraudSettings
) -> TooMany | PrefixHold | None:
    """Return what stops a start: a limit of velocity or a hold on its prefix; None: it may go on."""
    now = intent.requested_at
    values: dict[Scope, str] = {"client": intent.client, "phone": intent.phone, "prefix": intent.prefix}
    velocities = [
        await store.velocity(connection, scope, values[scope], limit=limit, window_seconds=window_seconds, now=now)
        for scope, (limit, window_seconds) in decision.limits(settings).items()
    ]
    reached = decision.too_many(velocities, now=now)
    if reached is not None:
        return reached
    standing = decision.standing(await store.holds_on(connection, intent.phone), now=now)
    if standing is not None:
        return standing if standing.action == "hold" else None
    earlier = await store.hold_of(connection, intent.prefix)
    since = decision.counted_since(earlier, settings, now=now)
    counted = await store.conversion(connection, intent.prefix, since=since)
    hold = decision.judged(intent.prefix, counted, settings, now=now)
    if hold is not None:
        await store.put_hold(connection, hold)
    return hold
