"""The README's section on renting and verifying, run to the letter against `otpstream up --sandbox`."""

import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.reader import ROOT, block, needs_curl, needs_ports, needs_setup, shell, until

WAIT_SECONDS = 40
PRINTED = {
    "RENTAL_ID": r'rental_id"?:? +"?(rent_\w+)|"rental_id":"(\w+)"',
    "PHONE": r"(?m)^phone +(\+\d+)",
    "VERIFICATION_ID": r"(?m)^verification_id +(\w+)",
    "CODE": r"TextMagic +(\d{4,6}) ",
}
"""What the section's placeholders stand for, as the commands print it."""

pytestmark = [needs_curl, needs_setup, needs_ports(8080), pytest.mark.timeout(240)]


class Reader:
    """Types the commands of a block one by one, with what the ones before printed in the place of placeholders."""

    def __init__(self, exports: list[str]) -> None:
        self._exports = exports
        self._printed: dict[str, str] = {}

    def follow(self, name: str) -> str:
        """Run a block; return all that it printed."""
        return "".join(self._type(command) for command in block(f"sandbox: {name}").splitlines())

    def follow_until(self, name: str, pattern: str) -> str:
        """Run a block again and again, as whoever waits for an SMS does."""
        end = time.monotonic() + WAIT_SECONDS
        while not re.search(pattern, told := self.follow(name)):
            assert time.monotonic() < end, f"{pattern!r} did not come within {WAIT_SECONDS} s, but:\n{told}"
        return told

    def _type(self, command: str) -> str:
        for placeholder, value in self._printed.items():
            command = re.sub(rf"(?<![A-Z_=]){placeholder}\b|(?<=rental_id=){placeholder}\b", value, command)
        script = "\n".join([". .venv/bin/activate", *self._exports, command])
        ended = subprocess.run(
            ["bash", "-ec", script], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
        )
        assert ended.returncode == 0, f"{command}\n{ended.stdout}{ended.stderr}"
        for placeholder, pattern in PRINTED.items():
            for found in re.finditer(pattern, ended.stdout):
                self._printed[placeholder] = next(filter(None, found.groups()))
        return ended.stdout


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Follow the section up to the second shell; at the end the first one must end cleanly."""
    output = tmp_path_factory.mktemp("sandbox") / "up"
    with shell(f". .venv/bin/activate\n{block('sandbox: up')}", output):
        until(output, r"verifications start", WAIT_SECONDS)
        exports = re.findall(r"(?m)^ +(export .*)$", output.read_text())
        assert len(exports) == 2
        yield Reader(exports)
    assert "bug" not in output.read_text()


def test_text2fa_v1(reader: Reader, tmp_path: Path) -> None:
    """Codes of numbers that were rented by hand are on the stream."""
    script = "\n".join([". .venv/bin/activate", *reader._exports, block("sandbox: text2fa")])
    with shell(script, tmp_path / "tail") as shown:
        until(shown, r"\d{4,8} +text2fa:\d+ ", WAIT_SECONDS)


def test_the_dashboard(reader: Reader) -> None:
    """S1 is rented and receives, S2 is given back, a day rental is to be cancelled as soon as may be."""
    assert "text2fa-s1" in reader.follow("dashboard rent")
    reader.follow_until("dashboard receive", r"(?m)^state +code_received")
    assert re.search(r"(?m)^state +(cancelled|refunded)", reader.follow("dashboard reject"))
    assert re.search(r"(?m)^cancel_at +\d", reader.follow("dashboard cancel"))


def test_a_four_endpoint_supplier(reader: Reader) -> None:
    """Rented, received, cancelled."""
    reader.follow("rental rent")
    reader.follow_until("rental receive", r"(?m)^state +code_received")
    assert re.search(r"(?m)^state +cancelled", reader.follow("rental cancel"))


def test_textmagic(reader: Reader) -> None:
    """The code that came in on our own line is right; another verification is cancelled in time."""
    reader.follow("verify start")
    reader.follow_until("verify receive", PRINTED["CODE"])
    assert re.search(r"(?m)^state +verified", reader.follow("verify check"))
    assert re.search(r"(?m)^cancel_at +\d", reader.follow("verify cancel"))


def test_the_four_endpoints_that_we_serve(reader: Reader) -> None:
    """What partners call: numbers with prices, one rented, its SMS, cancelled."""
    told = reader.follow("facade rent")
    assert told.count('"status":"success"') == 2
    reader.follow_until("facade receive", r'"text":"')
    assert '"status":"success"' in reader.follow("facade cancel")


def test_every_block_of_the_section_is_followed() -> None:
    """A block that is added is tested from the day that it is added."""
    named = set(re.findall(r"<!-- sandbox: (.*?) -->", (ROOT / "README.md").read_text()))
    assert named == set(
        re.findall(r'(?:follow(?:_until)?\("|block\([\'"]sandbox: )([a-z0-9 ]+)', Path(__file__).read_text())
    )
