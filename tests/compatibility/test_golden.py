"""Today's code reads every byte that a release ever wrote, and writes what the readers of the newest one read."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from processors import correlate
from processors.audit import Polled
from processors.deduplicate import identify, is_known
from processors.pipeline import Pipeline, PipelineSettings, State
from processors.stage.contract import Change
from processors.tenures import Tenure, of_rental
from schemas.dead_letters import DeadLetter
from schemas.events import Event, SmsReceived
from schemas.topics import CHANGELOG, TOPICS
from tests.builders import LINE, NOON, FakeRecord, make_code, make_message, make_rental, make_sms, seconds
from tests.compatibility.add import GOLDEN, add, version
from tests.compatibility.samples import Sample, samples

MODELS: dict[str, type[Event]] = {topic.name: topic.model for topic in TOPICS if topic.model is not None}
EVENTS = sorted(path for path in GOLDEN.rglob("*.json"))
RELEASES = sorted(path for path in (GOLDEN / CHANGELOG.name).iterdir())
WRITTEN_AS_JSON = [sample for sample in samples() if sample.topic in MODELS]
TUNED = {"confidence", "reason", "service"}
"""What the extractor may come to see otherwise from release to release, at no reader's cost."""


def name_of(path: Path) -> str:
    return str(path.relative_to(GOLDEN))


def read(path: Path) -> Event:
    return MODELS[path.parts[-3]].decode(path.read_bytes())


def moments_as_one(fields: dict[str, Any]) -> dict[str, Any]:
    """Write times one way, since `12:00:00Z` and `12:00:00.000Z` are the same moment."""
    return {
        name: datetime.fromisoformat(value).timestamp() if name.endswith("_at") and value is not None else value
        for name, value in fields.items()
    }


def test_every_topic_has_bytes_of_this_release() -> None:
    """A record that is added, or a version that is raised, brings its bytes: `python -m tests.compatibility.add`."""
    kept = {path for path in GOLDEN.rglob("*") if path.parent.name == version()}

    assert kept == {GOLDEN / one.topic / version() / one.file_name for one in samples()}
    assert {path.parts[-3] for path in kept} == {topic.name for topic in TOPICS}


@pytest.mark.parametrize("path", EVENTS, ids=name_of)
def test_no_field_that_was_ever_written_is_lost(path: Path) -> None:
    """Each field of each event ever written is still read, and means the same."""
    written = json.loads(path.read_bytes())

    seen = json.loads(read(path).encode())

    assert moments_as_one(written).items() <= moments_as_one(seen).items()


@pytest.mark.parametrize("sample", WRITTEN_AS_JSON, ids=lambda sample: f"{sample.topic}/{sample.name}")
def test_this_release_writes_what_its_readers_expect(sample: Sample) -> None:
    """Field for field, down to how a time is written: the fields of today are those that were kept of this release, or more."""
    kept = (GOLDEN / sample.topic / version() / sample.file_name).read_bytes()
    written, then = json.loads(sample.value), json.loads(kept)
    now = {name: value for name, value in written.items() if name in then}
    assert {name: value for name, value in now.items() if name not in TUNED} == {
        name: value for name, value in then.items() if name not in TUNED
    }
    assert {name: type(value) for name, value in now.items()} == {name: type(value) for name, value in then.items()}


@pytest.mark.parametrize("kind", ["seen", "settled", "polled", "audited", "rental", "verification"])
def test_this_release_packs_as_it_did(kind: str) -> None:
    """The engine's own bytes are the same to the last one: after a roll-back the release before can still read them."""
    [packed] = [sample.value for sample in samples() if (sample.topic, sample.name) == (CHANGELOG.name, kind)]
    assert packed == (GOLDEN / CHANGELOG.name / version() / f"{kind}.bin").read_bytes()


EXPECTED: dict[str, Event] = {
    "otp.sms.v1/0.1.0/webhook.json": make_sms(
        received_at=datetime(2025, 6, 26, 8, 15, tzinfo=UTC), ingested_at=NOON, account="default"
    ),
    "otp.sms.v1/0.1.0/poll.json": SmsReceived(
        sms_id="sms-2",
        provider="text2fa",
        account="default",
        line=LINE,
        path="poll",
        sender="Größe 🔑",
        text="Dein Code: 00 71 23",
        received_at=NOON - seconds(2),
        ingested_at=NOON,
        phone="+14155550123",
    ),
    "otp.sms.v1/0.1.0/with_id.json": make_sms(provider_message_id="m-1", account="second"),
    "otp.rentals.v1/0.1.0/rental.json": make_rental(
        service="Facebook", started_at=NOON, ends_at=NOON + seconds(900), account="default"
    ),
    "otp.messages.v1/0.1.0/tied.json": make_message(
        revision=2,
        phone="+14155550123",
        sender="Acme",
        text="Your Acme code is 843291. It expires in 5 minutes.",
        service="Acme",
        reason="keyword",
        valid_seconds=300,
        rental_id="rental-1",
        processed_at=NOON + seconds(60),
    ),
    "otp.messages.v1/0.1.0/verified.json": make_message(
        message_id="sms-3",
        phone="+14155550123",
        reason="keyword",
        rental_id="rental-2",
        verification_id="v-2",
        processed_at=NOON,
    ),
    "otp.codes.v1/0.1.0/extracted.json": make_code(
        service="Acme", phone=None, sender="Acme", processed_at=NOON, expires_at=NOON + seconds(300)
    ),
    "otp.sms.v1.dead/0.1.0/webhook.json": DeadLetter(
        dead_letter_id="l-1",
        reason="unreadable",
        detail="body: json_invalid",
        stage="ingest",
        source="webhook/text2fa",
        key=None,
        value=b"/3s=",
        died_at=NOON,
    ),
}


