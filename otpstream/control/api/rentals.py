"""Rentals over HTTP: offers and areas; rent, reuse, renew, reject, cancel, get, list; the messages of a rental."""

from collections.abc import Awaitable
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Path, Query, Response
from fastapi.routing import APIRoute

from ingest.providers.contract import RentRequest
from ingest.providers.errors import NotSupported, ProviderError
from otpstream.control import projection
from otpstream.control.api.access import Access
from otpstream.control.api.idempotency import IdempotencyKey
from otpstream.control.api.pages import Cursor, Limit, Page, cursor_after, read_cursor
from otpstream.control.api.problems import Problem, documented
from otpstream.control.api.rental_bodies import (
    AreaBody,
    GiveBackBody,
    MessageBody,
    OfferBody,
    OffersBody,
    RenewBody,
    RentalBody,
    RentBody,
    SpendBody,
    SupplierBody,
)
from otpstream.control.api.text import OneLine, Text
from otpstream.control.rentals.commands import Rentals
from otpstream.control.rentals.offers import Order
from otpstream.control.rentals.refusals import Kind, Refusal
from otpstream.control.rentals.rental import Rental
from otpstream.control.rentals.states import RentalStatus
from otpstream.control.store import spending
from otpstream.control.store.keys import Client

_T = TypeVar("_T")

_STATUS: dict[Kind, int] = {
    "not_found": 404,
    "no_offer": 409,
    "not_supported": 422,
    "supplier_refused": 502,
    "supplier_away": 503,
    "spend_cap": 402,
    "too_many_live": 409,
    "busy": 409,
    "not_live": 409,
    "still_live": 409,
    "code_received": 409,
    "too_early": 409,
}
"""The status of each refusal; its type is the kind, with hyphens."""

RentalId = Annotated[OneLine, Path(max_length=64)]


