"""The four-endpoint rental API, simulated as a supplier that implements it.

What the document leaves open has the plainest rule that fits: the price is paid on renting, and given back in full if no SMS
came by the time of cancelling or expiry; errors are `{status: "error", message}` under a fitting HTTP status; a POST body may
be JSON or a form.

Source: Technical Documentation of the SMS verification API, "4 simple endpoints".
"""

from otpstream.sandbox.rental_api.account import RentalRules
from otpstream.sandbox.rental_api.simulator import RentalApiSimulator

__all__ = ["RentalApiSimulator", "RentalRules"]
