"""What simulators have in common whose numbers are rented by API: SMS that come in on orders, by hand or by themselves."""

from __future__ import annotations

from collections.abc import Sequence

from otpstream.sandbox.arrivals import Arrivals
from otpstream.sandbox.clock import ScaledClock
from otpstream.sandbox.clocked import ClockedSimulator
from otpstream.sandbox.faults import Faults
from otpstream.sandbox.ledger import Ledger, LiveOrder, SentMessage
from otpstream.sandbox.orders import Order, OrderBook
from otpstream.sandbox.texts import Draft
from otpstream.sandbox.wallet import Wallet


class RentingSimulator(ClockedSimulator):
    """One account whose orders take in SMS.

    Args:
        clock: Decides what is due.
        wallet: The money of the account.
        faults: What goes wrong, and how often; nothing by default.
        seed: Decides every fault.
        arrivals: Decides which numbers get a code by themselves; none by default.
    """

    book: OrderBook

    def __init__(
        self, *, clock: ScaledClock, wallet: Wallet, faults: Faults | None, seed: int, arrivals: Arrivals | None
    ) -> None:
        super().__init__(clock=clock, wallet=wallet, faults=faults, seed=seed)
        self.ledger = Ledger()
        self._arrivals = arrivals

    @property
    def number_ids(self) -> Sequence[str]:
        """The ids of the live orders that can take in SMS, in the order of placing."""
        return [order.id for order in self.book.live if order.assigned]

    @property
    def live_orders(self) -> Sequence[LiveOrder]:
        """What is live and what it has cost."""
        return self.book.statement()

    def holder_of(self, phone: str) -> str | None:
        """Return the id of the live order that takes in SMS to a phone number (E.164), or None."""
        order = self.book.holder_of(phone)
        return order.id if order is not None and order.assigned else None

    def deliver(self, phone_or_order: str, sender: str, text: str, *, expected_code: str | None = None) -> SentMessage:
        """Let an SMS come in on a rented number.

        Args:
            phone_or_order: Phone number (E.164) or id of a live order.
            sender: Phone number or name of the sender.
            text: Body of the SMS.
            expected_code: The code in it, which the provider's own reading would find; for the ledger too.

        Raises:
            ValueError: There is no such live order, or its number is not yet assigned.
        """
        self.clock.settle()
        order_id = self.holder_of(phone_or_order) or phone_or_order
        return self.send(order_id, sender=sender, text=text, expected_code=expected_code)

    def send(self, number_id: str, *, sender: str, text: str, expected_code: str | None) -> SentMessage:
        """Let an SMS come in on a live order, named by its id; see `deliver`."""
        return self._take_in(number_id, Draft(sender=sender, text=text, expected_code=expected_code), resend_of=None)

    def resend(self, message: SentMessage) -> SentMessage:
        """Let the same text come in again: a new message, stamped at least `RESEND_GAP` after the first."""
        sms = Draft(sender=message.sender, text=message.text, expected_code=message.expected_code)
        return self._take_in(message.number_id, sms, resend_of=message.sequence)

    def _take_in(self, order_id: str, sms: Draft, *, resend_of: int | None) -> SentMessage:
        self.clock.settle()
        order = self.book.find(order_id)
        if order is None or not order.live or not order.assigned:
            raise ValueError("there is no such live order with a number: number_ids lists those that take in SMS")
        message = SentMessage(
            sequence=len(self.ledger),
            number_id=order.id,
            sender=sms.sender,
            text=sms.text,
            received_at=order.inbox.stamp(sender=sms.sender, text=sms.text, now=self.clock()),
            expected_code=sms.expected_code,
            resend_of=resend_of,
        )
        self._on_sms(order, message)
        order.inbox.append(message)
        self.ledger.append(message)
        return message

    def _on_sms(self, order: Order, message: SentMessage) -> None:
        """Told of each SMS before it is entered."""

    def _on_assigned(self, _order: Order) -> None:
        """Told of each number that a client gets to know."""

    def _assign(self, order: Order, *, after_seconds: float = 0.0) -> None:
        def assign() -> None:
            if order.live:
                order.assigned = True
                self._on_assigned(order)
                self._await_arrival(order)

        if after_seconds > 0:
            self.clock.call_after(after_seconds, assign)
        else:
            assign()

    def _await_arrival(self, order: Order) -> None:
        arrival = None if self._arrivals is None else self._arrivals.next()
        if arrival is None:
            return

        def arrive() -> None:
            if order.live:
                self._take_in(order.id, arrival.sms, resend_of=None)

        self.clock.call_after(arrival.delay_seconds, arrive)