def rentals_router(rentals: Rentals, *, access: Access, route_class: type[APIRoute] = APIRoute) -> APIRouter:
    """Return the routes of rentals, below `/v1`.

    Args:
        rentals: the commands.
        access: tells who calls.
        route_class: of the POSTs, such as :func:`~otpstream.control.api.idempotency.idempotent_route` gives.
    """
    router = APIRouter(prefix="/v1/rentals", tags=["rentals"], route_class=route_class)
    reader = Annotated[Client, Depends(access.needs("rentals:read"))]
    writer = Annotated[Client, Depends(access.needs("rentals:write"))]
    later: dict[int | str, dict[str, type[RentalBody]]] = {202: {"model": RentalBody}}

    @router.post("", status_code=201, responses={**later, **documented(402, 409, 502, 503, 504)})
    async def rent(body: RentBody, client: writer, response: Response, key: IdempotencyKey = None) -> RentalBody:
        """Rent a number. 202: whether it was rented is not known yet; look at the rental again, for it settles by itself.

        503: nothing was rented and nothing was spent. 504: nobody can tell whether it was rented, and it counts as spent.
        """
        request = RentRequest(
            service=body.service,
            country=body.country,
            area=body.area,
            duration_days=body.duration_days,
            premium=body.premium,
        )
        order = Order(
            request=request,
            supplier=body.supplier,
            account=body.account,
            max_price=body.max_price,
            cancel_after_seconds=body.cancel_after_seconds,
        )
        return _shown(await _told(rentals.rent(order, client=client, idempotency_key=key)), response)

    @router.post("/{rental_id}/reuse", status_code=201, responses={**later, **documented(402, 404, 409, 502, 503, 504)})
    async def reuse(rental_id: RentalId, client: writer, response: Response, key: IdempotencyKey = None) -> RentalBody:
        """Rent the number of an earlier rental again: a new rental, with the same answers as to rent."""
        return _shown(await _told(rentals.reuse(rental_id, client=client, idempotency_key=key)), response)

    @router.post("/{rental_id}/renew", responses={**later, **documented(402, 404, 409, 502, 503)})
    async def renew(
        rental_id: RentalId, body: RenewBody, client: writer, response: Response, key: IdempotencyKey = None
    ) -> RentalBody:
        """Extend a rental. 202: whether it was extended is not known yet; `ends_at` tells once it is."""
        days = body.additional_days
        told = await _told(rentals.renew(rental_id, additional_days=days, client=client, idempotency_key=key))
        if await rentals.calls.is_open(told):
            response.status_code = 202
        return RentalBody.model_validate(told)

    @router.post("/{rental_id}/reject", responses={**later, **documented(404, 409, 502, 503)})
    async def reject(
        rental_id: RentalId, client: writer, response: Response, body: GiveBackBody | None = None
    ) -> RentalBody:
        """Give a number back that no code came to."""
        later = body is not None and body.when_possible
        told = await _told(rentals.reject(rental_id, client=client, when_possible=later))
        return _ended(told, response)

    @router.post("/{rental_id}/cancel", responses={**later, **documented(404, 409, 502, 503)})
    async def cancel(
        rental_id: RentalId, client: writer, response: Response, body: GiveBackBody | None = None
    ) -> RentalBody:
        """End a rental before its time; one that is over stays as it is."""
        later = body is not None and body.when_possible
        told = await _told(rentals.cancel(rental_id, client=client, when_possible=later))
        return _ended(told, response)

    @router.get("/{rental_id}", responses=documented(404))
    async def get(rental_id: RentalId, client: reader) -> RentalBody:
        """Return a rental as it stands."""
        return RentalBody.model_validate(await _told(rentals.get(rental_id, client=client)))

    @router.get("/{rental_id}/messages", responses=documented(404))
    async def messages(rental_id: RentalId, client: reader) -> list[MessageBody]:
        """Return the messages of a rental, in the order in which they were received."""
        await _told(rentals.get(rental_id, client=client))
        async with rentals.calls.engine.connect() as connection:
            return [MessageBody.model_validate(row) for row in await projection.messages_of(connection, rental_id)]

    @router.get("", responses=documented())
    async def listed(
        client: reader,
        state: Annotated[list[RentalStatus] | None, Query(description="In these states alone.")] = None,
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> Page[RentalBody]:
        """Return rentals, the newest first."""
        found = await rentals.page(client=client, states=state or (), limit=limit, before=read_cursor(cursor))
        places = [(one.requested_at, one.rental_id) for one in found]
        items = [RentalBody.model_validate(one) for one in found]
        return Page(items=items, next=cursor_after(places, limit=limit))

    return router


def catalogue_router(rentals: Rentals, *, access: Access) -> APIRouter:
    """Return the routes of what can be rented, and of what was spent, below `/v1`."""
    router = APIRouter(prefix="/v1", tags=["offers"])
    reader = Annotated[Client, Depends(access.needs("rentals:read"))]

    @router.get("/offers", responses=documented())
    async def offers(
        _: reader,
        supplier: Annotated[Text | None, Query()] = None,
        country: Annotated[str | None, Query(pattern=r"^[A-Z]{2}$")] = None,
        service: Annotated[Text | None, Query(description="Key or name.")] = None,
    ) -> OffersBody:
        """Return what is on offer, services and prices, over all suppliers."""
        found, unanswered = await rentals.offers.everywhere(supplier=supplier, country=country, service=service)
        items = [
            OfferBody(supplier=one.supplier.name, account=one.supplier.account, **one.offer.__dict__) for one in found
        ]
        return OffersBody(items=items, unanswered=unanswered)

    @router.get("/suppliers", responses=documented())
    async def suppliers(_: reader) -> list[SupplierBody]:
        """Return whom numbers can be rented from, and what each can do."""
        return [
            SupplierBody(
                name=one.name,
                account=one.account,
                supports=sorted(one.supports),
                earliest_cancel_seconds=one.earliest_cancel_seconds,
            )
            for one in rentals.calls.suppliers
        ]

    @router.get("/suppliers/{name}/areas", responses=documented(404, 502))
    async def areas(name: Annotated[Text, Path()], _: reader) -> list[AreaBody]:
        """Return the states or countries of one supplier."""
        for supplier in rentals.calls.suppliers:
            if supplier.name == name:
                try:
                    return [AreaBody.model_validate(one) for one in await rentals.offers.areas(supplier)]
                except NotSupported:
                    return []
                except ProviderError as error:
                    raise Problem(502, "supplier-away", str(error)) from None
        raise Problem(404, "not-found", "there is no such supplier")

    @router.get("/spend", responses=documented())
    async def spend(client: reader) -> SpendBody:
        """Return what the client spent today (UTC), and its cap."""
        calls = rentals.calls
        async with calls.engine.connect() as connection:
            reserved, spent, refunded = await spending.of_day(connection, client.name, calls.clock().date())
        cap = calls.settings.spend_cap_per_day if client.spend_cap is None else client.spend_cap
        return SpendBody(reserved=reserved, spent=spent, refunded=refunded, cap=cap)

    return router


async def _told(work: Awaitable[_T]) -> _T:
    """Wait for a command, and tell what it refuses as a problem."""
    try:
        return await work
    except Refusal as refusal:
        raise Problem(
            _STATUS[refusal.kind],
            refusal.kind.replace("_", "-"),
            str(refusal),
            retry_after_seconds=refusal.retry_after_seconds,
            rental_id=refusal.rental_id,
        ) from None


def _shown(rental: Rental, response: Response) -> RentalBody:
    if rental.is_untold:
        text = "nobody can tell whether a number was rented, and it counts as spent: look at the supplier's own list before you ask again"
        raise Problem(504, "outcome-unknown", text, rental_id=rental.rental_id)
    if rental.state == "failed":
        text = f"no number was rented and nothing was spent ({rental.reason}): another Idempotency-Key makes it another order"
        raise Problem(503, "not-rented", text, rental_id=rental.rental_id)
    if rental.state == "requested":
        response.status_code = 202
    return RentalBody.model_validate(rental)


def _ended(rental: Rental, response: Response) -> RentalBody:
    if not rental.over:
        response.status_code = 202
    return RentalBody.model_validate(rental)
