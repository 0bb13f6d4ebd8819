"""The life of a verification: workflows on the clock, 409, 30 s, 300 s, attempts, price."""

from __future__ import annotations

import re
from collections.abc import Callable

import httpx
import pytest

from otpstream.sandbox import ANSWER_LOST, ScaledClock, TextMagicSimulator, VerifyRules
from otpstream.sandbox.textmagic import VerificationState
from tests.unit.sandbox.verify_client import HEADERS, KEY, PATH, USER, check, start, wrong

ApiFactory = Callable[..., httpx.AsyncClient]


@pytest.fixture
def simulator(scaled_clock: ScaledClock) -> TextMagicSimulator:
    return TextMagicSimulator(
        username=USER, api_key=KEY, clock=scaled_clock, balance_cents=100, calls_per_second_limit=None
    )


@pytest.fixture
def client(simulator: TextMagicSimulator, api_of: ApiFactory) -> httpx.AsyncClient:
    return api_of(simulator, HEADERS)


async def test_a_verification_succeeds_and_is_charged_then(
    simulator: TextMagicSimulator, client: httpx.AsyncClient
) -> None:
    """A start tells id and price and costs nothing; the right code is 204, costs the price, and works once."""
    started = await start(client)
    verify_id, code = started.json()["verifyId"], simulator.inbox[0].code
    before_cents = simulator.wallet.spent_cents

    first, second = await check(client, verify_id, code), await check(client, verify_id, code)

    assert (started.status_code, started.json()["price"]) == (201, 0.05)
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", verify_id)
    assert (first.status_code, first.content, second.status_code) == (204, b"", 404)
    assert (before_cents, simulator.wallet.spent_cents) == (0, 5)
    assert simulator.verifications[0].state is VerificationState.VERIFIED


@pytest.mark.parametrize(
    ("workflow_id", "expected"),
    [
        (None, [("sms", 0), ("tts", 60), ("tts", 120)]),
        ("1", [("sms", 0), ("tts", 60), ("tts", 120)]),
        ("2", [("sms", 0), ("sms", 60), ("tts", 120)]),
        ("3", [("tts", 0), ("tts", 60)]),
        ("4", [("sms", 0), ("sms", 60)]),
        ("5", [("sms", 0), ("tts", 60)]),
        ("6", [("sms", 0)]),
        ("7", [("tts", 0)]),
        (7, [("tts", 0)]),
    ],
)
async def test_workflows_run_on_the_clock(
    simulator: TextMagicSimulator,
    client: httpx.AsyncClient,
    scaled_clock: ScaledClock,
    workflow_id: str | int | None,
    expected: list[tuple[str, float]],
) -> None:
    """Each workflow sends its SMS and calls at 0, 60 and 120 s, all with the same code."""
    begun = scaled_clock()
    await start(client, **({} if workflow_id is None else {"workflowId": workflow_id}))

    scaled_clock.advance(59.9)
    assert len(simulator.inbox) == 1
    scaled_clock.advance(400)

    assert [(step.channel, (step.sent_at - begun).total_seconds()) for step in simulator.inbox] == expected
    assert len({step.code for step in simulator.inbox}) == 1
    assert all(step.code in step.text and not step.handed_over for step in simulator.inbox)


@pytest.mark.parametrize("end", ["verify", "cancel"])
async def test_no_step_follows_the_end(
    simulator: TextMagicSimulator, client: httpx.AsyncClient, scaled_clock: ScaledClock, end: str
) -> None:
    """Once verified or cancelled, nobody is called any more."""
    verify_id = (await start(client)).json()["verifyId"]
    scaled_clock.advance(30)
    if end == "verify":
        await check(client, verify_id, simulator.inbox[0].code)
    else:
        await client.delete(f"{PATH}/{verify_id}")

    scaled_clock.advance(300)

    assert len(simulator.inbox) == 1


async def test_a_live_phone_is_409_until_expiry(
    simulator: TextMagicSimulator, client: httpx.AsyncClient, scaled_clock: ScaledClock
) -> None:
    """A second start for a phone is refused for 300 s, also in another spelling; another phone is not."""
    await start(client)
    scaled_clock.advance(299.9)

    refused = [await start(client), await start(client, phone="07860021130", country="GB")]
    other = await start(client, phone="447860021131")
    scaled_clock.advance(0.1)
    again = await start(client)

    assert [reply.status_code for reply in refused] == [409, 409]
    assert set(refused[0].json()) == {"code", "message", "errors"}
    assert (other.status_code, again.status_code) == (201, 201)
    assert len(simulator.verifications) == 3


async def test_a_code_lives_five_minutes(
    simulator: TextMagicSimulator, client: httpx.AsyncClient, scaled_clock: ScaledClock
) -> None:
    """The right code is refused once 300 s have passed, and costs nothing."""
    verify_id = (await start(client)).json()["verifyId"]
    scaled_clock.advance(300)

    reply = await check(client, verify_id, simulator.inbox[0].code)

    assert reply.status_code == 404
    assert simulator.verifications[0].state is VerificationState.EXPIRED
    assert simulator.wallet.spent_cents == 0


