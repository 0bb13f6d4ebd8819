"""Text2FA v1, simulated.

Replies that the guide does not show (webhooks, account details, errors) have the plainest shape that fits; clients should
read them tolerantly.

Source: Text2FA API Integration Guide, 6/26/2025.
"""

from otpstream.sandbox.text2fa.account import RegisteredWebhook, RentedNumber
from otpstream.sandbox.text2fa.simulator import Text2faSimulator

__all__ = ["RegisteredWebhook", "RentedNumber", "Text2faSimulator"]
