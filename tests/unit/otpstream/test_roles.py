"""The ingest role: the accounts of the settings become routes where a provider was told to post."""

from typing import Any

import httpx
import pytest

from otpstream.roles import Role, running
from otpstream.settings import load

TOKENS = {name: f"token-of-{name}-0123456789" for name in ("lone", "second", "dashboard")}
V1 = {"number_id": "12345", "from": "Acme", "message": "Your OTP is 843291", "received_at": "2026-01-15T12:00:00Z"}
ORDER = {"event": "sms", "order_id": 6, "from": "Acme", "message": "Your OTP is 843291", "type": "s1"}


def _webhook(name: str) -> dict[str, dict[str, str]]:
    return {"webhook": {"path_tokens": TOKENS[name]}}


@pytest.mark.parametrize("account", ["default", "main"])
async def test_every_account_is_received_at_its_path(account: str) -> None:
    """The account of the TEXT2FA_ settings has the short path, whatever its name; the others have theirs by name."""
    settings = load(
        {
            "http": {"port": 0},
            "text2fa": {"account": account, **_webhook("lone")},
            "providers": {
                "text2fa": [{"account": "second", **_webhook("second")}],
                "text2fa_dashboard": [_webhook("dashboard")],
            },
        }
    )
    async with running(settings, frozenset({Role.INGEST})) as process, httpx.AsyncClient() as http:

        async def post(path: str, name: str, body: dict[str, Any]) -> int:
            return (await http.post(f"{process.base_url}/webhooks/{path}/{TOKENS[name]}", json=body)).status_code

        assert await post("text2fa", "lone", V1) == 202
        assert await post("text2fa/second", "second", V1) == 202
        assert await post("text2fa-dashboard", "dashboard", ORDER) == 202
        assert await post("text2fa", "second", V1) == 401
        assert await post("text2fa/unknown", "second", V1) == 404
        found = {
            (sample.labels["provider"], sample.value)
            for family in process.registry.collect()
            for sample in family.samples
            if sample.name == "otp_ingest_messages_total" and sample.labels["path"] == "webhook" and sample.value
        }
    assert found == {("text2fa", 2), ("text2fa-s1", 1)}


async def test_the_circuit_of_each_account_is_told() -> None:
    """From the start on, before any call failed; an account without a key calls nobody."""
    away = {"base_url": "http://127.0.0.1:1", "api_keys": ["key"]}
    settings = load({"http": {"port": 0}, "providers": {"rental": [away], "text2fa": [_webhook("second")]}})
    async with running(settings, frozenset({Role.INGEST})) as process:
        found = {
            (sample.labels["provider"], sample.labels["account"])
            for family in process.registry.collect()
            for sample in family.samples
            if sample.name == "otp_provider_circuit"
        }
    assert found == {("rental", "default")}
