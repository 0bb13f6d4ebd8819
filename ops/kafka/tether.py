"""Child processes that end when this process does, however it ends."""

import shutil
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

_PROBE_TIMEOUT_SECONDS = 10


class Tether:
    """Starts children that Linux kills with this process, even when that is itself killed.

    The kernel ties a child to the *thread* that started it, so one thread, which lives as long as the tether, starts
    them all. Where `setpriv` (util-linux) is missing, children are ended by whoever stops them, or stay.
    """

    def __init__(self) -> None:
        self._launcher = ThreadPoolExecutor(max_workers=1, thread_name_prefix="tether")

    def spawn(self, command: Sequence[str], *, log: Path) -> subprocess.Popen[bytes]:
        """Start a child whose output is added to a file.

        It gets a session of its own: Ctrl-C in a terminal reaches this process alone, which then ends its children in
        order.
        """
        return self._launcher.submit(_start, [*_kernel_tie(), *command], log).result()

    def close(self) -> None:
        """Let go of the launching thread; children that still run are killed."""
        self._launcher.shutdown()


def _start(command: Sequence[str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("ab") as output:
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )


@cache
def _kernel_tie() -> tuple[str, ...]:
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        return ()
    tie = (setpriv, "--pdeathsig", "KILL")
    # BusyBox has a setpriv too, without this option.
    probe = subprocess.run([*tie, "true"], capture_output=True, timeout=_PROBE_TIMEOUT_SECONDS, check=False)
    return () if probe.returncode else tie
