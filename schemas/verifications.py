"""The state of each verification of a phone, a compacted table that the processors join with the messages; and what stands on prefixes."""

from decimal import Decimal
from typing import Literal

from pydantic import AwareDatetime, Field

from schemas.events import Event, Line, Phone

State = Literal["requested", "uncertain", "started", "verified", "cancelled", "expired", "refused", "held"]
"""requested → started → verified, cancelled or expired; requested → refused where the provider said no.

uncertain: the provider's answer to the start never came, so a code may be on its way; it becomes expired, or started where the answer
came late after all. held: the phone's prefix is held, so nobody was asked.
"""

Change = Literal[
    "requested",
    "uncertain",
    "started",
    "step",
    "sms_arrived",
    "check_failed",
    "cancel_scheduled",
    "cancel_failed",
    "verified",
    "cancelled",
    "expired",
    "refused",
    "held",
]
"""What happened; the words of :data:`State` where it moved the state."""

Reason = Literal[
    "provider_live",
    "provider_refused",
    "key_refused",
    "not_supported",
    "provider_away",
    "start_unknown",
    "check_unknown",
    "cancel_unknown",
    "cancel_refused",
    "wrong_code",
    "attempts_exhausted",
    "conversion_collapsed",
    "held_by_operator",
]
"""Why the latest change, arrivals aside, was not the wished one.

provider_live: the provider answered 409, so it knows of a live verification of this phone that is not ours · provider_refused,
key_refused, not_supported, provider_away: a definite no, nothing was spent; the last one never heard of it · ..._unknown: the provider
gave no usable answer, so nobody knows what it did · attempts_exhausted: the wrong code was the last that may be checked ·
conversion_collapsed, held_by_operator: why the prefix is held.
"""

Channel = Literal["sms", "call"]
"""How a workflow's step carries the code."""


class VerificationState(Event):
    """What is known of one verification, and what just happened to it; it never holds the code.

    Topic: `otp.verifications.v1`, compacted, keyed by `line` where the phone is one of ours, else by `phone`. Every change is a record
    of its own, in order: `sequence` counts them without a gap.
    """

    ce_type = "otp.verification.state.v1"

    verification_id: str = Field(min_length=1, max_length=64)
    sequence: int = Field(ge=1)
    """The number of this record among those of its verification, from 1."""
    state: State
    change: Change
    reason: Reason | None = None
    detail: str | None = Field(default=None, max_length=300)
    """The reason in words, for people; never a code."""
    provider: str
    account: str = "default"
    phone: Phone
    line: Line | None = None
    """The line whose number the phone is, None where it is not one of ours."""
    brand: str
    workflow: Literal["1", "2", "3", "4", "5", "6", "7"]
    code_length: Literal[4, 6]
    step: int = Field(default=0, ge=0)
    """How many steps of the workflow went out, by our clock."""
    channel: Channel | None = None
    """The channel of the step that went out last."""
    attempts: int = Field(default=0, ge=0)
    """Codes that were checked, the one that is being checked included."""
    price: Decimal | None = None
    """What the provider charges once it succeeds, in the account's currency."""
    requested_at: AwareDatetime
    """When we were asked: our clock. No SMS of this verification is older."""
    started_at: AwareDatetime | None = None
    """When the provider's answer to the start was here: our clock, so never before the provider's own start."""
    expires_at: AwareDatetime
    """When the code is dead at the latest."""
    ended_at: AwareDatetime | None = None
    """When the state became a last one; None while it lives."""
    updated_at: AwareDatetime
    """When this change was written down: our clock. A step was due 60 seconds after the one before it."""
    code_seen: bool = False
    """Whether the SMS that is taken for its own brought a code of the right length."""
    message_id: str | None = None
    """The SMS of our own line that is taken for its own; one that names the brand may take the place of another."""
    arrival_seconds: float | None = Field(default=None, ge=0)
    """From the start to the provider's receipt of that message; across two clocks."""

    @property
    def key(self) -> str:
        """What its records are keyed by."""
        return self.line or self.phone

    @property
    def event_id(self) -> str:
        """The id of this event, the same on every try to publish it: `ce_id` on Kafka."""
        return f"{self.verification_id}-{self.sequence}"


class PrefixHoldState(Event):
    """What stands on one prefix of phones, and who put it there.

    Topic: `otp.holds.v1`, compacted, keyed by `prefix`. Every hold, override and lift is a record of its own, in order: `sequence` counts
    them without a gap. What ends by itself at `ends_at` is not told again.
    """

    ce_type = "otp.prefix.hold.v1"

    prefix: str = Field(pattern=r"^\+[1-9][0-9]{0,14}$")
    """The beginning of the E.164 numbers that it is about; of several that fit a phone the longest decides."""
    sequence: int = Field(ge=1)
    """The number of this record among those of its prefix, from 1."""
    action: Literal["hold", "allow", "lifted"]
    """hold: no verification of the prefix starts · allow: its conversion is never judged · lifted: judged again, from then on."""
    by: Literal["guard", "operator"]
    """Who did it."""
    reason: Literal["conversion_collapsed", "held_by_operator"]
    """Why it stands; of a lift, why what it took away stood."""
    detail: str = Field(max_length=300)
    """For people: the counts, or what the operator wrote."""
    changed_at: AwareDatetime
    """When it was put there or lifted: our clock."""
    ends_at: AwareDatetime | None = None
    """When it ends by itself; None: never."""

    @property
    def key(self) -> str:
        """What its records are keyed by."""
        return self.prefix

    @property
    def event_id(self) -> str:
        """The id of this event, the same on every try to publish it: `ce_id` on Kafka."""
        return f"{self.prefix}-{self.sequence}"
