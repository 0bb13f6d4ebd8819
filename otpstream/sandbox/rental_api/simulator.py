"""The simulator of the four-endpoint rental API: an account, its API with faults in front, and the truth about it all."""

from __future__ import annotations

from otpstream.sandbox.arrivals import Arrivals
from otpstream.sandbox.clock import ScaledClock
from otpstream.sandbox.faults import Faults
from otpstream.sandbox.numbering import NumberPool
from otpstream.sandbox.rental_api.account import RentalAccount, RentalRules
from otpstream.sandbox.rental_api.api import error_body, rental_api_app
from otpstream.sandbox.renting import RentingSimulator
from otpstream.sandbox.wallet import Wallet


class RentalApiSimulator(RentingSimulator):
    """One supplier that serves the four endpoints; SMS are only polled, since it knows no webhooks.

    Args:
        api_key: The key that every call must carry.
        rules: Prices and times.
        clock: Decides what is due; real time by default.
        faults: What goes wrong, and how often; nothing by default.
        seed: Decides every fault.
        arrivals: Decides which numbers get a code by themselves; none by default.
        pool: Where numbers come from; its own by default.
        balance_cents: Opening balance in US cents.
        history_limit: How many messages of a rental a poll shows.
        calls_per_second_limit: Calls beyond this rate (after a burst of as many) are answered 429; None sets no limit.
    """

    def __init__(
        self,
        *,
        api_key: str,
        rules: RentalRules | None = None,
        clock: ScaledClock | None = None,
        faults: Faults | None = None,
        seed: int = 0,
        arrivals: Arrivals | None = None,
        pool: NumberPool | None = None,
        balance_cents: int = 1_000_000,
        history_limit: int = 1_000,
        calls_per_second_limit: int | None = None,
    ) -> None:
        clock = clock or ScaledClock()
        wallet = Wallet(balance_cents=balance_cents, clock=clock)
        super().__init__(clock=clock, wallet=wallet, faults=faults, seed=seed, arrivals=arrivals)
        self.account = RentalAccount(
            api_key=api_key,
            rules=rules or RentalRules(),
            clock=clock,
            wallet=wallet,
            pool=pool or NumberPool(),
            history_limit=history_limit,
            on_rented=self._assign,
        )
        self.book = self.account.book
        self.app = self._served(
            rental_api_app(self.account), calls_per_second_limit=calls_per_second_limit, error_body=error_body
        )
