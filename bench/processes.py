"""Measurements run in processes of their own, so that CPU time and memory are those of the code under test alone."""

import multiprocessing
import os
import resource
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, ParamSpec, Self, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

spawning = multiprocessing.get_context("spawn")
"""Fresh interpreters: a forked one would start with the parent's memory."""

_MEBIBYTE = 1024 * 1024
_KILOBYTES_EACH = 1024  # the unit of /proc and, on Linux, of getrusage


class BenchError(RuntimeError):
    """A benchmark could not be run, or did not measure what it claims to; the text says why."""


class Worker(Generic[T]):
    """A function at work in a process of its own; used as a context manager, at whose end the process is gone."""

    def __init__(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> None:
        self._name = function.__name__
        self._answers, answer = spawning.Pipe(duplex=False)
        self._process = spawning.Process(target=_work, args=(answer, function, args, kwargs), name=self._name)
        self._process.start()
        answer.close()

    def result(self, *, timeout_seconds: float) -> T:
        """Wait for what the function returns.

        Raises:
            BenchError: it failed, died, or took too long.
        """
        if not self._answers.poll(timeout_seconds):
            raise BenchError(f"{self._name} did not end within {timeout_seconds:.0f} seconds")
        try:
            failure, result = self._answers.recv()
        except EOFError:
            raise BenchError(f"the process of {self._name} died") from None
        if failure is not None:
            raise BenchError(f"{self._name} failed: {failure}")
        value: T = result
        return value

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._process.join(0 if error else 1)
        self._process.kill()
        self._process.join()
        self._process.close()


def alone(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a function in a fresh process, for at most three minutes, and return what it returns."""
    with Worker(function, *args, **kwargs) as worker:
        return worker.result(timeout_seconds=180)


def _work(answer: Connection, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        result = function(*args, **kwargs)
    except Exception as error:
        answer.send((f"{type(error).__name__}: {error}", None))
    else:
        answer.send((None, result))


def _end_with_parent() -> None:
    """A killed benchmark must not leave busy processes behind."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@dataclass(frozen=True, kw_only=True)
class Run:
    """What one measurement of one process came to."""

    messages: int
    seconds: float
    cpu_seconds: float
    rss_mib: float
    """The largest resident memory of the process so far."""

    @property
    def per_second(self) -> float:
        """Messages a second."""
        return self.messages / self.seconds

    @property
    def cpu_microseconds(self) -> float:
        """CPU time a message, of all threads, user and system."""
        return self.cpu_seconds / self.messages * 1e6


class Meter:
    """Measures this process from `start` to `stop`."""

    def __init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Start again."""
        self._seconds, self._cpu_seconds = time.perf_counter(), _cpu_seconds()

    def stop(self, messages: int) -> Run:
        """Return what it took to handle so many messages."""
        return Run(
            messages=messages,
            seconds=time.perf_counter() - self._seconds,
            cpu_seconds=_cpu_seconds() - self._cpu_seconds,
            rss_mib=memory_bytes("VmHWM") / _MEBIBYTE,
        )


def _cpu_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def memory_bytes(field: str = "VmRSS") -> int:
    """Return the memory of this process: now (`VmRSS`), or the most so far (`VmHWM`).

    Where there is no /proc it is getrusage's maximum in both cases, which on Linux would count the parent's memory as well.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * _KILOBYTES_EACH
    line = next(line for line in status.read_text().splitlines() if line.startswith(f"{field}:"))
    return int(line.split()[1]) * _KILOBYTES_EACH
