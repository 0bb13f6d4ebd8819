"""The three suppliers of one dashboard account: one-time numbers S1 and S2, and rentals by the day."""

from datetime import datetime

from ingest.providers.contract import Area, Offer, Rented, RentRequest
from ingest.providers.errors import NotSupported
from ingest.providers.fields import read_payload
from ingest.providers.replies import Reply
from ingest.providers.text2fa_dashboard.events import NAMES
from ingest.providers.text2fa_dashboard.ordering import DashboardSupplier
from ingest.providers.text2fa_dashboard.payloads import Renewed, messages_in
from schemas.events import SmsReceived
from schemas.rentals import RentalState


class S1Supplier(DashboardSupplier):
    """One-time US numbers, S1."""

    only_country = "US"
    supports = frozenset({"rent", "reuse", "reject", "offers", "areas", "balance", "rentals", "messages"})

    async def list_offers(self, *, country: str | None = None) -> Reply[Offer]:
        """Fetch services and prices: `GET services-s1`."""
        return self._offers(await self._client.services_s1(), country=country)

    async def list_areas(self) -> Reply[Area]:
        """Fetch the US states: `GET us-states`."""
        return self._areas(await self._client.us_states())

    async def rent(self, request: RentRequest) -> Rented:
        """Rent a number: `POST request-number-s1`, once.

        Raises:
            NotSupported: without a service, with a duration, or with a country other than the US.
        """
        self._check(request, takes=("service", "country", "area", "premium"), needs=("service",))
        _check_country(self.name, request, self._country)
        premium = None if request.premium is None else format(request.premium, "f")
        ask = self._client.request_number_s1(request.service or "", request_premium=premium, state=request.area)
        return await self._rented("request-number-s1", ask)

    async def reuse(self, rental: RentalState) -> Rented:
        """Rent the number of an earlier order again: `POST reuse-number-s1`, once."""
        ask = self._client.reuse_number_s1(self.order_of(rental))
        known = rental.model_copy(update={"started_at": None, "ends_at": None})
        return await self._rented("reuse-number-s1", ask, known=known)

    async def give_back(self, rental: RentalState) -> Rented:
        """Reject a number that no code came to: `POST reject-number-s1`, once."""
        return await self._given_back(self._client.reject_number_s1, rental)

    async def get_rental(self, rental: RentalState) -> RentalState:
        """Fetch one order: `GET number-details-s1`."""
        return await self._detailed(await self._client.number_details_s1(self.order_of(rental)), rental)

    async def list_rentals(self) -> Reply[RentalState]:
        """Fetch the orders that live: `GET reserved-list-s1`."""
        return self._rentals(await self._client.reserved_list_s1())

    async def list_messages(self, rental: RentalState, *, since: datetime) -> Reply[SmsReceived]:
        """Fetch the SMS of one order: `GET number-details-s1`."""
        details = await self._client.number_details_s1(self.order_of(rental))
        return self._messages(messages_in(details), rental, since=since)


class S2Supplier(DashboardSupplier):
    """One-time numbers, S2."""

    supports = frozenset({"rent", "reject", "offers", "balance", "rentals", "messages"})

    async def list_offers(self, *, country: str | None = None) -> Reply[Offer]:
        """Fetch services and prices: `GET services-s2`."""
        return self._offers(await self._client.services_s2(), country=country)

    async def rent(self, request: RentRequest) -> Rented:
        """Rent a number: `POST request-number-s2`, once.

        Raises:
            NotSupported: without a service, with a duration or premium, or with a country other than the account's.
        """
        self._check(request, takes=("service", "country", "area"), needs=("service",))
        _check_country(self.name, request, self._country)
        ask = self._client.request_number_s2(request.service or "", area=request.area)
        return await self._rented("request-number-s2", ask)

    async def give_back(self, rental: RentalState) -> Rented:
        """Reject a number that no code came to: `POST reject-number-s2`, once."""
        return await self._given_back(self._client.reject_number_s2, rental)

    async def get_rental(self, rental: RentalState) -> RentalState:
        """Fetch one order: `GET number-details-s2`."""
        return await self._detailed(await self._client.number_details_s2(self.order_of(rental)), rental)

    async def list_rentals(self) -> Reply[RentalState]:
        """Fetch the orders that live: `GET reserved-list-s2`."""
        return self._rentals(await self._client.reserved_list_s2())

    async def list_messages(self, rental: RentalState, *, since: datetime) -> Reply[SmsReceived]:
        """Fetch the SMS of one order: `GET number-details-s2`."""
        details = await self._client.number_details_s2(self.order_of(rental))
        return self._messages(messages_in(details), rental, since=since)


