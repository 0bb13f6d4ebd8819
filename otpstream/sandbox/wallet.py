"""The money of one simulated account: every charge and refund, and what each order has cost in the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from otpstream.sandbox.clock import Clock


class NotEnoughMoney(Exception):
    """The balance does not cover a price."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """One line of the account's statement."""

    order_id: str
    cents: int
    """US cents: above 0 for a charge, below 0 for a refund."""
    reason: str
    """What the money was for, such as "request" or "expired"."""
    at: datetime


class Wallet:
    """A balance in US cents with its statement.

    Args:
        balance_cents: Opening balance.
        clock: Tells the time of payments.
    """

    def __init__(self, *, balance_cents: int, clock: Clock) -> None:
        self._opening_cents = balance_cents
        self._clock = clock
        self._payments: list[Payment] = []
        self._paid_cents: Counter[str] = Counter()

    @property
    def payments(self) -> Sequence[Payment]:
        """Every charge and refund, in their order."""
        return tuple(self._payments)

    @property
    def spent_cents(self) -> int:
        """All charges less all refunds."""
        return self._paid_cents.total()

    @property
    def balance_cents(self) -> int:
        """What is left."""
        return self._opening_cents - self.spent_cents

    def paid_cents(self, order_id: str) -> int:
        """What an order has cost so far, refunds taken off."""
        return self._paid_cents[order_id]

    def charge(self, order_id: str, cents: int, *, reason: str) -> None:
        """Take money for an order.

        Raises:
            NotEnoughMoney: The balance does not cover it; nothing is taken.
        """
        if cents > self.balance_cents:
            raise NotEnoughMoney
        self._enter(order_id, cents, reason=reason)

    def refund(self, order_id: str, *, reason: str) -> int:
        """Give back all that an order has cost; a second refund gives nothing.

        Returns:
            The cents given back.
        """
        cents = self._paid_cents[order_id]
        if cents > 0:
            self._enter(order_id, -cents, reason=reason)
        return cents

    def _enter(self, order_id: str, cents: int, *, reason: str) -> None:
        self._payments.append(Payment(order_id=order_id, cents=cents, reason=reason, at=self._clock()))
        self._paid_cents[order_id] += cents
