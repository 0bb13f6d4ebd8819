"""The balance in the details of an account, which no document shows. Pure."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any

from ingest.providers.envelopes import unreadable
from ingest.providers.fields import read_payload
from ingest.providers.loose import Also, Loose, Money
from schemas.events import Unreadable


class _Account(Loose):
    balance: Annotated[
        Money | None,
        Also(
            "current_balance", "account_balance", "available_balance", "wallet", "wallet_balance", "credit", "credits"
        ),
    ] = None


def balance_in(details: Mapping[str, Any], *, call: str) -> Decimal | None:
    """Find what is left on the account, also one level down, as in `{"user": {"balance": "12.50"}}`.

    Returns:
        The amount, None where nothing is called a balance.

    Raises:
        ReplyUnreadable: something is, and is no amount.
    """
    inner = [value for value in details.values() if isinstance(value, dict)]
    for fields in (details, *inner):
        try:
            account = read_payload(_Account, {name: one for name, one in fields.items() if not isinstance(one, dict)})
        except Unreadable as complaint:
            raise unreadable(call, complaint) from None
        if account.balance is not None:
            return account.balance
    return None
