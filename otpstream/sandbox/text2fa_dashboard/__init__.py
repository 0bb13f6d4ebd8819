"""The Text2FA dashboard API, simulated: its 21 calls and its webhook.

The document shows no reply and no webhook. Their shapes are therefore a `Dialect` that can be chosen: two are at hand, both
plausible and unlike each other, so that a client which reads one by heart fails on the other. Times and refunds that the
document leaves open are `DashboardRules`; `request_premium` is taken for US cents on top of the price.

Source: Text2FA dashboard API documentation, https://app.text2fa.com/api/v1.
"""

from otpstream.sandbox.text2fa_dashboard.dialect import BARE, ENVELOPED, Dialect
from otpstream.sandbox.text2fa_dashboard.events import PostedEvent
from otpstream.sandbox.text2fa_dashboard.rules import DashboardRules
from otpstream.sandbox.text2fa_dashboard.simulator import Text2faDashboardSimulator

__all__ = ["BARE", "ENVELOPED", "DashboardRules", "Dialect", "PostedEvent", "Text2faDashboardSimulator"]
