"""One rental and one verification from begin to end, as a client of the HTTP API lives through them, for the demo.

The phone that is verified is the number that was rented, so the SMS of the verification is what the rental receives.
"""

import asyncio
import time
from typing import Any

import httpx

from otpstream.parts import StartError

WAIT_SECONDS = 30.0
_LOOK_SECONDS = 0.1


async def lives(base_url: str, api_key: str) -> list[tuple[str, str]]:
    """Rent, verify, receive, check, cancel.

    Args:
        base_url: of otpstream.
        api_key: with every scope.

    Returns:
        What became of the rental and of the verification, each with a title.

    Raises:
        StartError: a step did not come to its end.
    """
    async with httpx.AsyncClient(base_url=base_url, headers={"Authorization": f"Bearer {api_key}"}) as http:
        rental = await _ask(http, "POST", "/v1/rentals", {"supplier": "rental", "country": "US"})
        started = time.monotonic()
        verification = await _ask(http, "POST", "/v1/verifications", {"phone": rental["phone"], "brand": "Acme"})
        code = await _code(http, f"/v1/rentals/{rental['rental_id']}/messages")
        took_seconds = time.monotonic() - started
        place = f"/v1/verifications/{verification['verification_id']}"
        checked = await _ask(http, "POST", f"{place}/check", {"code": code})
        ended = await _ask(http, "POST", f"/v1/rentals/{rental['rental_id']}/cancel", {})
        spent = await _ask(http, "GET", "/v1/spend")
    return [
        (
            "a rental",
            f"rented for {rental['price']} → code after {took_seconds:.1f} s → {ended['state']}; spent {spent['spent']}",
        ),
        (
            "a verification",
            f"started → SMS after {took_seconds:.1f} s → checked: {checked['state']}; costs {checked['price']}",
        ),
    ]


async def _code(http: httpx.AsyncClient, path: str) -> str:
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until:
        for message in await _ask(http, "GET", path):
            if message["code"] is not None:
                return str(message["code"])
        await asyncio.sleep(_LOOK_SECONDS)
    raise StartError(f"no SMS came for the verification within {WAIT_SECONDS:.0f} seconds")


async def _ask(http: httpx.AsyncClient, method: str, path: str, body: Any = None) -> Any:
    reply = await http.request(method, path, json=body, timeout=WAIT_SECONDS)
    if reply.is_error:
        raise StartError(f"{method} of a demo's client was answered {reply.status_code}: {reply.json()['detail']}")
    return reply.json()
