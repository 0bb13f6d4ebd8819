"""Simulated providers, with traffic, faults and the truth about every message, order and payment.

No test may reach a real provider, so each one is simulated here as a package of its own (`text2fa`, `text2fa_dashboard`,
`textmagic`, `rental_api`), and `sandbox` runs all four. What they share stands beside them: `faults` decides what goes wrong,
`fault_injection` lets API calls fail, `key_check` asks for keys, `webhooks` sends, `inbox` and `ledger` keep messages, `orders`,
`wallet` and `numbering` keep what is rented and paid, `traffic` and `arrivals` write messages, `clock` runs the rules of whatever
is `clocked`, `renting` lets SMS come in on orders, `server` listens.
Nothing here imports a stage or a schema: a simulator built from our own models would agree with our mistakes.
"""

from otpstream.sandbox.arrivals import Arrivals
from otpstream.sandbox.clock import ScaledClock
from otpstream.sandbox.faults import ANSWER_LATE, ANSWER_LOST, Faults
from otpstream.sandbox.rental_api import RentalApiSimulator, RentalRules
from otpstream.sandbox.sandbox import Credentials, Sandbox
from otpstream.sandbox.server import RunningSandbox, running_sandbox
from otpstream.sandbox.text2fa import Text2faSimulator
from otpstream.sandbox.text2fa_dashboard import BARE, ENVELOPED, DashboardRules, Dialect, Text2faDashboardSimulator
from otpstream.sandbox.textmagic import TextMagicSimulator, VerifyRules
from otpstream.sandbox.traffic import run_traffic
from otpstream.sandbox.webhooks import RetryPolicy, WebhookSender, WebhookSigner

__all__ = [
    "ANSWER_LATE",
    "ANSWER_LOST",
    "BARE",
    "ENVELOPED",
    "Arrivals",
    "Credentials",
    "DashboardRules",
    "Dialect",
    "Faults",
    "RentalApiSimulator",
    "RentalRules",
    "RetryPolicy",
    "RunningSandbox",
    "Sandbox",
    "ScaledClock",
    "Text2faDashboardSimulator",
    "Text2faSimulator",
    "TextMagicSimulator",
    "VerifyRules",
    "WebhookSender",
    "WebhookSigner",
    "run_traffic",
    "running_sandbox",
]
