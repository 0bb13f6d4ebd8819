"""Simulated providers, with traffic, faults and the truth about every message.

No test may reach a real provider, so each one is simulated here as a package of its own (`text2fa`). What they share
stands beside them: `faults` decides what goes wrong, `fault_injection` lets API calls fail, `webhooks` sends, `inbox` and
`ledger` keep messages, `traffic` writes them, `server` listens. Nothing here imports a stage or a schema: a simulator
built from our own models would agree with our mistakes.
"""

from otpstream.sandbox.faults import Faults
from otpstream.sandbox.server import RunningSandbox, running_sandbox
from otpstream.sandbox.text2fa import Text2faSimulator
from otpstream.sandbox.traffic import run_traffic
from otpstream.sandbox.webhooks import RetryPolicy, WebhookSender, WebhookSigner

__all__ = [
    "Faults",
    "RetryPolicy",
    "RunningSandbox",
    "Text2faSimulator",
    "WebhookSender",
    "WebhookSigner",
    "run_traffic",
    "running_sandbox",
]
