"""The 21 calls of the Text2FA dashboard API, as documented: raw token, form bodies, JSON out."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import httpx

from ingest.providers.breaker import Breaker
from ingest.providers.calls import Call, Calls, Clock, Sleep
from ingest.providers.envelopes import Body
from ingest.providers.errors import ReplyUnreadable
from ingest.providers.settings import Text2faDashboardAccount

PROVIDER = "text2fa-dashboard"
PAGES_LIMIT = 100


def _with_token(call: Call, key: str) -> Call:
    """Add the token as it is, without `Bearer`."""
    return replace(call, headers={"Authorization": key, "Accept": "application/json"})


class Text2faDashboard:
    """The client of one account. Calls that list return the list inside of whatever envelope the reply has.

    Every call raises :class:`~ingest.providers.errors.ProviderError`. Calls that change an order are made once, since they spend money.

    Args:
        http: the client that is handed in; its owner closes it.
        settings: of the account.
        clock: our clock, aware.
        sleep: how to wait between tries.
    """

    def __init__(
        self, http: httpx.AsyncClient, settings: Text2faDashboardAccount, *, clock: Clock, sleep: Sleep
    ) -> None:
        self._calls = Calls(http, provider=PROVIDER, settings=settings, authorise=_with_token, clock=clock, sleep=sleep)
        self._s2_service_fields = settings.s2_service_fields
        self._s2_area_fields = settings.s2_area_fields

    @property
    def circuit(self) -> Breaker:
        """The circuit breaker of all calls of the account."""
        return self._calls.breaker

    async def account_details(self) -> dict[str, Any]:
        """Fetch the account and its balance: `GET account-details`."""
        return (await self._get("account-details")).fields()

    async def services_s1(self) -> list[Any]:
        """List the services of one-time US numbers: `GET services-s1`."""
        return await self._list("services-s1", "services", is_keyed=True)

    async def us_states(self) -> list[Any]:
        """List the states that S1 numbers can be asked for in: `GET us-states`."""
        return await self._list("us-states", "states", is_keyed=True)

    async def request_number_s1(
        self, service_key: str, *, request_premium: str | None = None, state: str | None = None
    ) -> dict[str, Any]:
        """Rent a one-time US number: `POST request-number-s1`.

        Args:
            service_key: from :meth:`services_s1`.
            request_premium: the amount offered on top.
            state: from :meth:`us_states`, such as `AL`.
        """
        return await self._order(
            "request-number-s1", {"service_key": service_key, "request_premium": request_premium, "state": state}
        )

    async def reuse_number_s1(self, order_id: str) -> dict[str, Any]:
        """Rent the number of an earlier order again: `POST reuse-number-s1`."""
        return await self._order("reuse-number-s1", {"order_id": order_id})

    async def reject_number_s1(self, order_id: str) -> dict[str, Any]:
        """Give back a number that no code came to: `POST reject-number-s1`."""
        return await self._order("reject-number-s1", {"order_id": order_id})

    async def number_details_s1(self, order_id: str) -> dict[str, Any]:
        """Fetch an order with its SMS: `GET number-details-s1?order_id=`."""
        return await self._details("number-details-s1", order_id)

    async def reserved_list_s1(self) -> list[Any]:
        """List the orders that live: `GET reserved-list-s1`."""
        return await self._list("reserved-list-s1", "reserved", "numbers", "orders")

    async def services_s2(self) -> list[Any]:
        """List the services of the other one-time numbers: `GET services-s2`."""
        return await self._list("services-s2", "services", is_keyed=True)

    async def request_number_s2(self, service_key: str, *, area: str | None = None) -> dict[str, Any]:
        """Rent a one-time number: `POST request-number-s2`.

        The text calls the service `service_key`, the example `key`, and adds `areas`; every spelling of the settings is sent.

        Args:
            service_key: from :meth:`services_s2`.
            area: such as `610`.
        """
        return await self._order(
            "request-number-s2",
            dict.fromkeys(self._s2_service_fields, service_key) | dict.fromkeys(self._s2_area_fields, area),
        )

    async def reject_number_s2(self, order_id: str) -> dict[str, Any]:
        """Give back a number that no code came to: `POST reject-number-s2`."""
        return await self._order("reject-number-s2", {"order_id": order_id})

    async def number_details_s2(self, order_id: str) -> dict[str, Any]:
        """Fetch an order with its SMS: `GET number-details-s2?order_id=`."""
        return await self._details("number-details-s2", order_id)

    async def reserved_list_s2(self) -> list[Any]:
        """List the orders that live: `GET reserved-list-s2`."""
        return await self._list("reserved-list-s2", "reserved", "numbers", "orders")

    async def rental_service_list(self) -> list[Any]:
        """List the services that numbers can be rented for by the day: `GET rental-service-list`."""
        return await self._list("rental-service-list", "services", is_keyed=True)

    async def rental_states(self) -> list[Any]:
        """List the states and countries of rentals: `GET rental-states`."""
        return await self._list("rental-states", "states", "countries", is_keyed=True)

    async def request_rental_number(self, service_key: str, *, duration_days: int) -> dict[str, Any]:
        """Rent a number by the day: `POST request-rental-number`."""
        return await self._order("request-rental-number", {"service_key": service_key, "duration": str(duration_days)})

    async def rental_reserve_list(self) -> list[Any]:
        """List the rentals that are reserved: `GET rental-reserve-list`."""
        return await self._list("rental-reserve-list", "reserved", "rentals", "numbers", "orders")

    async def rental_message(self, order_id: str) -> list[Any]:
        """List the SMS of one rental: `GET rental-message?order_id=`."""
        return await self._list("rental-message", "messages", "sms", query={"order_id": order_id})

    async def active_rental_numbers(self) -> list[Any]:
        """List the rentals that are active: `GET active-rental-numbers`."""
        return await self._list("active-rental-numbers", "active", "rentals", "numbers", "orders")

    async def renew_rental(self, order_id: str, *, additional_days: int) -> dict[str, Any]:
        """Extend a rental: `POST renew-rental`."""
        return await self._order("renew-rental", {"order_id": order_id, "additional_days": str(additional_days)})

    async def cancel_rental(self, order_id: str) -> dict[str, Any]:
        """End a rental before its time: `POST cancel-rental`."""
        return await self._order("cancel-rental", {"order_id": order_id})

    async def _get(self, name: str, query: Mapping[str, str] | None = None) -> Body:
        call = Call(name=name, method="GET", path=f"/api/v1/{name}", query=query or {})
        return Body(await self._calls.safely(call), call=f"{PROVIDER} {name}")

    async def _details(self, name: str, order_id: str) -> dict[str, Any]:
        return (await self._get(name, {"order_id": order_id})).fields("order", "number", "details")

    async def _list(
        self, name: str, *names: str, is_keyed: bool = False, query: Mapping[str, str] | None = None
    ) -> list[Any]:
        """Fetch a list, all of its pages: half a list would look as if the other half had ended."""
        body = await self._get(name, query)
        items = body.items(*names, is_keyed=is_keyed)
        for _ in range(PAGES_LIMIT):
            page = body.next_page()
            if page is None:
                return items
            body = await self._get(name, {**(query or {}), "page": str(page)})
            items += body.items(*names, is_keyed=is_keyed)
        raise ReplyUnreadable(f"{PROVIDER} {name}: more than {PAGES_LIMIT} pages")

    async def _order(self, name: str, form: Mapping[str, str | None]) -> dict[str, Any]:
        call = Call(
            name=name,
            method="POST",
            path=f"/api/v1/{name}",
            form={field: value for field, value in form.items() if value is not None},
        )
        return Body(await self._calls.once(call), call=f"{PROVIDER} {name}").fields("order", "number", "rental")
