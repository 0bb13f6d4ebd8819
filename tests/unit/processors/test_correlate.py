"""A message that lacks its rental or its verification waits for it, and goes out once more when it is known."""

import copy
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.correlate import (
    Lines,
    Waiting,
    code_of,
    hold,
    let_go,
    pack,
    settle,
    tied,
    unpack,
    waiting_of,
)
from processors.tenures import Kind, Tenure
from schemas.events import Message
from tests.builders import LINE, NOON, OTP, PHONE, make_message, seconds

RENTAL_SECONDS = 900
VERIFICATION_SECONDS = 60
TENURE = Tenure("held-1", PHONE, 0.0, 0.0)


def held(message_id: str = "sms-1", *, processed: datetime = NOON, message: Message | None = None) -> Waiting:
    message = message or make_message(message_id=message_id, received_at=NOON, processed_at=processed)
    return waiting_of(
        message, message.encode(), rental_seconds=RENTAL_SECONDS, verification_seconds=VERIFICATION_SECONDS
    )


@pytest.mark.parametrize(
    ("rental_id", "verification_id", "code", "rental_waits", "verification_waits"),
    [
        (None, None, OTP, RENTAL_SECONDS, VERIFICATION_SECONDS),
        (None, None, None, RENTAL_SECONDS, None),
        (None, "v-1", OTP, RENTAL_SECONDS, None),
        ("r-1", None, OTP, None, VERIFICATION_SECONDS),
        ("r-1", None, None, None, None),
        ("r-1", "v-1", OTP, None, None),
    ],
)
def test_a_message_waits_for_what_it_lacks(
    rental_id: str | None,
    verification_id: str | None,
    code: str | None,
    rental_waits: int | None,
    verification_waits: int | None,
) -> None:
    """For its rental in any case, for its verification where it has a code; each to the second."""
    waiting = held(
        message=make_message(rental_id=rental_id, verification_id=verification_id, code=code, processed_at=NOON)
    )
    kinds: dict[Kind, int | None] = {"rental": rental_waits, "verification": verification_waits}
    for kind, window in kinds.items():
        now = NOON.timestamp() + (window or 0)
        assert waiting.waits(kind, now=now) == (window is not None)
        assert not waiting.waits(kind, now=now + 0.1)
    windows = [window for window in kinds.values() if window is not None]
    assert waiting.until == (NOON.timestamp() + max(windows) if windows else float("-inf"))


@pytest.mark.parametrize("kind", ["rental", "verification"])
def test_a_tied_message_says_more_and_changes_nothing_else(kind: Kind) -> None:
    """The next revision has what it lacked and the phone; the rest is as it went out, but for when it was made."""
    message = make_message()
    at = NOON + seconds(60)

    revision = tied(held(), kind, TENURE, now=at)

    changed = {"revision": 2, f"{kind}_id": "held-1", "phone": PHONE, "processed_at": at}
    assert revision == make_message(**changed, received_at=NOON)
    assert message.revision == 1


def test_the_messages_own_phone_wins() -> None:
    """Where the provider named the receiving number in the message, the rental does not overrule it."""
    own = "+14155550199"
    assert tied(held(message=make_message(phone=own)), "rental", TENURE, now=NOON).phone == own


@pytest.mark.parametrize(("valid_seconds", "life"), [(None, 600), (60, 60), (0, 0)])
def test_the_code_of_a_message_lives_as_long_as_the_text_says(valid_seconds: int | None, life: int) -> None:
    """Counted from the receipt by the provider; the default only where the text is silent."""
    code = code_of(make_message(valid_seconds=valid_seconds), code_life_seconds=600)

    assert code is not None
    assert code.code == OTP
    assert code.expires_at == NOON + seconds(life)


def test_a_message_without_a_code_has_none() -> None:
    """A silent message makes no event for subscribers."""
    assert code_of(make_message(code=None, kind=None), code_life_seconds=600) is None


def test_what_waits_too_long_is_let_go() -> None:
    """By our clock: what could wait until before the bound goes, the rest of the line stays, an empty line leaves nothing."""
    lines = Lines()
    hold(lines, LINE, held("old", processed=NOON))
    hold(lines, LINE, held("young", processed=NOON + seconds(10)))
    hold(lines, "text2fa:2", held("old", processed=NOON))

    let_go(lines, before=NOON.timestamp() + RENTAL_SECONDS + 10)

    assert {line: list(held) for line, held in lines.waiting.items()} == {LINE: ["young"]}


messages_held = st.lists(
    st.builds(
        lambda place, rental_id, line, at: (
            line,
            held(
                message=make_message(
                    message_id=f"sms-{place}", line=line, rental_id=rental_id, processed_at=NOON + seconds(at)
                )
            ),
        ),
        st.integers(0, 3),
        st.none() | st.just("r-1"),
        st.sampled_from([LINE, "text2fa:2"]),
        st.integers(0, 2000),
    ),
    max_size=12,
)


@given(messages_held, st.lists(st.integers(0, 3000), min_size=1, max_size=4))
def test_let_go_is_what_a_look_at_each_would_let_go(messages: list[tuple[str, Waiting]], times: list[int]) -> None:
    """Also of messages that wait again, with another window, and of those that were settled meanwhile."""
    lines = Lines()
    for place, (line, waiting) in enumerate(messages):
        hold(lines, line, waiting)
        if place % 3 == 2:
            settle(lines, line, waiting.message_id)
    for at in sorted(times):
        before = NOON.timestamp() + at
        kept = {
            line: young
            for line, of_line in copy.deepcopy(lines.waiting).items()
            if (young := {name: one for name, one in of_line.items() if one.until >= before})
        }
        let_go(lines, before=before)
        assert lines.waiting == kept
        assert all(until >= before for until, _, _ in lines.deadlines)


def test_settled_twice_is_settled() -> None:
    """To let go of what is gone already is nothing: a changelog may be read from its middle."""
    lines = Lines()
    hold(lines, LINE, held())
    settle(lines, LINE, "sms-1")
    settle(lines, LINE, "sms-1")
    assert lines == Lines()


@given(st.lists(st.binary(max_size=40)), st.integers(1, 100))
def test_what_was_packed_comes_back(values: list[bytes], limit_bytes: int) -> None:
    """Any values in any order, in as few records as the limit allows; a value above the limit has a record of its own."""
    packed = list(pack(values, limit_bytes=limit_bytes))

    assert [value for record in packed for value in unpack(record)] == values
    assert all(len(record) <= max(limit_bytes, 40) + 4 * len(list(unpack(record))) for record in packed)
    assert packed == [] or values != []
