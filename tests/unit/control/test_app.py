"""The control plane as it runs: what is rented is told, what a crash left open is settled, what is due is done."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine

from otpstream.control.settings import ControlSettings
from tests.builders import make_message
from tests.unit.control.fakes import START
from tests.unit.control.http import Served, served

FAST = {
    "relay_interval_seconds": 0.01,
}
RENTALS = {
    "upkeep_interval_seconds": 0.01,
    "unsettled_interval_seconds": 0.01,
    "reconcile_interval_seconds": 0.01,
    "balance_interval_seconds": 0.01,
}
WAIT_SECONDS = 30


@asynccontextmanager
async def running(store_url: str, **rentals: Any) -> AsyncIterator[Served]:
    settings = {"store": {"url": store_url, **FAST}, "rentals": {**RENTALS, **rentals}}
    async with served(store_url, settings) as made:
        task = asyncio.create_task(made.plane.run())
        yield made
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def until(happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(WAIT_SECONDS):
        while not happened():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.005)


async def test_a_rental_is_told_as_it_lives(store_url: str) -> None:
    """Rented, its code received, given back: in this order on its line."""
    async with running(store_url) as made:
        rental = (await made.http.post("/v1/rentals", json={"service": "facebook"}, headers=made.bearer)).json()
        await made.plane.on_messages([make_message(provider="fake", line="fake:1", received_at=START)])
        await made.http.post(f"/v1/rentals/{rental['rental_id']}/cancel", headers=made.bearer)
        await until(lambda: len(made.kafka.records) == 3)
        assert [state for _, state in made.kafka.states] == ["active", "code_received", "refunded"]
        headers = dict(made.kafka.records[0].headers)
        assert (headers["ce_type"], headers["ce_source"]) == (b"otp.rental.state.v1", b"/otpstream/control")
        assert len({dict(record.headers)["ce_id"] for record in made.kafka.records}) == 3


async def test_a_lost_answer_settles_by_itself(store_url: str) -> None:
    """And the balance is shown meanwhile."""
    async with running(store_url) as made:
        made.supplier.faults["rent"] = ["lose"]
        await made.http.post("/v1/rentals", json={"service": "facebook"}, headers=made.bearer)
        await until(lambda: made.kafka.states == [("fake:1", "active")])
        labels = {"supplier": "fake", "account": "default"}
        await until(lambda: made.registry.get_sample_value("otp_control_balance", labels) == 100)


async def test_a_number_without_a_code_goes_back_by_itself(store_url: str) -> None:
    """Also while the supplier's list, Kafka and the like fail now and then."""
    async with running(store_url, auto_cancel_seconds=60) as made:
        made.supplier.faults["rentals"] = ["away", "bug", "garble"]
        await made.http.post("/v1/rentals", json={"service": "facebook"}, headers=made.bearer)
        made.clock.advance(61)
        await until(lambda: made.supplier.live == [])


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_store_that_is_away_is_told_as_such(
    store_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, method: str
) -> None:
    """Over both APIs 503 and when to ask again; no traceback, and nothing of what the driver says."""
    async with served(store_url) as made:
        key = await made.key("partner")

        def connect(_: AsyncEngine) -> Any:
            raise OperationalError("connect", None, ConnectionRefusedError("secret"))

        for name in ("connect", "begin"):
            monkeypatch.setattr(AsyncEngine, name, connect)
        answer = await made.http.request(method, "/v1/rentals", headers=made.bearer, json={})
        facade = await made.http.get("/getSMS", params={"api_key": key, "rental_id": "rent_1"})

    assert (answer.status_code, answer.json()["type"]) == (503, "urn:otpstream:problem:store-away")
    assert (facade.status_code, facade.json()["error"]) == (503, "away")
    assert [one.headers["Retry-After"] for one in (answer, facade)] == ["5", "5"]
    assert "secret" not in answer.text + facade.text + caplog.text


def test_settings_have_defaults_and_refuse_nonsense() -> None:
    """Without any, SQLite in the working folder; a wrong one is named without its value, which may hold a password."""
    assert ControlSettings().store.url.get_secret_value() == "sqlite:///otpstream.db"
    assert ControlSettings.model_validate({"rentals": {"spend_cap_per_day": ""}}).rentals.spend_cap_per_day is None
    assert ControlSettings.model_validate(
        {"rentals": {"spend_cap_per_day": "9.5"}}
    ).rentals.spend_cap_per_day == Decimal("9.5")
    with pytest.raises(ValidationError) as error:
        ControlSettings.model_validate({"store": {"url": "mysql://user:secret@host/name"}})
    assert "secret" not in str(error.value)
