"""`otpstream up --sandbox` touches nothing that is real, and leaves nothing behind."""

from collections.abc import Mapping
from pathlib import Path

import httpx
import pytest

from otpstream.sandbox import Sandbox
from otpstream.sandboxed import introduction, sandboxed, sandboxed_settings
from otpstream.settings import load

REAL: Mapping[str, str] = {
    "KAFKA_BOOTSTRAP_SERVERS": "kafka.example:9092",
    "KAFKA_SECURITY_PROTOCOL": "SSL",
    "TEXT2FA_API_KEY": "real-key",
    "TEXT2FA_WEBHOOK_PATH_TOKENS": "real-token-0123456789",
    "PROVIDERS_TEXT2FA_DASHBOARD": '[{"api_keys": "real-key"}]',
    "PROVIDERS_TEXTMAGIC": '[{"api_keys": "real-key", "username": "john"}]',
    "PROVIDERS_RENTAL": '[{"api_keys": "real-key", "base_url": "https://supplier.example"}]',
    "SUBSCRIPTION_URL": "https://subscriber.example/codes",
    "SUBSCRIPTION_SECRETS": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "CONTROL_STORE_URL": "postgresql://user:real-key@store.example/name",
}
"""What an operator's environment may hold."""


def is_there(path: Path) -> bool:
    return path.exists()


async def test_nothing_real_is_in_the_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No cluster, account, subscriber or store of the environment is used: every address is of this machine."""
    for name, value in REAL.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("HTTP_PORT", "0")
    assert load().kafka.bootstrap_servers == "kafka.example:9092"
    async with Sandbox() as sandbox:
        settings = sandboxed_settings(sandbox, store=tmp_path / "store.db", path_token="0123456789abcdef-token")
        urls = set(sandbox.base_urls.values())

    accounts = settings.accounts
    everyone = [*accounts.text2fa, *accounts.text2fa_dashboard, *accounts.textmagic, *accounts.rental]
    assert {str(one.base_url).rstrip("/") for one in everyone} == urls
    assert len(everyone) == len(urls)
    keys = {key.get_secret_value() for one in everyone for key in one.api_keys}
    assert "real-key" not in keys
    assert (settings.embedded, settings.subscription, settings.kafka.security_protocol) == (True, None, "PLAINTEXT")
    assert settings.control.store.url.get_secret_value() == f"sqlite:///{tmp_path}/store.db"
    assert settings.http.port == 0


async def test_it_serves_and_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key that is printed opens the API, all suppliers and the facade are there, and the store is thrown away."""
    monkeypatch.setenv("HTTP_PORT", "0")
    async with sandboxed() as trial, httpx.AsyncClient(base_url=trial.process.base_url) as http:
        told = introduction(trial)
        bearer = {"Authorization": f"Bearer {trial.api_key}"}
        suppliers = (await http.get("/v1/suppliers", headers=bearer)).json()
        rental = await http.post("/v1/rentals", json={"supplier": "rental", "country": "US"}, headers=bearer)
        numbers = (await http.get("/getNumbers", params={"api_key": trial.api_key})).json()
        store = Path(trial.process.settings.control.store.url.get_secret_value().removeprefix("sqlite:///"))
        was_there = is_there(store)

    assert {one["name"] for one in suppliers} == {"text2fa", "text2fa-s1", "text2fa-s2", "text2fa-rental", "rental"}
    assert (rental.status_code, rental.json()["state"]) == (201, "active")
    assert numbers["status"] == "success"
    assert (was_there, is_there(store.parent)) == (True, False)
    assert trial.api_key in told
    assert all(url in told for url in trial.sandbox.base_urls.values())
    assert not is_there(Path("otpstream.db"))
