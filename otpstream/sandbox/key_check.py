"""The check of a key in the headers of a call: ASGI middleware that fits every provider that asks for one there."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send


class RequireKey:
    """Answers calls that may not be made itself.

    Args:
        app: The API behind.
        may_call: Tells by the headers whether a call may be made.
        refusal: The answer to those that may not.
    """

    def __init__(self, app: ASGIApp, *, may_call: Callable[[Headers], bool], refusal: Response) -> None:
        self._app = app
        self._may_call = may_call
        self._refusal = refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_allowed = scope["type"] != "http" or self._may_call(Headers(scope=scope))
        await (self._app if is_allowed else self._refusal)(scope, receive, send)


def is_key(given: str, key: str) -> bool:
    """Compare a key with the right one in a time that tells nothing of it."""
    # As bytes: compare_digest refuses text beyond ASCII.
    return secrets.compare_digest(given.encode("utf-8", "replace"), key.encode())
