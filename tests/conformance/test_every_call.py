"""Every call of the providers' documents is made against the sandbox, and has its example in docs/providers."""

import re
from collections.abc import Awaitable, Mapping
from pathlib import Path

import pytest

from ingest.providers.contract import RentRequest, VerifyRequest
from otpstream.sandbox import BARE, ENVELOPED, Dialect
from tests.conformance.systems import RULES
from tests.conformance.world import HOOK_URL, World, in_virtual_time, world
from tests.unit.ingest.virtual_time import START

DOCS = Path(__file__).parents[2] / "docs" / "providers"

CALLS: Mapping[str, tuple[str, ...]] = {
    "text2fa.md": (
        "GET /v1/numbers",
        "GET /v1/numbers/{number_id}/messages",
        "POST /v1/webhooks",
        "GET /v1/webhooks",
        "DELETE /v1/webhooks/{webhook_id}",
        "GET /v1/account-details",
    ),
    "text2fa-dashboard.md": (
        "GET /api/v1/account-details",
        "GET /api/v1/services-s1",
        "GET /api/v1/us-states",
        "POST /api/v1/request-number-s1",
        "POST /api/v1/reuse-number-s1",
        "POST /api/v1/reject-number-s1",
        "GET /api/v1/number-details-s1",
        "GET /api/v1/reserved-list-s1",
        "GET /api/v1/services-s2",
        "POST /api/v1/request-number-s2",
        "POST /api/v1/reject-number-s2",
        "GET /api/v1/number-details-s2",
        "GET /api/v1/reserved-list-s2",
        "GET /api/v1/rental-service-list",
        "GET /api/v1/rental-states",
        "POST /api/v1/request-rental-number",
        "GET /api/v1/rental-reserve-list",
        "GET /api/v1/rental-message",
        "GET /api/v1/active-rental-numbers",
        "POST /api/v1/renew-rental",
        "POST /api/v1/cancel-rental",
    ),
    "textmagic.md": ("POST /api/v2/verify", "PUT /api/v2/verify", "DELETE /api/v2/verify/{verifyId}"),
    "rental-api.md": ("GET /getNumbers", "POST /rentNumber", "GET /getSMS", "POST /cancelNumber"),
}
"""By the page of docs/providers that has an example of each."""

EVERY = [call for calls in CALLS.values() for call in calls]


def named(made: str) -> str:
    """Return the call of the documents that a request is."""
    return next(call for call in EVERY if re.fullmatch(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(call)), made))


async def every_call(w: World) -> None:
    """Use all that every client has."""
    number = w.sandbox.text2fa.rent()
    await w.text2fa.register_webhook(HOOK_URL)
    [webhook] = (await w.text2fa.list_webhooks()).read
    assert webhook.url == HOOK_URL
    await w.text2fa.delete_webhook(webhook.id)
    assert (await w.text2fa.list_webhooks()).read == []
    assert await w.text2fa.account_details()
    [rental] = (await w.text2fa.list_rentals()).read
    w.sandbox.deliver(number.number, "Uber", "Your code is 4711")
    assert len((await w.text2fa.list_messages(rental, since=START)).read) == 1

    d = w.dashboard
    replies: list[Awaitable[object]] = [d.account_details(), d.services_s1(), d.us_states(), d.services_s2()]
    replies += [d.rental_service_list(), d.rental_states()]
    assert all([await reply for reply in replies])
    s1 = (await w.supplier("text2fa-s1").rent(RentRequest(service="ee1fdp", area="AL"))).rental
    assert await d.number_details_s1(order(s1.line))
    assert await d.reserved_list_s1()
    assert await d.reject_number_s1(order(s1.line))
    assert await d.reuse_number_s1(order(s1.line))
    s2 = (await w.supplier("text2fa-s2").rent(RentRequest(service="xyz123", area="610"))).rental
    assert await d.number_details_s2(order(s2.line))
    assert await d.reserved_list_s2()
    assert await d.reject_number_s2(order(s2.line))
    days = (await w.supplier("text2fa-rental").rent(RentRequest(service="rent123", duration_days=7))).rental
    w.sandbox.deliver(days.phone or "", "Uber", "Your code is 4711")
    assert len(await d.rental_message(order(days.line))) == 1
    assert len(await d.rental_reserve_list()) == len(await d.active_rental_numbers()) == 1
    assert await d.renew_rental(order(days.line), additional_days=7)
    assert await d.cancel_rental(order(days.line))

    supplier = w.supplier("rental")
    assert [one.country for one in (await supplier.list_offers(country="GB")).read] == ["GB"]
    api = (await supplier.rent(RentRequest(country="GB"))).rental
    assert (await supplier.list_messages(api, since=START)).read == []
    await supplier.give_back(api)

    started = await w.verifier.start(VerifyRequest(phone="+447700900123", brand="Acme"))
    assert await w.verifier.check(started.provider_verification_id, "none") is False
    w.clock.advance(30)
    await w.verifier.cancel(started.provider_verification_id)


def order(line: str) -> str:
    return line.partition(":")[2]


@pytest.mark.parametrize("dialect", [ENVELOPED, BARE], ids=["enveloped", "bare"])
@in_virtual_time
async def test_every_call_of_the_documents_is_made(dialect: Dialect) -> None:
    """34 calls, and no other."""
    async with world(dialect=dialect, **RULES) as w:
        await every_call(w)
        assert {named(made) for made in w.doors.calls} == set(EVERY)
    assert len(EVERY) == 6 + 21 + 3 + 4


@pytest.mark.parametrize("page", CALLS)
def test_every_call_has_its_example(page: str) -> None:
    """Under a heading that names method and path, with a command for the shell and, below it, the same in Python."""
    text = (DOCS / page).read_text()
    for call in CALLS[page]:
        heading = re.search(rf"^##+ .*`{re.escape(call)}`$", text, re.MULTILINE)
        assert heading is not None, call
        section = re.split(r"^##+ ", text[heading.end() :], maxsplit=1, flags=re.MULTILINE)[0]
        assert "```sh" in section, call
        assert "```python" in section, call
