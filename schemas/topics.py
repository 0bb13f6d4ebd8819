"""START HERE: every topic, in the order in which the data flows.

The CLI creates the topics from this map, and the README's table is tested against it.
"""

from dataclasses import dataclass
from typing import Literal

from schemas.dead_letters import DeadLetter
from schemas.deliveries import DeliveryOutcome
from schemas.events import Code, Event, Message, SmsReceived
from schemas.rentals import RentalState
from schemas.verifications import PrefixHoldState, VerificationState

HOUR_SECONDS = 3600
DAY_SECONDS = 24 * HOUR_SECONDS

DATA_PARTITIONS = 12
"""As many processing processes as can ever share the work; topics that are joined must agree on it."""


OVER_KEPT_SECONDS = 25 * HOUR_SECONDS
"""How long after its end a rental or a verification may still be asked for: an SMS lies on its topic for a day at the most, and comes late
by minutes. After that its key may get a tombstone, and whoever follows the topic may forget it."""


@dataclass(frozen=True, kw_only=True)
class Topic:
    """One topic: its name, who writes and reads it, and how long Kafka keeps it."""

    name: str
    key: str
    """What the records are keyed by: order holds within one key."""
    holds: str
    """One line for people."""
    model: type[Event] | None
    """The value, as JSON; None for the engine's own bytes."""
    written_by: Literal["ingest", "control", "process", "deliver"]
    partitions: int = DATA_PARTITIONS
    cleanup: Literal["delete", "compact"] = "delete"
    retention_seconds: int | None = DAY_SECONDS
    """How long records stay (`retention.ms`); None on a compacted topic: the newest of each key stays."""
    has_tombstones: bool = False
    """Whether a record without a value means that its key is to be forgotten; on another topic it is a fault."""


SMS = Topic(
    name="otp.sms.v1",
    key="line",
    holds="every SMS as received, normalised, by both paths",
    model=SmsReceived,
    written_by="ingest",
)
RENTALS = Topic(
    name="otp.rentals.v1",
    key="line",
    holds="the state of each rental",
    model=RentalState,
    written_by="ingest",
    cleanup="compact",
    retention_seconds=None,
    has_tombstones=True,
)
VERIFICATIONS = Topic(
    name="otp.verifications.v1",
    key="line where the phone is one of ours, else phone",
    holds="the state of each verification of a phone",
    model=VerificationState,
    written_by="control",
    cleanup="compact",
    retention_seconds=None,
    has_tombstones=True,
)
HOLDS = Topic(
    name="otp.holds.v1",
    key="prefix",
    holds="what stands on each prefix of phones: holds of the fraud guard, overrides, lifts",
    model=PrefixHoldState,
    written_by="control",
    partitions=3,
    cleanup="compact",
    retention_seconds=None,
)
CHANGELOG = Topic(
    name="otp.process.changelog.v1",
    key="kind of change",
    holds="what the processors remember: the fingerprints of the window, the messages that wait, what a line was under before",
    model=None,
    written_by="process",
    retention_seconds=25 * HOUR_SECONDS,
)
MESSAGES = Topic(
    name="otp.messages.v1",
    key="line",
    holds="every unique message, with code or without, and what it belongs to",
    model=Message,
    written_by="process",
)
CODES = Topic(
    name="otp.codes.v1",
    key="phone, else line",
    holds="the messages with a code: what subscribers read",
    model=Code,
    written_by="process",
)
DELIVERIES = Topic(
    name="otp.deliveries.v1",
    key="subscription",
    holds="the outcome of each push",
    model=DeliveryOutcome,
    written_by="deliver",
    partitions=3,
)


def dead(source: Topic) -> Topic:
    """Return the dead-letter topic of a topic: `<topic>.dead`, kept for two weeks."""
    return Topic(
        name=f"{source.name}.dead",
        key="as its source",
        holds=f"what was meant for or read from {source.name} and could not be processed",
        model=DeadLetter,
        written_by=source.written_by,
        partitions=3,
        retention_seconds=14 * DAY_SECONDS,
    )


SMS_DEAD = dead(SMS)
RENTALS_DEAD = dead(RENTALS)
VERIFICATIONS_DEAD = dead(VERIFICATIONS)
CODES_DEAD = dead(CODES)

TOPICS: tuple[Topic, ...] = (
    SMS,
    SMS_DEAD,
    RENTALS,
    RENTALS_DEAD,
    VERIFICATIONS,
    VERIFICATIONS_DEAD,
    HOLDS,
    CHANGELOG,
    MESSAGES,
    CODES,
    CODES_DEAD,
    DELIVERIES,
)

CO_PARTITIONED: tuple[Topic, ...] = (SMS, RENTALS, VERIFICATIONS, CHANGELOG, MESSAGES)
"""Joined line by line: partition n of each belongs to the same lines, so all have the same number of partitions."""
