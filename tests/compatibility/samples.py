"""One of every kind of record that this release writes, made by the code that really writes it."""

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.providers.text2fa import parse_message, read_number, read_webhook, sms_of_message
from ingest.publisher import Outgoing
from ingest.records import dead_record, rental_record, sms_record
from processors.pipeline import Pipeline, PipelineSettings, State
from processors.stage.contract import Poison
from schemas.topics import CHANGELOG, CODES_DEAD, DELIVERIES, HOLDS, RENTALS, RENTALS_DEAD, SMS, SMS_DEAD, VERIFICATIONS
from sinks.dead_letters import letter_of
from tests.builders import LINE, NOON, FakeRecord, make_outcome, make_rental, make_sms, record_of, seconds
from tests.compatibility.verification_samples import hold_samples, verification_samples

WEBHOOK = b"""{"number_id": "12345", "from": "+12135559876", "message": "Your OTP is 843291", "received_at": "2025-06-26T08:15:00Z"}"""
"""The example of the Text2FA API Integration Guide, 2025-06-26."""


@dataclass(frozen=True)
class Sample:
    """The value of one record."""

    topic: str
    name: str
    value: bytes

    @property
    def file_name(self) -> str:
        """JSON, but for the engine's own bytes."""
        return f"{self.name}.bin" if self.topic == CHANGELOG.name else f"{self.name}.json"


@dataclass(frozen=True)
class ConsumerRecord:
    """A record as the sinks read it."""

    topic: str
    partition: int
    offset: int
    timestamp: int
    key: bytes | None
    value: bytes | None


def _sample(name: str, record: Outgoing) -> Sample:
    return Sample(record.topic, name, record.value or b"")


def samples() -> Iterator[Sample]:
    """Yield every sample; the same bytes each time."""
    yield from _ingested()
    yield from (Sample(VERIFICATIONS.name, name, value) for name, value in verification_samples())
    yield from (Sample(HOLDS.name, name, value) for name, value in hold_samples())
    yield from _processed()
    yield from _verified()
    yield from _delivered()


def _ingested() -> Iterator[Sample]:
    by_webhook = read_webhook(WEBHOOK, account="default", sms_id="sms-1", ingested_at=NOON)
    number = read_number({"id": "12345", "number": "+14155550123", "country": "US"}, account="default", now=NOON)
    polled = parse_message(
        {"from": "Größe 🔑", "message": "Dein Code: 00 71 23", "received_at": "2026-03-01T11:59:58+00:00"}
    )
    by_poll = sms_of_message(polled, number, sms_id="sms-2", ingested_at=NOON)
    letter = dead_record(
        b"\xff{",
        "body: json_invalid",
        meant_for=SMS,
        line=None,
        provider="text2fa",
        path="webhook",
        letter_id="l-1",
        now=NOON,
    )
    rental = make_rental(service="Facebook", started_at=NOON, ends_at=NOON + seconds(900))
    yield _sample("webhook", sms_record(by_webhook))
    yield _sample("poll", sms_record(by_poll))
    yield _sample("with_id", sms_record(make_sms(provider_message_id="m-1", account="second")))
    yield _sample("number", rental_record(number, event_id="r-1"))
    yield _sample("rental", rental_record(rental, event_id="r-2"))
    yield _sample("webhook", letter)


def _processed() -> Iterator[Sample]:
    stage, state = Pipeline(PipelineSettings()), State()
    valid = "Your Acme code is 843291. It expires in 5 minutes."
    batch = [
        make_sms(sms_id="sms-1", text=valid, sender="Acme"),
        make_sms(sms_id="sms-2", text="Hello, how are you?", path="poll"),
    ]
    first = stage.process(state, [record_of(sms) for sms in batch], NOON)
    stage.apply(state, first.changes, NOON)
    second = stage.process(state, [record_of(make_rental())], NOON + seconds(60))
    late = stage.process(state, [record_of(make_sms(text="Hello, how are you?"))], NOON + seconds(60))
    names = ("with_code", "extracted", "silent", "tied", "correlated", "tied_silent")
    for name, output in zip(names, first.outputs + second.outputs, strict=True):
        yield Sample(output.topic, name, output.value)
    for change in first.changes + second.changes + late.changes:
        yield Sample(CHANGELOG.name, change.key.decode(), change.value)
    poison = Poison(FakeRecord(RENTALS.name, b"{", offset_number=42), "unreadable", "not a RentalState: body")
    yield Sample(RENTALS_DEAD.name, "unreadable", stage.bury(poison, NOON).value)
    poison = Poison(
        FakeRecord(SMS.name, None, key_bytes=None, offset_number=43), "unreadable", "not an SmsReceived: body"
    )
    yield Sample(SMS_DEAD.name, "tombstone", stage.bury(poison, NOON).value)


def _verified() -> Iterator[Sample]:
    """Yield what a line that is rented and verified anew makes: both ties of one message, and what the tables keep no longer."""
    stage, state = Pipeline(PipelineSettings()), State()
    verifications = dict(verification_samples())
    again = verifications["requested"].replace(b'"v-1"', b'"v-2"')
    batches = [
        [FakeRecord(VERIFICATIONS.name, verifications["requested"]), FakeRecord(VERIFICATIONS.name, again)],
        [record_of(make_rental()), record_of(make_rental(rental_id="rental-2", started_at=NOON))],
        [record_of(make_sms(sms_id="sms-3"))],
    ]
    results = []
    for batch in batches:
        results.append(stage.process(state, batch, NOON))
        if batch[0].topic() in stage.tables:
            stage.apply_table(state, batch)
        stage.apply(state, results[-1].changes, NOON)
    for output in results[-1].outputs:
        yield Sample(output.topic, "verified", output.value)
    for change in results[0].changes + results[1].changes:
        yield Sample(CHANGELOG.name, change.key.decode(), change.value)
    poison = Poison(
        FakeRecord(VERIFICATIONS.name, b"{", LINE.encode(), offset_number=42),
        "unreadable",
        "not a VerificationState: body",
    )
    yield Sample("otp.verifications.v1.dead", "unreadable", stage.bury(poison, NOON).value)


def _delivered() -> Iterator[Sample]:
    yield Sample(DELIVERIES.name, "delivered", make_outcome().encode())
    late = make_outcome(event_id="sms-1-2", outcome="expired", attempts=0, status=None)
    yield Sample(DELIVERIES.name, "expired", late.encode())
    refused = make_outcome(outcome="refused", attempts=3, status=410, error_code="status_4xx")
    yield Sample(DELIVERIES.name, "refused", refused.encode())
    record = ConsumerRecord("otp.codes.v1", 3, 42, 0, b"+14155550123", b"{")
    letter = letter_of(record, reason="bug", detail="RuntimeError", died_at=NOON)
    yield Sample(CODES_DEAD.name, "bug", letter.encode())
