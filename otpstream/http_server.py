"""Serves an ASGI application on a port, inside an event loop that belongs to somebody else."""

import asyncio
import contextlib
import errno
import gc
import os
import socket
from collections.abc import AsyncIterator, Iterator
from typing import Any

import uvicorn

_BACKLOG = 2048  # uvicorn's own default
_LARGEST_PORT = 65535
_OTHER_PORT = "choose another port, or 0 for a free one, by HTTP_PORT (of `sandbox` and `subscriber`: --port)"
_OTHER_HOST = "set HTTP_HOST to an address of this machine, such as 127.0.0.1, or to 0.0.0.0 for all of them"
_SHUTDOWN_SECONDS = 5  # what is still unanswered then belongs to clients that do not read


class AddressError(RuntimeError):
    """The address to listen on is taken or not of this machine."""


class _Server(uvicorn.Server):
    """Leaves signals to the owner of the loop."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextlib.asynccontextmanager
async def serving(app: Any, *, host: str, port: int, shutdown_seconds: int = _SHUTDOWN_SECONDS) -> AsyncIterator[str]:
    """Serve for as long as the context lasts.

    Args:
        app: an ASGI 3 application; its lifespan is not run.
        host: name or address to listen on.
        port: port to listen on; 0 picks a free one.
        shutdown_seconds: how long requests under way may take at the end.

    Yields:
        The base URL: scheme, host and port, without a slash at the end.

    Raises:
        AddressError: the address is taken or not of this machine.
    """
    listener = _listen(host, port)
    config = uvicorn.Config(
        app,
        http="httptools",
        ws="none",
        lifespan="off",
        # In its automatic mode uvicorn takes a bound async method for ASGI 2.
        interface="asgi3",
        log_config=None,
        log_level="warning",
        # Paths may hold secret tokens.
        access_log=False,
        # The allow-list of webhooks decides itself which proxies it believes.
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=shutdown_seconds,
    )
    # What is loaded by now stays until the process ends; the cycle collector need not look through it again and again.
    gc.freeze()
    server = _Server(config)
    running = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        # The listener takes connections from here on; they wait in its backlog until the server has started.
        yield _base_url(listener)
    finally:
        server.should_exit = True
        await running


def _listen(host: str, port: int) -> socket.socket:
    if not 0 <= port <= _LARGEST_PORT:
        raise AddressError(f"cannot listen on {host} port {port}: a port is a number from 0 to {_LARGEST_PORT}")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        is_of_port = error.errno in (errno.EADDRINUSE, errno.EACCES)
        # Of a name that nobody knows the number is of another list, below 0; the exception's own text repeats the address.
        why = os.strerror(error.errno) if error.errno and error.errno > 0 else "no such name"
        mend = _OTHER_PORT if is_of_port else _OTHER_HOST
        raise AddressError(f"cannot listen on {host} port {port} ({why}): {mend}") from error


def _base_url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if listener.family is socket.AF_INET6 else f"http://{host}:{port}"
