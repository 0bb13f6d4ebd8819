"""Calls of the simulated TextMagic, and its usual request."""

from __future__ import annotations

import httpx

USER, KEY = "acme", "tm-key"
HEADERS = {"X-TM-Username": USER, "X-TM-Key": KEY}
PATH = "/api/v2/verify"
START: dict[str, object] = {"phone": "447860021130", "brand": "TextMagic", "codeLength": 4}


async def start(client: httpx.AsyncClient, **fields: object) -> httpx.Response:
    return await client.post(PATH, json=START | fields)


async def check(client: httpx.AsyncClient, verify_id: str, code: str) -> httpx.Response:
    return await client.put(PATH, json={"verifyId": verify_id, "code": code})


def wrong(code: str) -> str:
    return "".join(str(9 - int(digit)) for digit in code)
