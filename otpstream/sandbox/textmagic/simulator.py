"""The TextMagic simulator: an account, its API with faults in front, and every SMS and call that it sent."""

from __future__ import annotations

from collections.abc import Sequence

from otpstream.sandbox.clock import ScaledClock
from otpstream.sandbox.clocked import ClockedSimulator
from otpstream.sandbox.faults import Faults
from otpstream.sandbox.ledger import LiveOrder
from otpstream.sandbox.textmagic.account import HandOver, Verification, VerifyAccount, VerifyRules
from otpstream.sandbox.textmagic.api import error_body, textmagic_app
from otpstream.sandbox.textmagic.workflows import SentStep
from otpstream.sandbox.wallet import Wallet


def _nobody(_phone: str, _sender: str, _text: str, _code: str) -> bool:
    return False


class TextMagicSimulator(ClockedSimulator):
    """One account of TextMagic verify.

    Args:
        username: Whose key it is.
        api_key: The key that every call must carry, by Basic or X-TM headers.
        rules: Prices and times.
        clock: Decides what is due; real time by default.
        faults: What goes wrong, and how often; nothing by default.
        seed: Decides every fault, code and id.
        hand_over: Takes the SMS that are sent; by default no number is the sandbox's.
        balance_cents: Opening balance in US cents.
        calls_per_second_limit: Calls beyond this rate in real time (after a burst of as many) are answered 429; None sets
            no limit.
    """

    def __init__(
        self,
        *,
        username: str,
        api_key: str,
        rules: VerifyRules | None = None,
        clock: ScaledClock | None = None,
        faults: Faults | None = None,
        seed: int = 0,
        hand_over: HandOver = _nobody,
        balance_cents: int = 1_000_000,
        calls_per_second_limit: int | None = 20,
    ) -> None:
        clock = clock or ScaledClock()
        wallet = Wallet(balance_cents=balance_cents, clock=clock)
        super().__init__(clock=clock, wallet=wallet, faults=faults, seed=seed)
        self.account = VerifyAccount(
            username=username,
            api_key=api_key,
            rules=rules or VerifyRules(),
            clock=clock,
            wallet=wallet,
            seed=seed,
            hand_over=hand_over,
        )
        self.app = self._served(
            textmagic_app(self.account), calls_per_second_limit=calls_per_second_limit, error_body=error_body
        )

    @property
    def inbox(self) -> Sequence[SentStep]:
        """Every SMS and call that was sent to any phone, in their order."""
        return tuple(self.account.sent)

    @property
    def verifications(self) -> Sequence[Verification]:
        """Every verification, in the order of starting."""
        return self.account.verifications

    @property
    def live_orders(self) -> Sequence[LiveOrder]:
        """What is live and what it has cost."""
        return self.account.statement()
