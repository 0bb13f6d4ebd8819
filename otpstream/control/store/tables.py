"""Every table, so that whoever imports this has the whole metadata."""

from otpstream.control.store.keys import api_keys, clients, idempotency_keys
from otpstream.control.store.messages import messages
from otpstream.control.store.metadata import metadata
from otpstream.control.store.outbox import outbox
from otpstream.control.store.prefix_holds import prefix_holds
from otpstream.control.store.rentals import intents, rentals, spend
from otpstream.control.store.told_keys import told_keys
from otpstream.control.store.verifications import verifications

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
    "told_keys",
    "verifications",
]
