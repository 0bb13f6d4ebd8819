"""The README's quick start, run to the letter: each block in a shell of its own, as a reader would."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PORTS = (8080, 9000)

needs_curl = pytest.mark.skipif(shutil.which("curl") is None and "CI" not in os.environ, reason="curl is not installed")


def block(name: str) -> str:
    """Return the shell block that follows the marker `<!-- quick start: name -->`."""
    found = re.search(rf"<!-- quick start: {name} -->\n```sh\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert found is not None, f"README.md has no quick start block {name}"
    return found[1]


@contextmanager
def shell(script: str, output: Path) -> Iterator[Path]:
    """Run a block as long as the context lasts; what it prints goes to a file."""
    with output.open("w") as file:
        process = subprocess.Popen(
            ["bash", "-ec", script], cwd=ROOT, stdout=file, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            yield output
        finally:
            os.killpg(process.pid, 15)
            process.wait(30)


def until(output: Path, pattern: str, seconds: float = 30) -> re.Match[str]:
    """Wait until a pattern was printed."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := re.search(pattern, output.read_text()):
            return found
        time.sleep(0.05)
    pytest.fail(f"{pattern!r} was not printed within {seconds} s, but:\n{output.read_text()}")


def ports_are_free() -> bool:
    """Tell whether the quick start's ports can be listened on."""
    for port in PORTS:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return False
    return True


@needs_curl
@pytest.mark.skipif(not ports_are_free() and "CI" not in os.environ, reason=f"the ports {PORTS} are taken")
@pytest.mark.skipif(not (ROOT / ".venv").is_dir(), reason="not a checkout that `make setup` has set up")
def test_the_code_of_the_quick_start_comes_out_at_both_ends(tmp_path: Path) -> None:
    """Following the README literally: 202, the code at the subscriber with a right signature, the code in `otpstream tail`."""
    with shell(block("up"), tmp_path / "up") as up, shell(block("subscriber"), tmp_path / "subscriber") as subscriber:
        address = until(up, r"on Kafka (\S+)\. Ctrl-C stops it")[1]
        until(subscriber, "A subscriber listens")
        answer = subprocess.run(
            ["bash", "-ec", block("sms")], cwd=ROOT, capture_output=True, text=True, check=True, timeout=20
        )
        assert "202 Accepted" in answer.stdout
        until(subscriber, r"(?m)^843291 +text2fa:12345 ")
        tail = f". .venv/bin/activate\n{block('tail')}".replace("ADDRESS", address)
        with shell(tail, tmp_path / "tail") as shown:
            until(shown, r"843291 +text2fa:12345 ")
        assert "843291" not in up.read_text()
