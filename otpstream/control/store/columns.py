"""Column types that mean the same on SQLite and PostgreSQL: aware times, exact amounts, a counter that never repeats."""

from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, TypeDecorator

MONEY_PLACES = 6
"""Decimal places that are kept of a price: a millionth of the account's currency."""
_MILLIONTHS = Decimal(10) ** MONEY_PLACES


class Moment(TypeDecorator[datetime]):
    """An aware time, in UTC: SQLite has no time zones, so none but UTC is ever written."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Write in UTC.

        Raises:
            ValueError: the time is naive.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a time zone does not enter the store")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Read in UTC."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class Amount(TypeDecorator[Decimal]):
    """An amount in millionths, as an integer: sums are exact on both databases."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Write in millionths, rounded half to even."""
        return None if value is None else int((value * _MILLIONTHS).to_integral_value(ROUND_HALF_EVEN))

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        """Read from millionths; PostgreSQL's sums are decimals themselves."""
        return None if value is None else (Decimal(value) / _MILLIONTHS).normalize() + 0


Counter = BigInteger().with_variant(Integer, "sqlite")
"""A primary key that counts up; on SQLite give the table `sqlite_autoincrement=True`, so that no number comes twice."""
