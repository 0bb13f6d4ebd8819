"""Every table, so that whoever imports this has the whole metadata."""

from otpstream.control.store.keys import api_keys, clients, idempotency_keys
from otpstream.control.store.messages import messages
from otpstream.control.store.metadata import metadata
from otpstream.control.store.outbox import outbox
from otpstream.control.store.rentals import intents, rentals, spend
from otpstream.control.store.verifications import prefix_holds, verifications

__all__ = [
    "api_keys",
    "clients",
    "idempotency_keys",
    "intents",
    "messages",
    "metadata",
    "outbox",
    "prefix_holds",
    "rentals",
    "spend",
    "verifications",
]
