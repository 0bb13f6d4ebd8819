"""TextMagic verify, simulated.

What the documentation leaves open has the plainest rule that fits: a verification that started is answered 201, a wrong code
400, one that is unknown or over 404, a cancellation that comes too early 400 with Retry-After, a balance that covers no
further verification 402. After too many wrong codes no code is taken any more, and the phone stays taken until expiry or cancel.

Source: TextMagic, "Send Two-Factor Authentication Messages" and https://rest.textmagic.com.
"""

from otpstream.sandbox.textmagic.account import VerificationState, VerifyRules
from otpstream.sandbox.textmagic.simulator import TextMagicSimulator
from otpstream.sandbox.textmagic.workflows import Channel, SentStep

__all__ = ["Channel", "SentStep", "TextMagicSimulator", "VerificationState", "VerifyRules"]
