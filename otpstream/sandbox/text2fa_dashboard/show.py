"""Orders and services as records, before a dialect words them."""

from __future__ import annotations

from otpstream.sandbox.clock import rfc3339
from otpstream.sandbox.ledger import SentMessage
from otpstream.sandbox.orders import Order
from otpstream.sandbox.text2fa_dashboard.catalogue import SERVICES, Kind, Service
from otpstream.sandbox.text2fa_dashboard.dialect import Shown


def show_order(order: Order) -> dict[str, object]:
    """Show an order; its number is null until it is assigned."""
    return {
        "order_id": int(order.id),
        "type": order.kind,
        "service_key": order.service,
        "service": SERVICES[Kind(order.kind)][order.service].name,
        "number": order.phone if order.assigned else None,
        "state": order.region or None,
        "status": order.status,
        "price": order.price_cents / 100,
        "premium": order.premium_cents / 100,
        "created_at": rfc3339(order.ordered_at),
        "expires_at": rfc3339(order.expires_at),
    }


def show_details(order: Order) -> dict[str, object]:
    """Show an order with its SMS and the code of the latest."""
    messages = order.inbox.messages
    return {
        **show_order(order),
        "code": messages[-1].expected_code if messages else None,
        "messages": [show_message(message) for message in messages],
    }


def show_message(message: SentMessage) -> Shown:
    """Show an SMS with the code in it, null if it has none."""
    return {
        "from": message.sender,
        "message": message.text,
        "code": message.expected_code,
        "received_at": message.received_at_text,
    }


def show_service(service: Service, *, available: int, rental: bool) -> Shown:
    """Show a service with its price and what is left of it."""
    return {
        "service_key": service.key,
        "name": service.name,
        "price_per_day" if rental else "price": service.price_cents / 100,
        "available": available,
    }