@pytest.mark.parametrize(("name", "event"), EXPECTED.items(), ids=str)
def test_the_first_release_is_read_as_it_was_meant(name: str, event: Event) -> None:
    """Not only the same fields: the values that the writer had in mind."""
    assert read(GOLDEN / name) == event


def test_dead_bytes_come_out_as_they_went_in() -> None:
    """A dead letter of any release still gives back the original bytes."""
    letter = read(GOLDEN / "otp.sms.v1.dead" / "0.1.0" / "webhook.json")
    assert isinstance(letter, DeadLetter)
    assert letter.value == b"\xff{"


def restored(release: Path, *kinds: str) -> State:
    stage, state = Pipeline(PipelineSettings()), State()
    changes = [Change(kind.encode(), (release / f"{kind}.bin").read_bytes()) for kind in kinds]
    stage.apply(state, changes, NOON)
    return state


@pytest.mark.parametrize("release", RELEASES, ids=name_of)
def test_fingerprints_of_every_release_are_known(release: Path) -> None:
    """After an upgrade a copy of a message from before it is a copy still: neither layout nor fingerprint moved."""
    state = restored(release, "seen")
    sms = make_sms(text="Your Acme code is 843291. It expires in 5 minutes.", sender="Acme", path="poll")
    identity = identify(sms.line, sms.sender, sms.text, sms.received_at.timestamp())

    assert len(state.seen) == 2
    assert is_known(state.seen, identity, tolerance_seconds=0)
    assert state.seen.touched == {identity.second // 3600: NOON.timestamp()}


@pytest.mark.parametrize("release", RELEASES, ids=name_of)
def test_messages_of_every_release_still_wait(release: Path) -> None:
    """After an upgrade a message from before it still meets its rental, and leaves once it has."""
    waiting = restored(release, "waiting").lines.waiting[LINE]
    messages = [correlate.tied(one, "rental", of_rental(make_rental()), now=NOON) for one in waiting.values()]

    assert [(one.message_id, one.revision, one.code) for one in messages] == [
        ("sms-1", 2, "843291"),
        ("sms-2", 2, None),
    ]
    assert restored(release, "waiting", "settled").lines.waiting == {}


@pytest.mark.parametrize("release", RELEASES, ids=name_of)
def test_what_lines_were_under_is_known_from_every_release(release: Path) -> None:
    """After an upgrade a late SMS still finds the rental and the verification that its line was under before."""
    known = restored(release, "rental", "verification").lines.known
    noon = NOON.timestamp()

    assert known["rental"][LINE][1:] == (Tenure("rental-1", "+14155550123", float("-inf"), float("inf")),)
    assert known["verification"][LINE][1:] == (Tenure("v-1", "+14155550123", noon, noon + 335),)


@pytest.mark.parametrize("topic", Pipeline.tables)
@pytest.mark.parametrize("value", [None, b""], ids=["tombstone", "empty"])
def test_a_record_without_a_value_means_its_key_is_over(topic: str, value: bytes | None) -> None:
    """Compaction reads it so, and so does every reader of a table; bytes that say nothing are a fault all the same."""
    stage = Pipeline(PipelineSettings())

    result = stage.process(stage.new_state(), [FakeRecord(topic, value, LINE.encode())], NOON)

    assert (result.outputs, len(result.poison)) == ([], 0 if value is None else 1)
    assert {one.name for one in TOPICS if one.has_tombstones} == set(Pipeline.tables)


@pytest.mark.parametrize("release", RELEASES, ids=name_of)
def test_webhooks_of_every_release_are_audited_still(release: Path) -> None:
    """After an upgrade it is still known of which messages no webhook has been heard."""
    unheard = restored(release, "seen", "polled").unheard

    assert list(unheard.values()) == [Polled("text2fa", "default", NOON.timestamp())]
    assert restored(release, "polled", "audited").unheard == {}


def test_what_is_kept_is_never_written_again(tmp_path: Path) -> None:
    """Adding fills gaps and leaves every byte that is there."""
    first = add(tmp_path, "1.0.0")
    first[0].write_bytes(b"as it was")
    first[1].unlink()

    assert add(tmp_path, "1.0.0") == [first[1]]
    assert first[0].read_bytes() == b"as it was"