async def test_a_cancel_has_to_wait_30_seconds(
    simulator: TextMagicSimulator, client: httpx.AsyncClient, scaled_clock: ScaledClock
) -> None:
    """Before 30 s a cancel is refused with the time to wait; from then on it is 204 once, free, and frees the phone."""
    verify_id = (await start(client)).json()["verifyId"]
    scaled_clock.advance(12.5)
    early = await client.delete(f"{PATH}/{verify_id}")
    scaled_clock.advance(17.5)

    replies = [await client.delete(f"{PATH}/{verify_id}") for _ in range(2)]

    assert (early.status_code, early.headers["Retry-After"]) == (400, "18")
    assert [reply.status_code for reply in replies] == [204, 404]
    assert (await check(client, verify_id, simulator.inbox[0].code)).status_code == 404
    assert (await start(client)).status_code == 201
    assert simulator.wallet.spent_cents == 0


async def test_attempts_are_capped(
    simulator: TextMagicSimulator, client: httpx.AsyncClient, scaled_clock: ScaledClock
) -> None:
    """After five wrong codes even the right one is refused, and the phone stays taken."""
    verify_id = (await start(client)).json()["verifyId"]
    code = simulator.inbox[0].code

    replies = [await check(client, verify_id, wrong(code)) for _ in range(5)]
    right = await check(client, verify_id, code)

    assert {reply.status_code for reply in [*replies, right]} == {400}
    assert all("code" in reply.json()["errors"] for reply in replies)
    assert (await start(client)).status_code == 409
    assert simulator.wallet.spent_cents == 0


async def test_four_wrong_codes_are_forgiven(simulator: TextMagicSimulator, client: httpx.AsyncClient) -> None:
    """Below the cap the right code still counts."""
    verify_id = (await start(client)).json()["verifyId"]
    code = simulator.inbox[0].code
    for _ in range(4):
        await check(client, verify_id, wrong(code))

    assert (await check(client, verify_id, code)).status_code == 204


async def test_codes_are_strings_of_digits(simulator: TextMagicSimulator, client: httpx.AsyncClient) -> None:
    """Codes have the length asked for, and zeros at their front are kept and needed."""
    for n in range(19):
        await start(client, phone=f"4478600{n:05d}", codeLength=4 if n % 2 else 6)

    codes = [step.code for step in simulator.inbox]
    padded = next(index for index, code in enumerate(codes) if code.startswith("0"))
    verify_id = simulator.verifications[padded].id
    assert [len(code) for code in codes] == [4 if n % 2 else 6 for n in range(19)]
    assert all(re.fullmatch(r"[0-9]+", code) for code in codes)
    assert (await check(client, verify_id, codes[padded].lstrip("0") or "0")).status_code == 400
    assert (await check(client, verify_id, codes[padded])).status_code == 204


async def test_sms_to_a_number_of_the_sandbox_are_handed_over(scaled_clock: ScaledClock, api_of: ApiFactory) -> None:
    """SMS of all steps reach the line with sender and text; calls do not."""
    taken: list[tuple[str, str, str]] = []

    def hand_over(phone: str, sender: str, text: str, code: str) -> bool:
        taken.append((phone, sender, text))
        return True

    simulator = TextMagicSimulator(username=USER, api_key=KEY, clock=scaled_clock, hand_over=hand_over)
    await start(api_of(simulator, HEADERS), workflowId="2", senderId="Acme", language="en-gb")
    scaled_clock.advance(300)

    code = simulator.inbox[0].code
    assert taken == [("+447860021130", "Acme", f"Your TextMagic PIN is {code}")] * 2
    assert [step.handed_over for step in simulator.inbox] == [True, True, False]


async def test_an_empty_balance_starts_nothing(scaled_clock: ScaledClock, api_of: ApiFactory) -> None:
    """A start is refused where the balance covers no success on top of those that are live."""
    simulator = TextMagicSimulator(
        username=USER, api_key=KEY, clock=scaled_clock, balance_cents=9, rules=VerifyRules(price_cents=5)
    )
    client = api_of(simulator, HEADERS)

    replies = [await start(client, phone=f"44786002113{n}") for n in range(2)]

    assert [reply.status_code for reply in replies] == [201, 402]


async def test_a_lost_answer_leaves_a_live_verification(
    simulator: TextMagicSimulator, client: httpx.AsyncClient
) -> None:
    """An ambiguous start: the caller sees 502, and the next start for the phone is 409."""
    simulator.fault_source.force(ANSWER_LOST, path=PATH)

    replies = [await start(client) for _ in range(2)]

    assert [reply.status_code for reply in replies] == [502, 409]
    assert [order.phone for order in simulator.live_orders] == ["+447860021130"]


async def test_codes_and_phones_stay_out_of_representations(
    simulator: TextMagicSimulator, client: httpx.AsyncClient
) -> None:
    """Printing a verification or what was sent shows neither code nor phone."""
    await start(client)

    printed = repr(simulator.inbox) + repr(simulator.verifications)

    assert simulator.verifications[0].id in printed
    assert all(secret not in printed for secret in (simulator.inbox[0].text, "447860021130"))
