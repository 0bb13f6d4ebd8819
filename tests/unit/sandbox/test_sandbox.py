"""All four simulators at once: found, called, tied together by clock and numbers, and truthful about money and SMS."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from otpstream.http_server import AddressError
from otpstream.sandbox import Arrivals, DashboardRules, Sandbox, ScaledClock, run_traffic

START = "/api/v2/verify"


def headers_of(sandbox: Sandbox) -> dict[str, str]:
    credentials = sandbox.credentials
    return {"X-TM-Username": credentials.textmagic_username, "X-TM-Key": credentials.textmagic_api_key}


async def test_each_provider_answers_at_its_own_address(scaled_clock: ScaledClock) -> None:
    """All four serve at once, each to its own credentials."""
    async with Sandbox(clock=scaled_clock) as sandbox, httpx.AsyncClient() as client:
        urls, credentials = sandbox.base_urls, sandbox.credentials
        replies = [
            await client.get(
                f"{urls['text2fa']}/v1/numbers",
                headers={"Authorization": f"Bearer {credentials.text2fa_api_key}"},
            ),
            await client.get(
                f"{urls['text2fa_dashboard']}/api/v1/account-details",
                headers={"Authorization": credentials.text2fa_dashboard_token},
            ),
            await client.post(
                f"{urls['textmagic']}{START}",
                headers=headers_of(sandbox),
                json={"phone": "447860021130", "brand": "Acme", "codeLength": 6},
            ),
            await client.get(f"{urls['rental_api']}/getNumbers", params={"api_key": credentials.rental_api_key}),
        ]

    assert [reply.status_code for reply in replies] == [200, 200, 201, 200]
    assert len(set(urls.values())) == 4


async def test_a_verification_reaches_a_rented_number(scaled_clock: ScaledClock) -> None:
    """The SMS of a verification comes in on whichever provider rented the number out; the calls do not."""
    async with Sandbox(clock=scaled_clock) as sandbox, httpx.AsyncClient() as client:
        phones = [
            sandbox.text2fa.rent().number,
            sandbox.text2fa_dashboard.account.request_s1("ee1fdp", premium_cents=0, state=None).phone,
            sandbox.rental_api.account.rent("DE", service="").phone,
        ]
        for phone in phones:
            fields = {"phone": phone.removeprefix("+"), "brand": "Acme", "codeLength": 4, "workflowId": "5"}
            await client.post(f"{sandbox.base_urls['textmagic']}{START}", headers=headers_of(sandbox), json=fields)
        scaled_clock.advance(120)

    ledgers = [sandbox.text2fa.ledger, sandbox.text2fa_dashboard.ledger, sandbox.rental_api.ledger]
    sent = [step for step in sandbox.textmagic.inbox if step.handed_over]
    assert [step.phone for step in sent] == phones
    assert [[message.text for message in ledger] for ledger in ledgers] == [[step.text] for step in sent]
    assert [[message.expected_code for message in ledger] for ledger in ledgers] == [[step.code] for step in sent]
    assert len(sandbox.textmagic.inbox) == 6


async def test_an_sms_to_a_number_without_a_holder_is_only_recorded(scaled_clock: ScaledClock) -> None:
    """A number that is not yet assigned takes in nothing, and the verification goes on."""
    sandbox = Sandbox(clock=scaled_clock, dashboard_rules=DashboardRules(assignment_seconds=5))
    async with sandbox, httpx.AsyncClient() as client:
        order = sandbox.text2fa_dashboard.account.rent("rent123", days=1)
        fields = {"phone": order.phone.removeprefix("+"), "brand": "Acme", "codeLength": 4, "workflowId": "4"}
        reply = await client.post(f"{sandbox.base_urls['textmagic']}{START}", headers=headers_of(sandbox), json=fields)
        scaled_clock.advance(60)

    assert reply.status_code == 201
    assert [step.handed_over for step in sandbox.textmagic.inbox] == [False, True]
    assert len(sandbox.text2fa_dashboard.ledger) == 1


def test_sms_can_be_delivered_to_any_number(scaled_clock: ScaledClock) -> None:
    """By phone number or by provider and order, before anything is served; all numbers differ."""
    sandbox = Sandbox(clock=scaled_clock)
    text2fa = sandbox.text2fa.rent()
    dashboard = sandbox.text2fa_dashboard.account.rent("rent123", days=1)
    rental = sandbox.rental_api.account.rent("US", service="")

    for phone in (text2fa.number, dashboard.phone, rental.phone):
        sandbox.deliver(phone, "Uber", "by phone")
    for line in (f"text2fa:{text2fa.id}", f"text2fa_dashboard:{dashboard.id}", f"rental_api:{rental.id}"):
        sandbox.deliver(line, "Uber", "by line", expected_code="1234")

    for ledger in (sandbox.text2fa.ledger, sandbox.text2fa_dashboard.ledger, sandbox.rental_api.ledger):
        assert [(message.text, message.expected_code) for message in ledger] == [
            ("by phone", None),
            ("by line", "1234"),
        ]
    assert len({text2fa.number, dashboard.phone, rental.phone}) == 3


@pytest.mark.parametrize("unknown", ["+12025550199", "rental_api:rent_1", "textmagic:x", "nobody:1", "", "12345"])
def test_an_sms_to_nobody_is_refused(scaled_clock: ScaledClock, unknown: str) -> None:
    """What no provider has rented out takes in nothing, and the refusal repeats no number."""
    with pytest.raises(ValueError, match=r"number") as refusal:
        Sandbox(clock=scaled_clock).deliver(unknown, "Uber", "1234")

    assert "+1202" not in str(refusal.value)


async def test_money_and_live_orders_are_told_for_all(scaled_clock: ScaledClock) -> None:
    """What was spent and what is live agree, provider by provider, until everything has expired."""
    async with Sandbox(clock=scaled_clock) as sandbox, httpx.AsyncClient() as client:
        sandbox.text2fa_dashboard.account.rent("rent123", days=1)
        sandbox.rental_api.account.rent("GB", service="")
        fields = {"phone": "447860021130", "brand": "Acme", "codeLength": 4}
        await client.post(f"{sandbox.base_urls['textmagic']}{START}", headers=headers_of(sandbox), json=fields)

        live = {name: [order.kind for order in orders] for name, orders in sandbox.live_orders.items()}
        paid_cents = {name: sum(o.paid_cents for o in orders) for name, orders in sandbox.live_orders.items()}
        assert live == {"text2fa_dashboard": ["rental"], "textmagic": ["verification"], "rental_api": ["rental"]}
        assert paid_cents == {"text2fa_dashboard": 120, "textmagic": 0, "rental_api": 6}
        assert {name: wallet.spent_cents for name, wallet in sandbox.wallets.items()} == paid_cents
        scaled_clock.advance(86_400)

    assert set(sandbox.live_orders.values()) == {()}
    assert [wallet.spent_cents for wallet in sandbox.wallets.values()] == [120, 0, 0]


async def test_minutes_pass_in_a_blink() -> None:
    """On a fast clock a number is rented, gets its code and expires without anyone advancing the time."""
    clock = ScaledClock(speed=20_000)
    async with asyncio.timeout(30), Sandbox(clock=clock, arrivals=Arrivals(seed=1)) as sandbox:
        order = sandbox.rental_api.account.rent("US", service="")
        while order.live:
            await clock.sleep(60)

    assert [message.number_id for message in sandbox.rental_api.ledger] == [order.id]
    assert (order.status, sandbox.rental_api.wallet.spent_cents) == ("expired", 5)


async def test_traffic_runs_over_rented_numbers(scaled_clock: ScaledClock) -> None:
    """Numbers rented by API take traffic as those of Text2FA v1 do."""
    sandbox = Sandbox(clock=scaled_clock)
    sandbox.rental_api.account.rent("US", service="")

    await run_traffic(sandbox.rental_api, rate_per_second=10_000, total=50, resend_share=0.2)

    assert sandbox.rental_api.ledger.counts().messages == 50
    assert sandbox.rental_api.ledger.counts().resent > 0


async def test_ports_can_be_chosen_and_are_freed(scaled_clock: ScaledClock) -> None:
    """A taken port is named, and what had started before it is stopped."""
    async with Sandbox(clock=scaled_clock) as first:
        port = httpx.URL(first.base_urls["rental_api"]).port or 0
        before = asyncio.all_tasks()
        with pytest.raises(AddressError, match=f"port {port}"):
            async with Sandbox(clock=scaled_clock, ports={"rental_api": port}):
                pytest.fail("the port was taken")
        assert asyncio.all_tasks() == before

    async with Sandbox(clock=scaled_clock, ports={"rental_api": port}) as again:
        assert httpx.URL(again.base_urls["rental_api"]).port == port


def test_keys_stay_out_of_representations(scaled_clock: ScaledClock) -> None:
    """Printing the credentials shows no key."""
    printed = repr(Sandbox(clock=scaled_clock).credentials)

    assert "key" not in printed.replace("_key", "")
    assert "token" not in printed
