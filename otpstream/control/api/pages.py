"""Lists over HTTP come in pages, the newest first; a cursor says where the next one begins."""

import base64
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Generic, TypeVar

from fastapi import Query
from pydantic import AwareDatetime, BaseModel, TypeAdapter

from otpstream.control.api.problems import Problem
from otpstream.control.api.text import OneLine, Text

LARGEST_PAGE = 200

_T = TypeVar("_T")
_PLACE: TypeAdapter[tuple[datetime, str]] = TypeAdapter(tuple[AwareDatetime, Text])

Limit = Annotated[int, Query(ge=1, le=LARGEST_PAGE, description="How many at the most.")]
Cursor = Annotated[
    OneLine | None, Query(max_length=400, description="`next` of the page before; left out, the newest come.")
]


class Page(BaseModel, Generic[_T]):
    """One page of a list."""

    items: list[_T]
    next: str | None
    """The cursor of the next page; null on the last."""


def read_cursor(cursor: str | None) -> tuple[datetime, str] | None:
    """Read where a page begins: the time and the id of the last item before it.

    Raises:
        Problem: 422, not a cursor that we gave.
    """
    if cursor is None:
        return None
    try:
        at, _, item_id = base64.urlsafe_b64decode(cursor.encode()).decode().partition(" ")
        moment, item_id = _PLACE.validate_python((at, item_id))
        return moment.astimezone(UTC), item_id
    except (ValueError, OverflowError):
        text = "cursor: take it from `next` of the page before, or leave it out"
        raise Problem(422, "invalid-cursor", text) from None


def cursor_after(places: Sequence[tuple[datetime, str]], *, limit: int) -> str | None:
    """Return the cursor of the page that follows, None where this one is not full.

    Args:
        places: time and id of each item of this page.
        limit: how many it may hold.
    """
    if len(places) < limit:
        return None
    at, item_id = places[-1]
    return base64.urlsafe_b64encode(f"{at.isoformat()} {item_id}".encode()).decode()
