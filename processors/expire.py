"""Expire: say when a code stops being worth a push.

A code's life begins when the provider received its SMS. But providers' clocks are what they are: some write local times without a
zone, some replay old messages. A time that lies more than a day before our receipt, or minutes after it, is no time to go by; then the
life begins at our receipt, for a code pushed for nothing does less harm than one that never comes.
"""

from datetime import datetime, timedelta

CREDIBLE_DELAY = timedelta(days=1)
"""No provider is known to hand on an SMS later than this; a clock that is off by a time zone is within it, and life is lost to it."""
CREDIBLE_LEAD = timedelta(minutes=5)
"""How far a provider's clock may run ahead of ours."""


def expiry(*, received_at: datetime, ingested_at: datetime, life: timedelta) -> datetime:
    """Return when a code expires.

    Args:
        received_at: when the provider received the SMS, by its clock.
        ingested_at: when we did, by ours.
        life: how long the code lives.
    """
    credible = -CREDIBLE_LEAD <= ingested_at - received_at <= CREDIBLE_DELAY
    return (received_at if credible else ingested_at) + life
