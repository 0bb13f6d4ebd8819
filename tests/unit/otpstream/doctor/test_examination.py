"""The doctor as `otpstream doctor` calls it: what nobody else would say of settings that are valid."""

from pathlib import Path
from typing import Any

import pytest

from otpstream.doctor import Finding, Verdict, examine
from otpstream.settings import load

SUPPLIER = {"base_url": "http://127.0.0.1:1", "api_key_file": "none"}
"""Of which nobody is asked, for want of the file."""


async def examined(overrides: dict[str, Any]) -> list[Finding]:
    return [finding async for finding in examine(load(overrides))]


async def test_spending_without_a_cap_is_told() -> None:
    """Once numbers can be rented; a cap ends the warning."""
    found = {
        cap: [
            one
            for one in await examined({"providers": {"rental": [SUPPLIER]}, "control": control})
            if "CAP" in one.text
        ]
        for cap, control in {"none": {}, "set": {"rentals": {"spend_cap_per_day": 5}}}.items()
    }

    assert [(one.subject, one.verdict) for one in found["none"]] == [("control", Verdict.WARNING)]
    assert found["set"] == []


async def test_an_installation_that_rents_nothing_needs_no_cap() -> None:
    """A warning that is always there is read by nobody."""
    assert not any("CAP" in one.text for one in await examined({}))


@pytest.fixture
def misspelt_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Have a `.env` with two settings that are none, and one that is."""
    monkeypatch.chdir(tmp_path)
    Path(".env").write_text("KAFKA_BOOTSTRAP_SERVER=x\nHTTP_PORT=0\nSUBSCRIPTION_URLS=http://847291.example\n")


@pytest.mark.usefixtures("misspelt_file")
async def test_a_misspelt_setting_of_the_file_is_told() -> None:
    """Settings come from `.env` too, and so do their misspellings."""
    found = [one for one in await examined({}) if one.subject == "settings"]

    assert [one.verdict for one in found] == [Verdict.WARNING] * 2
    assert ["KAFKA_BOOTSTRAP_SERVERS?" in found[0].text, "SUBSCRIPTION_URL?" in found[1].text] == [True, True]
    assert not any("847291" in one.text for one in found)


async def test_a_misspelt_setting_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is silently its default otherwise."""
    monkeypatch.setenv("TEXT2FA_API_KEYS", "key-847291")

    [finding] = [one for one in await examined({}) if one.subject == "settings"]

    assert (finding.verdict, "TEXT2FA_API_KEY?" in finding.text, "847291" in finding.text) == (
        Verdict.WARNING,
        True,
        False,
    )
