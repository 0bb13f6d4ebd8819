"""What the dashboard's replies say of the price of a rental by the day: of a day, of all days, or of the days added."""

from decimal import Decimal
from typing import Any

import httpx
import pytest

from ingest.providers.contract import Rented, RentRequest
from ingest.providers.settings import Text2faDashboardAccount
from ingest.providers.text2fa_dashboard.client import Text2faDashboard
from ingest.providers.text2fa_dashboard.events import Events
from ingest.providers.text2fa_dashboard.orders import Orders
from ingest.providers.text2fa_dashboard.suppliers import DayRentalSupplier
from schemas.rentals import RentalState
from tests.unit.ingest.providers.scripted import KEY, Scripted, always, clock, sleep
from tests.unit.ingest.virtual_time import START

NAME = "text2fa-rental"
DAYS = 7
ORDER = {"order_id": 6, "number": "+14155552671"}
RENTAL = RentalState(
    rental_id=f"{NAME}:6", provider=NAME, line=f"{NAME}:6", phone="+14155552671", state="active", updated_at=START
)


def replied(reply: dict[str, Any], *, is_renewal: bool) -> Rented:
    """Return what is made of a reply."""
    scripted = Scripted(always(200, reply))

    async def main(http: httpx.AsyncClient) -> Rented:
        account = Text2faDashboardAccount.model_validate({"api_keys": [KEY]})
        client = Text2faDashboard(http, account, clock=clock, sleep=sleep)
        supplier = DayRentalSupplier(NAME, client, Events(account, Orders()), account, clock=clock)
        if is_renewal:
            return await supplier.renew(RENTAL, additional_days=DAYS)
        return await supplier.rent(RentRequest(service="rent123", duration_days=DAYS))

    rented: Rented = scripted.run(main)
    return rented


@pytest.mark.parametrize(
    ("reply", "price"),
    [
        ({"price": "8.40"}, "8.40"),
        ({"price_per_day": "1.20"}, "8.40"),
        ({"price": "1.20", "dailyPrice": 1.2}, "8.40"),
        ({"price": "8.00", "price_per_day": "1.20"}, "8.00"),
        ({}, None),
    ],
    ids=str,
)
def test_a_price_is_that_of_all_days(reply: dict[str, Any], price: str | None) -> None:
    """Also where the reply names that of a day, beside the total or in its place."""
    assert replied(ORDER | reply, is_renewal=False).price == (None if price is None else Decimal(price))


@pytest.mark.parametrize(
    ("reply", "price"),
    [
        ({"price": "8.40"}, None),
        ({"price": "8.40", "price_per_day": "1.20"}, None),
        ({"price": "16.80", "renewal_price": "8.40"}, "8.40"),
        ({"additionalCost": "$8.40"}, "8.40"),
        ({"renewal_price": "soon"}, None),
    ],
    ids=str,
)
def test_a_renewals_price_is_what_is_called_so(reply: dict[str, Any], price: str | None) -> None:
    """The order's own price, at first or up to now, is none of it."""
    renewed = replied(ORDER | reply, is_renewal=True)
    assert renewed.price == (None if price is None else Decimal(price))
    assert renewed.rental.line == RENTAL.line
