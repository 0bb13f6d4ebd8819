"""Follows the README as a reader would: its shell blocks, each in a shell of its own."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

needs_curl = pytest.mark.skipif(shutil.which("curl") is None and "CI" not in os.environ, reason="curl is not installed")
needs_setup = pytest.mark.skipif(not (ROOT / ".venv").is_dir(), reason="not a checkout that `make setup` has set up")


def block(name: str) -> str:
    """Return the shell block that follows the marker `<!-- name -->`."""
    found = re.search(rf"<!-- {name} -->\n```sh\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert found is not None, f"README.md has no block {name}"
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


def are_free(ports: Sequence[int]) -> bool:
    """Tell whether ports can be listened on."""
    for port in ports:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return False
    return True


def needs_ports(*ports: int) -> pytest.MarkDecorator:
    """Skip a test where its ports are taken, but not in CI."""
    return pytest.mark.skipif(not are_free(ports) and "CI" not in os.environ, reason=f"the ports {ports} are taken")
