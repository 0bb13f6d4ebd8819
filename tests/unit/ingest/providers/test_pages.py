"""docs/providers: every call of every provider has an example there, and every example in Python runs."""

import ast
import re
from inspect import CO_COROUTINE
from pathlib import Path
from types import CodeType
from typing import Any, get_args

import httpx
import pytest

from ingest.providers.contract import Workflow
from ingest.providers.textmagic import LANGUAGES
from tests.unit.ingest.providers.scripted import Scripted, clock, sleep

PAGES = Path(__file__).parents[4] / "docs" / "providers"
CALLS = {
    "text2fa": [
        "GET /v1/numbers",
        "GET /v1/numbers/{number_id}/messages",
        "POST /v1/webhooks",
        "GET /v1/webhooks",
        "DELETE /v1/webhooks/{webhook_id}",
        "GET /v1/account-details",
    ],
    "text2fa-dashboard": [
        *(
            f"GET /api/v1/{name}"
            for name in (
                "account-details",
                "services-s1",
                "us-states",
                "number-details-s1",
                "reserved-list-s1",
                "services-s2",
                "number-details-s2",
                "reserved-list-s2",
                "rental-service-list",
                "rental-states",
                "rental-reserve-list",
                "rental-message",
                "active-rental-numbers",
            )
        ),
        *(
            f"POST /api/v1/{name}"
            for name in (
                "request-number-s1",
                "reuse-number-s1",
                "reject-number-s1",
                "request-number-s2",
                "reject-number-s2",
                "request-rental-number",
                "renew-rental",
                "cancel-rental",
            )
        ),
    ],
    "textmagic": ["POST /api/v2/verify", "PUT /api/v2/verify", "DELETE /api/v2/verify/{verifyId}"],
    "rental-api": ["GET /getNumbers", "POST /rentNumber", "GET /getSMS", "POST /cancelNumber"],
}
NUMBER = {"id": "12345", "number": "+15551234567", "country": "US"}
RENTED = {"rental_id": "rent_12345", "number": "+14155552671", "order_id": 6}
REPLIES: dict[str, Any] = {
    "numbers": [NUMBER],
    "webhooks": [{"id": "7", "url": "https://otp.example.com"}],
    "account-details": {"balance": "12.50"},
    "verify": {"verifyId": "123e4567-e89b-12d3-a456-426655440000", "price": 0.05},
    "getNumbers": {"status": "success", "numbers": []},
    "getSMS": {"status": "success", "messages": [], "number": "+14155552671"},
    "rentNumber": {"status": "success", **RENTED},
    "cancelNumber": {"status": "success", "refund_amount": 0.0},
}


def _respond(request: httpx.Request) -> httpx.Response:
    """Answer as plainly as each provider might."""
    name = request.url.path.rpartition("/")[2]
    is_order = request.method == "POST" or "details" in name
    return httpx.Response(200, json=REPLIES.get(name, {"status": "success", "data": RENTED} if is_order else []))


def _blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (PAGES / f"{page}.md").read_text(), re.DOTALL)


@pytest.mark.parametrize("page", CALLS)
def test_every_call_has_a_heading_and_two_examples(page: str) -> None:
    """One for the shell, one for Python, under the call's own name."""
    sections = re.split(r"^#{2,3} ", (PAGES / f"{page}.md").read_text(), flags=re.MULTILINE)[1:]
    by_call = {call[1]: section for section in sections if (call := re.search(r"`([A-Z]+ /[^`]+)`\n", section))}

    assert set(by_call) == set(CALLS[page])
    assert [call for call, section in by_call.items() if "```sh\n" not in section or "```python\n" not in section] == []


@pytest.mark.parametrize("page", CALLS)
def test_every_example_in_python_runs_and_the_page_makes_every_call(page: str) -> None:
    """In the order of the page, against a provider that answers plainly."""
    scripted = Scripted(_respond)

    async def main(http: httpx.AsyncClient) -> None:
        names: dict[str, Any] = {"http": http, "clock": clock, "sleep": sleep}
        for block in _blocks(page, "python"):
            code: CodeType = compile(block, page, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
            made = eval(code, names)  # noqa: S307 - our own pages
            if code.co_flags & CO_COROUTINE:
                await made

    scripted.run(main)

    made = {f"{request.method} {request.url.path}" for request in scripted.requests}
    patterns = [re.compile(re.sub(r"\{\w+\}", "[^/]+", call)) for call in CALLS[page]]
    assert [one.pattern for one in patterns if not any(one.fullmatch(call) for call in made)] == []


def test_the_page_of_textmagic_names_every_workflow_and_language() -> None:
    """What a start may ask for is listed whole."""
    text = (PAGES / "textmagic.md").read_text()

    assert set(re.findall(r"\b[a-z]{2}-[a-z]{2}\b", text)) == set(LANGUAGES)
    assert set(re.findall(r"^\| (\d) \|", text, re.MULTILINE)) == set(get_args(Workflow))


@pytest.mark.parametrize("page", CALLS)
def test_every_link_leads_somewhere(page: str) -> None:
    """A relative link is a file of the repository."""
    links = re.findall(r"\]\((?!http|#)([^)#]+)\)", (PAGES / f"{page}.md").read_text())

    assert links != []
    assert [link for link in links if not (PAGES / link).exists()] == []
