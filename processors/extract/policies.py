"""What a policy leaves out, and what it has the scorer overlook."""

import re
from typing import Final

from processors.extract.model import Policy
from processors.extract.signals import ACCT, AUTH, CARDPIN, INITIAL, MONEY, PICKUP, STRONG, USE, VALID

# The lasting PIN of a card: `PIN for your new card`, `card PIN`; not the code for a payment with it.
_CARD: Final = r"(?:card|karten?|karty|kart|tarjeta|carte|carta|карт\w{0,3})"
_CARD_PIN: Final = re.compile(
    rf"\b(?:{_CARD}|atm|sim)[ -]{{0,2}}(?:new )?pin\b|\bpin\b[^.\d]{{1,24}}\b{_CARD}\b", re.IGNORECASE
)
_OF_CARDS: Final = CARDPIN | ACCT
RULED_BY_POLICY: Final = _OF_CARDS | INITIAL
"""Only messages with such words need :func:`rules_out`."""
_PASSING: Final = STRONG | AUTH | USE | VALID | MONEY
"""What is said of codes for a payment or a change of PIN, and hardly of a PIN that is handed out."""


def rules_out(text: str, bits: int, policy: Policy) -> bool:
    """Tell whether the policy keeps silent of what the message hands out."""
    if bits & INITIAL and not policy.initial_passwords and not bits & STRONG:
        return True
    return not policy.card_pins and bits & _OF_CARDS != 0 and not bits & _PASSING and _CARD_PIN.search(text) is not None


def ignored(policy: Policy) -> int:
    """Return the kinds of words that speak against nothing under the policy."""
    return (PICKUP if policy.pickup_codes else 0) | (CARDPIN | ACCT if policy.card_pins else 0)
