"""The fraud guard's decision, as a pure function of what was counted.

Who pumps messages or calls to numbers that he is paid for starts many verifications and completes none: hence limits of velocity, and a
hold on a prefix whose conversion (completed of started) collapses.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from otpstream.control.fraud.settings import FraudSettings
from schemas.verifications import PrefixHoldState

Scope = Literal["client", "phone", "prefix"]
HoldAction = Literal["hold", "allow", "lifted"]
"""hold: no verification of the prefix starts · allow: its conversion is never judged · lifted: judged again, from then on."""


@dataclass(frozen=True, kw_only=True)
class PrefixHold:
    """What stands on a prefix: a hold, an override, or the memory of one that was lifted."""

    prefix: str
    """The beginning of the E.164 numbers that it is about, such as `+44`."""
    action: HoldAction
    reason: Literal["conversion_collapsed", "held_by_operator"]
    """conversion_collapsed where the guard did it, held_by_operator where a person did it; of a lift, what it was that was lifted."""
    detail: str
    """For people: the counts, or what the operator wrote."""
    changed_at: datetime
    ends_at: datetime | None
    """When it ends by itself; None: never."""
    sequence: int = 0
    """How many changes of its prefix there were, this one included; 0 where it is not written down yet."""

    def in_force(self, now: datetime) -> bool:
        """Tell whether it holds or allows now."""
        return self.action != "lifted" and (self.ends_at is None or self.ends_at > now)


@dataclass(frozen=True, kw_only=True)
class Velocity:
    """Of one scope: the time of the verification that fills its limit, counted from the newest; None where there is room."""

    scope: Scope
    filled_at: datetime | None
    window_seconds: int


@dataclass(frozen=True, kw_only=True)
class Conversion:
    """The verifications of one prefix that started within the window and are over."""

    started: int
    completed: int


@dataclass(frozen=True, kw_only=True)
class TooMany:
    """A limit of velocity is reached."""

    scope: Scope
    retry_after_seconds: float


def limits(settings: FraudSettings) -> dict[Scope, tuple[int, int]]:
    """Return the limit and the window in seconds of each scope."""
    return {
        "client": (settings.client_limit, settings.client_window_seconds),
        "phone": (settings.phone_limit, settings.phone_window_seconds),
        "prefix": (settings.prefix_limit, settings.prefix_window_seconds),
    }


def too_many(velocities: list[Velocity], *, now: datetime) -> TooMany | None:
    """Return the limit that is reached, the one that takes longest to pass; None where there is room under all."""
    waits = [
        TooMany(
            scope=one.scope,
            retry_after_seconds=(one.filled_at + timedelta(seconds=one.window_seconds) - now).total_seconds(),
        )
        for one in velocities
        if one.filled_at is not None
    ]
    return max(waits, key=lambda wait: wait.retry_after_seconds, default=None)


def counted_since(hold: PrefixHold | None, settings: FraudSettings, *, now: datetime) -> datetime:
    """Return from when on the conversion of a prefix counts: its window, cut by what ended or was lifted within it."""
    since = now - timedelta(seconds=settings.conversion_window_seconds)
    if hold is None or hold.in_force(now):
        return since
    over_at = hold.changed_at if hold.action == "lifted" or hold.ends_at is None else hold.ends_at
    return max(since, over_at)


def judged(prefix: str, conversion: Conversion, settings: FraudSettings, *, now: datetime) -> PrefixHold | None:
    """Return the hold that a collapsed conversion brings; None where it is sound, or too little is known."""
    if conversion.started < settings.conversion_minimum_started:
        return None
    share = conversion.completed / conversion.started
    if share >= settings.conversion_floor:
        return None
    return PrefixHold(
        prefix=prefix,
        action="hold",
        reason="conversion_collapsed",
        detail=(
            f"{conversion.completed} of {conversion.started} verifications of {prefix} were completed: "
            f"{share:.0%} is below {settings.conversion_floor:.0%}"
        ),
        changed_at=now,
        ends_at=now + timedelta(seconds=settings.hold_seconds),
    )


def lifted(hold: PrefixHold, *, now: datetime) -> PrefixHold:
    """Return it lifted: what came before counts no more."""
    return replace(hold, action="lifted", changed_at=now, ends_at=None)


def standing(holds: list[PrefixHold], *, now: datetime) -> PrefixHold | None:
    """Return what is in force of all that stands on the prefixes of one phone: the longest prefix decides."""
    in_force = [hold for hold in holds if hold.in_force(now)]
    return max(in_force, key=lambda hold: len(hold.prefix), default=None)


def event_of(hold: PrefixHold) -> PrefixHoldState:
    """Return the event that tells of it. The guard only ever holds; whatever else is done to a prefix a person does."""
    is_guards = hold.action == "hold" and hold.reason == "conversion_collapsed"
    return PrefixHoldState(
        prefix=hold.prefix,
        sequence=hold.sequence,
        action=hold.action,
        by="guard" if is_guards else "operator",
        reason=hold.reason,
        detail=hold.detail,
        changed_at=hold.changed_at,
        ends_at=hold.ends_at,
    )
