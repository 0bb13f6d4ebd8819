"""The transactions of verifications: each takes the row, asks the pure functions, and writes row and events together.

Each first moves the verification on to the time now, so that nothing depends on when the clock last came by.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from otpstream.control.fraud.decision import TooMany
from otpstream.control.fraud.guard import guard, hold_scopes
from otpstream.control.fraud.settings import FraudSettings
from otpstream.control.store import verifications as store
from otpstream.control.verifications.life import advanced, held
from otpstream.control.verifications.metrics import VerificationMetrics
from otpstream.control.verifications.record import Verification, holds_claim
from otpstream.control.verifications.refusals import Refusal
from otpstream.control.verifications.request import RequestRefused

Clock = Callable[[], datetime]
Make = Callable[[Verification, datetime], Sequence[Verification]]
"""What a verification becomes at a time, version by version; nothing where it stays; raises what cannot be."""


class Ledger:
    """The verifications of one store.

    Args:
        engine: from :func:`otpstream.control.store.engine.open_store`.
        metrics: counts what is committed.
        clock: the time now, aware.
    """

    def __init__(self, engine: AsyncEngine, *, metrics: VerificationMetrics, clock: Clock) -> None:
        self.engine = engine
        self.metrics = metrics
        self.clock = clock

    async def under_key(self, client: str, idempotency_key: str | None) -> Verification | None:
        """Return what a client's request under a key started; None where it has started nothing."""
        if idempotency_key is None:
            return None
        async with self.engine.begin() as connection:
            return await store.under_key(connection, client, idempotency_key)

    async def open(self, intent: Verification, settings: FraudSettings) -> Verification | None:
        """Write the intent to start, before anybody is asked; whatever else starts for its client, phone or prefix waits meanwhile.

        Returns:
            None; or what a request under the same key has started meanwhile, and then the intent is not written.

        Raises:
            Refusal: the phone has a live verification, or the fraud guard stopped it.
        """
        versions: list[Verification] = []
        async with self.engine.begin() as connection:
            await hold_scopes(connection, intent)
            if intent.idempotency_key is not None:
                same = await store.under_key(connection, intent.client, intent.idempotency_key)
                if same is not None:
                    return same
            before = await store.take_live(connection, intent.phone)
            if before is not None:
                versions += advanced(before, intent.requested_at)
                await store.save(connection, before, versions)
            live = [before, *versions][-1]
            if live is not None and live.live:
                self.metrics.stopped("phone_live")
                refusal: Refusal | None = _phone_live(live, intent)
            else:
                refusal = await self._admit(connection, intent, settings, versions)
        self.metrics.changed(versions)
        if refusal is not None:
            raise refusal
        return None

    async def _admit(
        self, connection: AsyncConnection, intent: Verification, settings: FraudSettings, versions: list[Verification]
    ) -> Refusal | None:
        """Write what the fraud guard makes of an intent, and add it to the versions."""
        stop = await guard(connection, intent, settings)
        if isinstance(stop, TooMany):
            self.metrics.stopped(stop.scope)
            return _too_many(stop)
        entered = intent if stop is None else held(intent, reason=stop.reason, detail=stop.detail)
        await store.add(connection, entered)
        versions.append(entered)
        if stop is None:
            return None
        self.metrics.stopped("held")
        return Refusal("prefix_held", f"{stop.prefix} is held: {stop.detail}", verification_id=entered.verification_id)

    async def change(
        self, verification_id: str, make: Make, *, client: str | None = None, now: datetime | None = None
    ) -> tuple[Verification, bool]:
        """Move a verification on to the time now, then change it.

        Args:
            verification_id: which.
            make: what it becomes after that.
            client: whose it must be; None: anybody's.
            now: the time now; None: as the clock says.

        Returns:
            The verification, and whether `make` changed it.

        Raises:
            Refusal: there is none such, or `make` refused; it was moved on to the time now all the same.
            RequestRefused: `make` found a field wrong; likewise.
        """
        now = now or self.clock()
        async with self.engine.begin() as connection:
            before = await store.take(connection, verification_id, client=client)
            if before is None:
                raise Refusal("not_found", "there is no such verification", verification_id=verification_id)
            versions = advanced(before, now)
            refusal: Refusal | RequestRefused | None = None
            made: Sequence[Verification] = ()
            try:
                made = make([before, *versions][-1], now)
            except (Refusal, RequestRefused) as error:
                refusal = error
            versions += made
            await store.save(connection, before, versions)
        self._count(before, versions)
        if refusal is not None:
            raise refusal
        return [before, *versions][-1], bool(made)

    async def settle(self, claimed: Verification, make: Make, *, even_late: bool = False) -> Verification:
        """Write the outcome of a call that was claimed.

        Args:
            claimed: with its claim.
            make: what the outcome makes of it.
            even_late: whether the outcome counts also where the claim had lapsed, as long as the verification lives.

        Returns:
            The verification as it stands then.
        """
        async with self.engine.begin() as connection:
            before = await store.take(connection, claimed.verification_id)
            if before is None:
                raise Refusal("not_found", "there is no such verification", verification_id=claimed.verification_id)
            counts = holds_claim(before, claimed) or (even_late and before.live)
            versions = list(make(before, self.clock())) if counts else []
            await store.save(connection, before, versions)
        self._count(before, versions)
        return [before, *versions][-1]

    def _count(self, before: Verification, versions: Sequence[Verification]) -> None:
        """Count the versions that are events: a claim repeats the sequence of the one before it."""
        earlier = [before, *versions]
        self.metrics.changed(new for old, new in zip(earlier, versions, strict=False) if new.sequence > old.sequence)


def _phone_live(live: Verification, intent: Verification) -> Refusal:
    ours = live.client == intent.client
    return Refusal(
        "phone_live",
        "a verification of this phone lives already: check it, cancel it, or wait until it has expired",
        verification_id=live.verification_id if ours else None,
        retry_after_seconds=(live.expires_at - intent.requested_at).total_seconds(),
    )


def _too_many(stop: TooMany) -> Refusal:
    text = f"too many verifications for this {stop.scope} of late"
    return Refusal("too_many", text, retry_after_seconds=stop.retry_after_seconds)
