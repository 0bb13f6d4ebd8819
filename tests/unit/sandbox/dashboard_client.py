"""A client of the simulated dashboard, and its usual orders."""

from __future__ import annotations

import httpx

TOKEN = "dashboard-token"
S1 = {"service_key": "ee1fdp"}
RENT = {"service_key": "rent123", "duration": "7"}


class DashboardClient:
    """Calls the API and takes replies out of their envelope."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http

    async def get(self, path: str, **query: object) -> httpx.Response:
        return await self.http.get(path, params={name: str(value) for name, value in query.items()})

    async def post(self, path: str, **form: object) -> httpx.Response:
        return await self.http.post(path, data={name: str(value) for name, value in form.items()})

    async def ids(self, path: str) -> list[int]:
        return [order["order_id"] for order in (await self.get(path)).json()["data"]]

    async def order(self, path: str, **form: object) -> dict[str, object]:
        reply = await self.post(path, **form)
        assert reply.status_code == 200, reply.text
        data: dict[str, object] = reply.json()["data"]
        return data
