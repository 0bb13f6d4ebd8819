"""What all suppliers have on offer, remembered for a short while, and which offers fit an order, the cheapest first."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from ingest.providers.contract import Area, Offer, RentRequest, Supplier
from ingest.providers.errors import ProviderError

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]


@dataclass(frozen=True, kw_only=True)
class Order:
    """What a client wants to rent."""

    request: RentRequest
    """The service as any supplier words it: its key or its name."""
    supplier: str | None = None
    """None: whoever is cheapest."""
    account: str | None = None
    max_price: Decimal | None = None
    """Of the whole order: all its days, premium included."""
    cancel_after_seconds: float | None = None
    """After this long without a code the number is given back; None: as the settings say."""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A supplier that may be asked, and how."""

    supplier: Supplier
    request: RentRequest
    """With the service as this supplier words it, and the offer's country where the order names none."""
    price: Decimal | None
    """Of the whole order: all its days, premium included; None where the supplier does not say."""
    service_name: str | None = None


@dataclass(frozen=True, kw_only=True)
class Listed:
    """An offer and whose it is."""

    supplier: Supplier
    offer: Offer


class Offers:
    """The offers of all suppliers.

    Args:
        suppliers: all accounts.
        kept_seconds: how long a reply is remembered.
        clock: our clock, aware.
    """

    def __init__(self, suppliers: Sequence[Supplier], *, kept_seconds: float, clock: Clock) -> None:
        self._suppliers = suppliers
        self._kept = timedelta(seconds=kept_seconds)
        self._clock = clock
        self._remembered: dict[tuple[str, str], tuple[datetime, list[Offer]]] = {}
        self._asking: dict[tuple[str, str], asyncio.Lock] = defaultdict(asyncio.Lock)

    async def everywhere(
        self, *, supplier: str | None = None, country: str | None = None, service: str | None = None
    ) -> tuple[list[Listed], list[str]]:
        """Return what is on offer.

        Args:
            supplier: only this one's; None: everybody's.
            country: ISO 3166-1 alpha-2; offers that name no country are left in.
            service: key or name; offers that need no service are left in.

        Returns:
            The offers, and the names of the suppliers that did not answer.
        """
        asked = [one for one in self._suppliers if "offers" in one.supports and supplier in (None, one.name)]
        replies = await asyncio.gather(*(self._of(one) for one in asked))
        offers = [
            Listed(supplier=one, offer=offer)
            for one, reply in zip(asked, replies, strict=True)
            for offer in reply or ()
            if country in (None, offer.country) or offer.country is None
            if service is None or offer.service is None or _is_service(offer, service)
        ]
        return offers, [one.name for one, reply in zip(asked, replies, strict=True) if reply is None]

    async def areas(self, supplier: Supplier) -> list[Area]:
        """Return the states or countries of one supplier.

        Raises:
            ProviderError: it did not answer, or has no such list.
        """
        return (await supplier.list_areas()).read

    async def candidates(self, order: Order) -> list[Candidate]:
        """Return who may be asked for an order, the cheapest first; a supplier that names no price comes last."""
        offers, _ = await self.everywhere(
            supplier=order.supplier, country=order.request.country, service=order.request.service
        )
        fitting = [_candidate(one, order) for one in offers if _can_rent(one.supplier, order) and _fits(one, order)]
        if order.supplier is not None and not fitting:
            fitting = [
                Candidate(supplier=one, request=order.request, price=None)
                for one in self._suppliers
                if _can_rent(one, order) and order.max_price is None and not self._knows_offers(one)
            ]
        cheapest: dict[tuple[str, str], Candidate] = {}
        for candidate in sorted(fitting, key=_dearness):
            cheapest.setdefault((candidate.supplier.name, candidate.supplier.account), candidate)
        return list(cheapest.values())

    async def price(self, order: Order) -> Decimal | None:
        """Return what an order costs by the list of the supplier that it names, sold out or not; None where the list does not say."""
        offers, _ = await self.everywhere(
            supplier=order.supplier, country=order.request.country, service=order.request.service
        )
        prices = [
            price
            for one in offers
            if order.account in (None, one.supplier.account)
            and _names_what_it_needs(one, order)
            and (price := _price(one.offer, order)) is not None
        ]
        return min(prices, default=None)

    def _knows_offers(self, supplier: Supplier) -> bool:
        return bool(self._remembered.get((supplier.name, supplier.account), (None, []))[1])

    async def _of(self, supplier: Supplier) -> list[Offer] | None:
        key = (supplier.name, supplier.account)
        # Of many orders at once, one asks and the others wait for its answer.
        async with self._asking[key]:
            at, offers = self._remembered.get(key, (None, []))
            if at is not None and self._clock() < at + self._kept:
                return offers
            try:
                reply = await supplier.list_offers()
            except ProviderError as error:
                log.warning("no offers of %s: %s", supplier.name, error)
                return None
            self._remembered[key] = (self._clock(), reply.read)
            return reply.read


def _can_rent(supplier: Supplier, order: Order) -> bool:
    return (
        "rent" in supplier.supports
        and order.supplier in (None, supplier.name)
        and order.account in (None, supplier.account)
    )


def _fits(one: Listed, order: Order) -> bool:
    if not _names_what_it_needs(one, order) or one.offer.available == 0:
        return False
    price = _price(one.offer, order)
    return order.max_price is None or (price is not None and price <= order.max_price)


def _names_what_it_needs(one: Listed, order: Order) -> bool:
    return one.offer.service is None or order.request.service is not None


def _candidate(one: Listed, order: Order) -> Candidate:
    asked = order.request
    service = asked.service if one.offer.service is None else one.offer.service
    request = RentRequest(
        service=service,
        country=asked.country or one.offer.country,
        area=asked.area,
        duration_days=asked.duration_days,
        premium=asked.premium,
    )
    return Candidate(
        supplier=one.supplier, request=request, price=_price(one.offer, order), service_name=one.offer.name
    )


def _price(offer: Offer, order: Order) -> Decimal | None:
    if offer.price is None:
        return None
    days = (order.request.duration_days or 1) if offer.is_per_day else 1
    return offer.price * days + (order.request.premium or 0)


def _dearness(candidate: Candidate) -> tuple[bool, Decimal, str, str]:
    price = candidate.price
    return price is None, price or Decimal(0), candidate.supplier.name, candidate.supplier.account


def _is_service(offer: Offer, service: str) -> bool:
    return service.casefold() in _words(offer.service, offer.name)


def _words(*names: str | None) -> Iterable[str]:
    return {name.casefold() for name in names if name}
