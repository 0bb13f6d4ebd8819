"""Unify: one batch of SMS on its way through deduplicate → extract → correlate, out as messages and codes.

This is the hot path. What is constant over a batch is made once, records are built without the price of their classes, and what there is to
count is counted under one key a message.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache, partial
from typing import NamedTuple

from processors import correlate, deduplicate
from processors.audit import Audit
from processors.correlate import Lines
from processors.deduplicate import Seen
from processors.expire import expiry
from processors.extract import Extraction
from processors.extract.recall import Recall
from processors.stage.contract import Output, Record
from processors.tenures import Tenure, tenure_at
from schemas import cloudevents, topics, wire
from schemas.events import Code, Message

SOURCE = "/otpstream/process"
"""The CloudEvents `source` of everything that this hop writes."""

MESSAGE_HEADERS = cloudevents.fixed(ce_type=Message.ce_type, source=SOURCE)
CODE_HEADERS = cloudevents.fixed(ce_type=Code.ce_type, source=SOURCE)

_MESSAGES, _CODES = topics.MESSAGES.name, topics.CODES.name

_output = partial(tuple.__new__, Output)  # a third of the price of calling the class


@lru_cache(maxsize=1_000)
def _seconds(seconds: int) -> timedelta:
    return timedelta(seconds=seconds)


class Now(NamedTuple):
    """One moment in the forms that it is written in, made once a batch."""

    time: datetime
    seconds: float
    header: tuple[str, bytes]

    @classmethod
    def of(cls, time: datetime) -> "Now":
        """Return a moment in all its forms."""
        return cls(time, time.timestamp(), ("ce_time", cloudevents.rfc3339(time).encode()))


class Batch:
    """Takes the SMS of one batch, one at a time; the state that it is given is only read.

    Attributes:
        outputs: what has come out so far.
        oldest: when the oldest new message was ingested.
    """

    __slots__ = (
        "_audit",
        "_code_headers",
        "_counts",
        "_fresh",
        "_life",
        "_message_headers",
        "_now",
        "_recall",
        "_rentals",
        "_seen",
        "_tolerance",
        "_verifications",
        "_verified",
        "_verifies",
        "_waiting",
        "oldest",
        "outputs",
    )

    def __init__(
        self,
        seen: Seen,
        lines: Lines,
        recall: Recall,
        audit: Audit,
        *,
        now: Now,
        tolerance_seconds: int,
        life: timedelta,
    ) -> None:
        """Take what the batch is measured by; `life` is how long a code lives where its text does not say."""
        self._seen = seen
        self._rentals = lines.known["rental"]
        self._verifications = lines.known["verification"]
        self._verifies = bool(self._verifications)
        self._recall = recall
        self._audit = audit
        self._now = now
        self._tolerance = tolerance_seconds
        self._life = life
        self._fresh = Seen()
        self._waiting: list[bytes] = []
        self._message_headers = [*MESSAGE_HEADERS, now.header]
        self._code_headers = [*CODE_HEADERS, now.header]
        self._counts: Counter[tuple[str, str, bool | None, bool | None]] = Counter()
        self._verified: Counter[tuple[str, bool]] = Counter()
        self.outputs: list[Output] = []
        self.oldest: datetime | None = None

    def take(self, record: Record) -> None:
        """Take one SMS. Nothing of it is kept before nothing of it can fail any more.

        Raises:
            Unreadable: not an SMS.
        """
        sms = wire.read_sms(record.value())
        received = sms.received_at.timestamp()
        identity = deduplicate.identify(sms.line, sms.sender, sms.text, received, sms.provider_message_id)
        if deduplicate.is_known(self._seen, identity, self._tolerance) or deduplicate.is_known(
            self._fresh, identity, self._tolerance
        ):
            self._counts[sms.provider, sms.path, None, None] += 1
            if sms.path == "webhook":
                self._audit.webhook_was_later(identity)
            return
        found = self._recall.extract(sms.text, sms.sender)
        rental = tenure_at(self._rentals.get(sms.line, ()), received)
        # Where nobody verifies, nobody pays for it.
        verification = tenure_at(self._verifications.get(sms.line, ()), received) if self._verifies else None
        outputs = self._written(sms, found, record.partition() or 0, rental, verification)
        lacks_verification = self._verifies and verification is None and found.code is not None
        if rental is None or lacks_verification:
            self._waiting.append(outputs[0].value)
        deduplicate.remember(self._fresh, identity, at=self._now.seconds)
        if sms.path == "poll":
            self._audit.poll_was_first(identity, sms.provider, sms.account)
        self.outputs += outputs
        self._counts[sms.provider, sms.path, found.code is None, rental is None] += 1
        if lacks_verification or verification is not None:
            self._verified[sms.provider, lacks_verification] += 1
        if self.oldest is None or sms.ingested_at < self.oldest:
            self.oldest = sms.ingested_at

    def _written(
        self, sms: wire.Sms, found: Extraction, partition: int, rental: Tenure | None, verification: Tenure | None
    ) -> list[Output]:
        phone, rental_id, verification_id = sms.phone, None, None
        if rental is not None:
            rental_id, phone = rental.holder_id, phone or rental.phone
        if verification is not None:
            verification_id, phone = verification.holder_id, phone or verification.phone
        sms_id, provider, account, line, sender = sms.sms_id, sms.provider, sms.account, sms.line, sms.sender
        received_at, ingested_at, processed_at = sms.received_at, sms.ingested_at, self._now.time
        code, _, confidence, reason, kind, service, valid_seconds = found
        event_id = ("ce_id", sms_id.encode())
        line_key = line.encode()
        # By position, in the order of the fields, which costs half of what names do.
        # fmt: off
        message = wire.Message(
            sms_id, 1, provider, account, line, sms.path, phone, sender, sms.text, received_at, ingested_at, processed_at,
            code, confidence, reason, kind, service, valid_seconds, rental_id, verification_id,
        )
        # fmt: on
        headers = [*self._message_headers, event_id]
        outputs = [_output((_MESSAGES, line_key, wire.encode(message), headers, partition))]
        if code is None or kind is None:
            return outputs
        life = self._life if valid_seconds is None else _seconds(valid_seconds)
        expires_at = expiry(received_at=received_at, ingested_at=ingested_at, life=life)
        # fmt: off
        told = wire.Code(
            sms_id, 1, code, confidence, kind, service, provider, account, line, phone, sender, rental_id,
            received_at, ingested_at, processed_at, expires_at, verification_id,
        )
        # fmt: on
        key = line_key if phone is None else phone.encode()
        outputs.append(_output((_CODES, key, wire.encode(told), [*self._code_headers, event_id], -1)))
        return outputs

    def fingerprints(self) -> Iterable[bytes]:
        """Return what the batch adds to the window, packed."""
        return deduplicate.pack(self._fresh)

    def waiting(self) -> Iterable[bytes]:
        """Return the messages that wait for a rental or a verification, packed."""
        return correlate.pack(self._waiting)

    def count_into(self, tally: Counter[tuple[str, ...]]) -> None:
        """Add what the batch comes to in numbers."""
        for (provider, path, silent, unknown), count in self._counts.items():
            if silent is None:
                tally["duplicates", provider, path] += count
                continue
            tally["messages", provider, path] += count
            tally["extracted", provider, "silent" if silent else "code"] += count
            tally["correlated", provider, "rental", "unknown" if unknown else "at_once"] += count
        for (provider, unknown), count in self._verified.items():
            tally["correlated", provider, "verification", "unknown" if unknown else "at_once"] += count
