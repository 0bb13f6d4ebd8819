"""A Text2FA account as Text2FA sees it: rented numbers, registered webhooks, a balance; no I/O.

Source: Text2FA API Integration Guide, 6/26/2025.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from otpstream.sandbox.inbox import Inbox
from otpstream.sandbox.numbering import COUNTRIES, NumberPool

RENTAL_PRICE_CENTS = 25  # the guide's example: $0.25 for 24 hours
_FIRST_NUMBER_ID = 12345  # the guide's example


@dataclass(frozen=True, slots=True, kw_only=True)
class RentedNumber:
    """A number of the account."""

    id: str
    number: str
    """E.164."""
    country: str
    """ISO 3166-1 alpha-2."""
    inbox: Inbox = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredWebhook:
    """A webhook of the account."""

    id: str
    url: str


class Text2faAccount:
    """One account.

    Args:
        api_key: The key that every call must carry; assign another to rotate it.
        balance_cents: Opening balance in US cents.
        history_limit: How many messages of a number are kept.
        pool: Where its numbers come from.
    """

    def __init__(self, *, api_key: str, balance_cents: int, history_limit: int, pool: NumberPool) -> None:
        self.api_key = api_key
        self.balance_cents = balance_cents
        self._history_limit = history_limit
        self._numbers: dict[str, RentedNumber] = {}
        self._number_ids: list[str] = []
        self._pool = pool
        self._webhooks: dict[str, RegisteredWebhook] = {}
        self._webhooks_registered = 0

    @property
    def numbers(self) -> Sequence[RentedNumber]:
        """The rented numbers, in the order of renting."""
        return tuple(self._numbers.values())

    @property
    def number_ids(self) -> Sequence[str]:
        """The ids of the rented numbers, in the order of renting."""
        return self._number_ids

    @property
    def webhooks(self) -> Sequence[RegisteredWebhook]:
        """The registered webhooks, in the order of registration."""
        return tuple(self._webhooks.values())

    def rent(self, country: str = "US") -> RentedNumber:
        """Add a number to the account, as its owner does in the dashboard.

        Args:
            country: ISO 3166-1 alpha-2, one of US, DE, GB and FR.

        Raises:
            ValueError: The country has no number left, or the balance does not cover the price.
        """
        if self.balance_cents < RENTAL_PRICE_CENTS:
            raise ValueError(f"the balance of {self.balance_cents} cents does not cover a rental: raise balance_cents")
        number = self._pool.take(country)
        if number is None:
            raise ValueError(f"no number of {country} is left: rent in another of {', '.join(COUNTRIES)}")
        rented = RentedNumber(
            id=str(_FIRST_NUMBER_ID + len(self._numbers)),
            number=number,
            country=country,
            inbox=Inbox(history_limit=self._history_limit),
        )
        self.balance_cents -= RENTAL_PRICE_CENTS
        self._numbers[rented.id] = rented
        self._number_ids.append(rented.id)
        return rented

    def find_number(self, number_id: str) -> RentedNumber | None:
        """Return a rented number, or None if it is not rented."""
        return self._numbers.get(number_id)

    def register_webhook(self, url: str) -> RegisteredWebhook:
        """Tell a URL of every message from now on; a URL registered twice is told twice."""
        self._webhooks_registered += 1  # counted apart from the webhooks that stand, so that no id is given twice
        webhook = RegisteredWebhook(id=str(self._webhooks_registered), url=url)
        self._webhooks[webhook.id] = webhook
        return webhook

    def delete_webhook(self, webhook_id: str) -> bool:
        """Stop telling a webhook of new messages; False if there is none of that id."""
        return self._webhooks.pop(webhook_id, None) is not None
