"""What operators are served: health that tells which part is not ready, and problem documents where nothing is served."""

from typing import Any

import httpx
import pytest
from prometheus_client import CollectorRegistry

from otpstream.operations import Health, operations_app


async def ask(path: str, *, method: str = "GET", health: Health | None = None) -> httpx.Response:
    app: Any = operations_app([], CollectorRegistry(), health or Health())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://otpstream.test") as client:
        return await client.request(method, path)


def is_problem(answer: httpx.Response) -> bool:
    """Whether the answer is a problem document of its own status, and whole."""
    return (
        answer.headers["content-type"] == "application/problem+json"
        and answer.json()["status"] == answer.status_code
        and int(answer.headers["content-length"]) == len(answer.content)
    )


@pytest.mark.parametrize("path", ["/", "/webhooks/text2fa", "/health", "/metrics/"])
async def test_a_path_that_nothing_serves_is_a_problem_document(path: str) -> None:
    """It says what there is, and not what the framework thinks of HTTP."""
    answer = await ask(path)

    assert (answer.status_code, is_problem(answer)) == (404, True)
    assert "/health/ready" in answer.json()["detail"]
    assert "regular HTTP" not in answer.text


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
async def test_a_method_that_is_not_served_is_a_problem_document(path: str) -> None:
    """With the methods that are."""
    answer = await ask(path, method="POST")

    assert (answer.status_code, is_problem(answer)) == (405, True)
    assert "GET" in answer.headers["allow"]


async def test_what_is_served_goes_through_as_it_is() -> None:
    """Metrics and liveness are not touched."""
    assert (await ask("/health/live")).text == "alive\n"
    assert (await ask("/metrics")).headers["content-type"].startswith("text/plain")


async def test_unready_parts_are_named() -> None:
    """A part that says no and a part that fails are both told; 503 keeps the traffic away."""

    async def yes() -> bool:
        return True

    async def no() -> bool:
        return False

    async def fails() -> bool:
        raise OSError

    answer = await ask("/health/ready", health=Health({"ingest": yes, "process": no, "deliver": fails}))
    assert (answer.status_code, answer.text) == (503, "not ready: process, deliver\n")
    assert (await ask("/health/ready", health=Health({"ingest": yes}))).status_code == 200