class DayRentalSupplier(DashboardSupplier):
    """Numbers rented by the day."""

    supports = frozenset({"rent", "renew", "cancel", "offers", "areas", "balance", "rentals", "messages"})

    async def list_offers(self, *, country: str | None = None) -> Reply[Offer]:
        """Fetch services and what each costs a day: `GET rental-service-list`."""
        return self._offers(await self._client.rental_service_list(), country=country, is_per_day=True)

    async def list_areas(self) -> Reply[Area]:
        """Fetch states and countries: `GET rental-states`."""
        return self._areas(await self._client.rental_states())

    async def rent(self, request: RentRequest) -> Rented:
        """Rent a number: `POST request-rental-number`, once.

        Raises:
            NotSupported: without a service or duration, with an area or premium, or with a country other than the account's.
        """
        self._check(request, takes=("service", "country", "duration_days"), needs=("service", "duration_days"))
        _check_country(self.name, request, self._country)
        days = request.duration_days or 0
        ask = self._client.request_rental_number(request.service or "", duration_days=days)
        return await self._rented("request-rental-number", ask, days=days)

    async def renew(self, rental: RentalState, *, additional_days: int) -> Rented:
        """Extend a rental: `POST renew-rental`, once.

        Whatever ids the reply names, it is of this order; and its price is the order's, so only what it calls the renewal's is told.
        """
        fields = await self._client.renew_rental(self.order_of(rental), additional_days=additional_days)
        order = self._order("renew-rental", {**fields, "order_id": self.order_of(rental)})
        renewed = self._events.rental(self.name, order, now=self._clock(), state="active", known=rental)
        return Rented(
            rental=renewed.model_copy(update={"started_at": rental.started_at}),
            price=read_payload(Renewed, fields).renewal_price,
        )

    async def give_back(self, rental: RentalState) -> Rented:
        """End a rental before its time: `POST cancel-rental`, once."""
        return await self._given_back(self._client.cancel_rental, rental)

    async def list_rentals(self) -> Reply[RentalState]:
        """Fetch the rentals that live: `GET rental-reserve-list` and `GET active-rental-numbers`, each order once."""
        reserved = self._rentals(await self._client.rental_reserve_list())
        active = self._rentals(await self._client.active_rental_numbers())
        by_line = {rental.line: rental for rental in (*reserved.read, *active.read)}
        return Reply(list(by_line.values()), [*reserved.unread, *active.unread])

    async def list_messages(self, rental: RentalState, *, since: datetime) -> Reply[SmsReceived]:
        """Fetch the SMS of one rental: `GET rental-message`."""
        return self._messages(await self._client.rental_message(self.order_of(rental)), rental, since=since)


def _check_country(name: str, request: RentRequest, country: str) -> None:
    if request.country not in (None, country):
        raise NotSupported(f"{name} has numbers of {country} only, and cannot choose by country")


SUPPLIERS: dict[str, type[DashboardSupplier]] = {
    NAMES["s1"]: S1Supplier,
    NAMES["s2"]: S2Supplier,
    NAMES["rental"]: DayRentalSupplier,
}
