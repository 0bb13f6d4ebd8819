"""The processing stage as real processes, `otpstream run process`: started, killed, frozen and stopped by their slot."""

import re
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

from ops.kafka.tether import Tether

_LOG_TAIL_CHARACTERS = 2_000
_CLAIM_SECONDS = 30.0
"""A start, and some heartbeats."""
_STOP_SECONDS = 40.0
"""More than a worker grants itself at the end."""


class WorkerError(RuntimeError):
    """A worker did what none should; the text ends with its log."""


class Workers:
    """At most one live process for each slot, and a log file for each."""

    def __init__(self, bootstrap_servers: str, directory: Path, *, settings: Mapping[str, str]) -> None:
        """Describe them; `start` starts one.

        Args:
            bootstrap_servers: the cluster.
            directory: where the logs go; the workers' working directory, so that no `.env` of a desk reaches them.
            settings: further environment variables.
        """
        self._directory = directory
        self._settings = {"KAFKA_BOOTSTRAP_SERVERS": bootstrap_servers, "HTTP_PORT": "0", **settings}
        self._tether = Tether()
        self._lock = threading.Lock()
        self._live: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, slot: str) -> None:
        """Start the worker of a slot that has none."""
        with self._lock:
            self._live[slot] = self.spawn(slot)

    def spawn(self, slot: str) -> subprocess.Popen[bytes]:
        """Start a process under a slot, whether or not another has it, and leave it to the caller."""
        variables = [f"{name}={value}" for name, value in {**self._settings, "PROCESS_SLOT": slot}.items()]
        command = [sys.executable, "-m", "otpstream", "run", "process"]
        here = ["sh", "-c", 'cd "$0" && exec "$@"', str(self._directory)]
        return self._tether.spawn([*here, "env", *variables, *command], log=self.log(slot))

    def log(self, slot: str) -> Path:
        """Return where the workers of a slot log to, all into one file."""
        return self._directory / f"worker-{slot}.log"

    def kill(self, slot: str) -> None:
        """End a worker as `kill -9` does."""
        with self._lock:
            process = self._live.pop(slot)
            process.kill()
            process.wait()

    def stop(self, slot: str) -> None:
        """Ask a worker to finish what it has in hand, and wait for its end.

        Raises:
            WorkerError: it did not end in time, or not with exit status 0.
        """
        with self._lock:
            process = self._live.pop(slot)
        process.terminate()
        try:
            status = process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            raise self._error(slot, f"did not end within {_STOP_SECONDS:.0f} s of SIGTERM") from None
        if status != 0:
            raise self._error(slot, f"ended with exit status {status} when told to stop")

    def claim(self, slot: str) -> None:
        """Start another worker under a slot that one has, which must see it and end by itself with exit status 1.

        Raises:
            WorkerError: the earlier one did not.
        """
        with self._lock:
            earlier = self._live[slot]
            self._live[slot] = self.spawn(slot)
        try:
            status = earlier.wait(_CLAIM_SECONDS)
        except subprocess.TimeoutExpired:
            earlier.kill()
            raise self._error(
                slot, f"went on for {_CLAIM_SECONDS:.0f} s under a slot that another had claimed"
            ) from None
        if status != 1:
            raise self._error(slot, f"ended with exit status {status} when another claimed its slot")

    def freeze(self, slot: str) -> None:
        """Hold a worker as it is (SIGSTOP), as a stalled machine would."""
        with self._lock:
            self._live[slot].send_signal(signal.SIGSTOP)

    def thaw(self, slot: str) -> None:
        """Let a frozen worker go on, unaware of the time that passed."""
        with self._lock:
            self._live[slot].send_signal(signal.SIGCONT)

    def check(self) -> None:
        """Look after them.

        Raises:
            WorkerError: one ended by itself.
        """
        with self._lock:
            ended = {slot: process.returncode for slot, process in self._live.items() if process.poll() is not None}
        for slot, status in ended.items():
            raise self._error(slot, f"ended by itself with exit status {status}")

    def tracebacks(self) -> list[str]:
        """Return the log files that hold a traceback, which a user must never see."""
        return [
            path.name
            for path in sorted(self._directory.glob("worker-*.log"))
            if re.search(r"^Traceback ", path.read_text(errors="replace"), re.MULTILINE)
        ]

    def close(self) -> None:
        """Kill all that are left."""
        with self._lock:
            for process in self._live.values():
                process.kill()
                process.wait()
            self._live.clear()
        self._tether.close()

    def _error(self, slot: str, what: str) -> WorkerError:
        tail = self.log(slot).read_text(errors="replace")[-_LOG_TAIL_CHARACTERS:] if self.log(slot).exists() else ""
        return WorkerError(f"the worker of slot {slot} {what}. The end of its log:\n{tail}")
