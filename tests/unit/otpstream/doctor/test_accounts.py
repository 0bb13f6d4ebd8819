"""The doctor asks every account at every provider, spends nothing, and names the setting to mend; never a key."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from otpstream.doctor import Finding, Verdict
from otpstream.doctor.accounts import examine_accounts
from otpstream.sandbox import Credentials, Faults, Sandbox
from otpstream.sandboxed import accounts
from otpstream.settings import load

BAD = "bad-key-847291"
NOWHERE = "http://127.0.0.1:1"
TOKEN = "path-token-847291-0123"
SUBJECTS = ("text2fa/default", "text2fa-dashboard/default", "textmagic/default", "rental/default")
VARIABLES = dict(
    zip(
        SUBJECTS,
        ("PROVIDERS_TEXT2FA", "PROVIDERS_TEXT2FA_DASHBOARD", "PROVIDERS_TEXTMAGIC", "PROVIDERS_RENTAL"),
        strict=True,
    )
)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as running:
        yield running


async def instantly(_: float) -> None:
    """Retry without waiting."""


async def examined(overrides: dict[str, Any]) -> dict[str, Finding]:
    async with httpx.AsyncClient() as http:
        found = await examine_accounts(load(overrides), http, clock=lambda: datetime.now(UTC), sleep=instantly)
    secrets = (BAD, TOKEN, *vars_of(Credentials()))
    assert not any(secret in finding.text for finding in found for secret in secrets)
    assert len({finding.subject for finding in found}) == len(found)
    return {finding.subject: finding for finding in found}


def vars_of(credentials: Credentials) -> list[str]:
    names = ("text2fa_api_key", "text2fa_dashboard_token", "textmagic_api_key", "rental_api_key")
    return [getattr(credentials, name) for name in names]


def changed(sandbox: Sandbox, **fields: Any) -> dict[str, Any]:
    return {"providers": {name: [{**listed[0], **fields}] for name, listed in accounts(sandbox).items()}}


async def test_every_account_is_asked_and_nothing_is_spent(sandbox: Sandbox) -> None:
    """One line each, with the balance where there is one; what it asks costs nothing and orders nothing."""
    sandbox.text2fa.rent()

    found = await examined({"providers": accounts(sandbox, path_token=TOKEN)})

    assert tuple(found) == SUBJECTS
    assert {one.verdict for one in found.values()} == {Verdict.OK}
    assert all(one.text.startswith("it answers and ") for one in found.values())
    assert "; 1 numbers are rented; webhooks are proven by the token of their path" in found["text2fa/default"].text
    assert "balance 10000" in found["text2fa-dashboard/default"].text
    assert "countries are offered" in found["rental/default"].text
    assert all(wallet.balance_cents == 1_000_000 for wallet in sandbox.wallets.values())
    assert not any(sandbox.live_orders.values())


async def test_a_bad_key_names_its_setting(sandbox: Sandbox) -> None:
    """The list, the place in it and the field: of several accounts the operator knows which one to mend."""
    providers = {
        name: [*listed, {**listed[0], "account": "b", "api_keys": [BAD]}] for name, listed in accounts(sandbox).items()
    }

    found = await examined({"providers": providers})

    for subject in SUBJECTS:
        assert found[subject].verdict is Verdict.OK
        other = found[subject.replace("default", "b")]
        assert other.verdict is Verdict.WRONG
        assert "does not accept the API key" in other.text
        assert f"mend {VARIABLES[subject]}[1].api_keys" in other.text


async def test_the_lone_account_has_settings_of_its_own(sandbox: Sandbox) -> None:
    """Its key is TEXT2FA_API_KEY; those of the list count from 0 without it."""
    url = sandbox.base_urls["text2fa"]
    listed = {"account": "b", "base_url": url, "api_keys": [BAD]}

    found = await examined({"text2fa": {"base_url": url, "api_key": BAD}, "providers": {"text2fa": [listed]}})

    assert "mend TEXT2FA_API_KEY" in found["text2fa/default"].text
    assert "mend PROVIDERS_TEXT2FA[0].api_keys" in found["text2fa/b"].text


async def test_both_keys_of_a_rotation_are_tried(sandbox: Sandbox) -> None:
    """One that works is enough, and the one that does not is told: it is taken out before somebody counts on it."""
    good = {name: listed[0]["api_keys"][0] for name, listed in accounts(sandbox).items()}
    providers = {name: [{**listed[0], "api_keys": [BAD, good[name]]}] for name, listed in accounts(sandbox).items()}

    found = await examined({"providers": providers})

    for subject in SUBJECTS:
        assert found[subject].verdict is Verdict.WARNING
        assert f"key 1 of {VARIABLES[subject]}[0].api_keys is not accepted" in found[subject].text


async def test_a_file_of_keys_that_is_not_there_is_named(sandbox: Sandbox, tmp_path: Path) -> None:
    """As the setting to mend."""
    found = await examined(changed(sandbox, api_keys=[], api_key_file=str(tmp_path / "none")))

    assert {one.verdict for one in found.values()} == {Verdict.WRONG}
    assert "mend PROVIDERS_RENTAL[0].api_key_file" in found["rental/default"].text


async def test_a_provider_out_of_reach_names_its_address(sandbox: Sandbox) -> None:
    """The setting of the address, and nothing of the key."""
    found = await examined(changed(sandbox, base_url=NOWHERE))

    assert {one.verdict for one in found.values()} == {Verdict.WRONG}
    assert all(f"see that {VARIABLES[name]}[0].base_url is right" in one.text for name, one in found.items())


async def test_a_provider_that_fails_is_told_as_that() -> None:
    """An error page of theirs is not our key."""
    async with Sandbox(faults=Faults(api_error_rate=1)) as sandbox:
        found = await examined({"providers": accounts(sandbox)})

    assert {one.verdict for one in found.values()} == {Verdict.WRONG}
    assert not any("mend" in one.text for one in found.values())


async def test_another_server_at_the_address_is_told(sandbox: Sandbox) -> None:
    """A wrong address answers too; of TextMagic nothing is asked that would tell."""
    found = await examined(changed(sandbox, base_url=f"{sandbox.base_urls['rental_api']}/elsewhere"))

    del found["textmagic/default"]
    assert {one.verdict for one in found.values()} == {Verdict.WRONG}
    assert all(f"see that {VARIABLES[name]}[0].base_url is right" in one.text for name, one in found.items())


@pytest.mark.parametrize(
    ("webhook", "verdict", "told"),
    [
        (None, Verdict.OK, "webhooks are off"),
        ({"method": "none"}, Verdict.WARNING, "webhooks are accepted from ANYONE"),
        (
            {"path_tokens": [TOKEN], "hmac_secrets": [BAD]},
            Verdict.OK,
            "proven by the token of their path and a signature",
        ),
        ({"allowed_networks": ["192.0.2.0/24"]}, Verdict.OK, "proven by their network"),
    ],
    ids=["off", "anyone", "two", "network"],
)
async def test_how_webhooks_are_proven_is_told(
    sandbox: Sandbox, webhook: dict[str, Any] | None, verdict: Verdict, told: str
) -> None:
    """Of the two systems that send them; none is said loudly."""
    listed = accounts(sandbox)
    providers = {name: [{**listed[name][0], "webhook": webhook}] for name in ("text2fa", "text2fa_dashboard")}

    found = await examined({"providers": providers})

    assert [(one.verdict, told in one.text) for one in found.values()] == [(verdict, True)] * 2


async def test_an_account_without_a_key_is_not_asked() -> None:
    """Its webhooks are all there is of it."""
    found = await examined({"text2fa": {"webhook": {"path_tokens": [TOKEN]}}})

    assert found["text2fa/default"].text.startswith("not asked: TEXT2FA_API_KEY is not set; webhooks are proven")


async def test_no_account_is_told() -> None:
    """Nobody is asked."""
    assert (await examined({}))["providers"].text == "not asked: no account is set"
