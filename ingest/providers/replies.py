"""The replies of providers: JSON lists whose items are read one by one, so that one bad item never costs the others."""

import json
from collections.abc import Callable, Iterable
from typing import Any, Generic, NamedTuple, Self, TypeVar

from ingest.providers.errors import ReplyUnreadable
from schemas.events import Unreadable

_T = TypeVar("_T")


class Unread(NamedTuple):
    """One item that could not be read."""

    raw: bytes
    """The item as JSON."""
    detail: str
    """Fields and kinds of fault; never a value."""


class Reply(NamedTuple, Generic[_T]):
    """One list reply of a provider: what was read of it, and what could not be."""

    read: list[_T]
    unread: list[Unread]

    @classmethod
    def of(cls, items: Iterable[Any], read: Callable[[Any], _T | None]) -> Self:
        """Read each item on its own.

        Args:
            items: as JSON gives them.
            read: reads one item, gives None to leave it out, or raises :class:`~schemas.events.Unreadable`.
        """
        reply = cls([], [])
        for item in items:
            try:
                one = read(item)
            except Unreadable as error:
                reply.unread.append(Unread(json.dumps(item, sort_keys=True).encode(), str(error)))
            else:
                if one is not None:
                    reply.read.append(one)
        return reply


def json_list(content: bytes, *, call: str) -> list[Any]:
    """Read the body of a reply that must be a JSON list.

    Raises:
        ReplyUnreadable: it is not; names the call, quotes nothing.
    """
    value = json_value(content, call=call)
    if not isinstance(value, list):
        raise ReplyUnreadable(f"{call}: the reply is JSON, but no list")
    return value


def json_object(content: bytes, *, call: str) -> dict[str, Any]:
    """Read the body of a reply that must be a JSON object.

    Raises:
        ReplyUnreadable: it is not; names the call, quotes nothing.
    """
    value = json_value(content, call=call)
    if not isinstance(value, dict):
        raise ReplyUnreadable(f"{call}: the reply is JSON, but no object")
    return value


def json_value(content: bytes, *, call: str) -> Any:
    """Read JSON, keeping bytes that are not UTF-8 and half surrogate pairs: they spoil one item, not the whole reply.

    Raises:
        ReplyUnreadable: it is not JSON; names the call, quotes nothing.
    """
    try:
        return json.loads(content.decode("utf-8", "surrogateescape"))
    except (ValueError, RecursionError):
        raise ReplyUnreadable(f"{call}: the reply is not JSON") from None
