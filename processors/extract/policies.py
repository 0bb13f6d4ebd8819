"""What a policy leaves out, and what it has the scorer overlook."""

import re
from typing import Final

from processors.extract.model import Policy
from processors.extract.reading import Reading
from processors.extract.signals import ACCT, AUTH, CARDPIN, CODE, INITIAL, MONEY, PICKUP, STRONG, USE, VALID

# The lasting PIN of a card: `PIN for your new card`, `card PIN`; not the code for a payment with it.
_CARD: Final = r"(?:card|kart\w{0,7}|tarjeta|carte|carta|cart[aã]o|kort(?:et)?|карт\w{0,3}|atm|sim)"
_PIN: Final = r"(?:pin(?:[ -]?[ck]od\w{0,2})?|пин(?:[ -]?код\w{0,2})?|[sş]ifre\w{0,4})"
_CARD_PIN: Final = re.compile(rf"\b{_CARD}[ -]{{0,2}}(?:new )?{_PIN}\b|\b{_PIN}\b[^.\d]{{1,24}}\b{_CARD}\b")
_PASSING: Final = STRONG | AUTH | USE | VALID | MONEY
"""What is said of codes for a payment or a change of PIN, and hardly of a PIN that is handed out."""


def rules_out(text: str, bits: int, policy: Policy) -> bool:
    """Tell whether the policy keeps silent of what the message hands out."""
    if bits & INITIAL and not policy.initial_passwords and not bits & STRONG:
        return True
    return not policy.card_pins and bits & CODE != 0 and not bits & _PASSING and _hands_out_a_card_pin(text.lower())


def _hands_out_a_card_pin(lower: str) -> bool:
    # One of the three is in every PIN, and looking for them costs a tenth of the pattern.
    return ("pin" in lower or "пин" in lower or "ifre" in lower) and _CARD_PIN.search(lower) is not None


def under(policy: Policy, reading: Reading) -> Reading:
    """Return the reading as the policy has it: what it lets in is what such a code proves.

    What was learnt of single words holds for the policy that it was learnt under, so they are left out.
    """
    let_in = ignored(policy)
    text, plain, positions, bits, _ = reading
    return (text, plain, positions, bits & ~let_in | AUTH, []) if bits & let_in else reading


def ignored(policy: Policy) -> int:
    """Return the kinds of words that speak against nothing under the policy."""
    return (PICKUP if policy.pickup_codes else 0) | (CARDPIN | ACCT if policy.card_pins else 0)
