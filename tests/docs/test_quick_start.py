"""The README's quick start, run to the letter: each block in a shell of its own, as a reader would."""

import subprocess
from pathlib import Path

import pytest

from tests.docs.reader import ROOT, block, needs_curl, needs_ports, needs_setup, shell, until


@needs_curl
@needs_setup
@needs_ports(8080, 9000)
def test_the_code_of_the_quick_start_comes_out_at_both_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Following the README literally: 202, the code at the subscriber with a right signature, the code in `otpstream tail`."""
    monkeypatch.setenv("CONTROL_STORE_URL", f"sqlite:///{tmp_path}/store.db")
    with (
        shell(block("quick start: up"), tmp_path / "up") as up,
        shell(block("quick start: subscriber"), tmp_path / "subscriber") as subscriber,
    ):
        address = until(up, r"on Kafka (\S+)\. Ctrl-C stops it")[1]
        until(subscriber, "A subscriber listens")
        answer = subprocess.run(
            ["bash", "-ec", block("quick start: sms")], cwd=ROOT, capture_output=True, text=True, check=True, timeout=20
        )
        assert "202 Accepted" in answer.stdout
        until(subscriber, r"(?m)^843291 +text2fa:12345 ")
        tail = f". .venv/bin/activate\n{block('quick start: tail')}".replace("ADDRESS", address)
        with shell(tail, tmp_path / "tail") as shown:
            until(shown, r"843291 +text2fa:12345 ")
        assert "843291" not in up.read_text()
