"""Ports of the loopback interface on which nothing listens."""

import socket
from itertools import islice
from random import SystemRandom

from ops.kafka.configuration import HOST

# Below every system's ephemeral range (Linux begins at 32768): a port from that range could become the local port of a
# client's connection while its broker is down, and a client that dials it may even connect to itself.
_CANDIDATES = range(20_000, 32_768)


class PortError(RuntimeError):
    """No port, or not the port that was asked for, is free."""


def is_free(port: int) -> bool:
    """Return whether a server could listen on this port now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def require_free(ports: range) -> list[int]:
    """Return these ports.

    Raises:
        PortError: One of them is taken.
    """
    taken = [port for port in ports if not is_free(port)]
    if taken:
        raise PortError(f"Port {taken[0]} is taken: stop what listens there, or choose another with --port.")
    return list(ports)


def find_free(count: int, *, besides: frozenset[int] = frozenset()) -> list[int]:
    """Return distinct free ports, at random so that clusters that start together rarely meet.

    Args:
        count: How many.
        besides: Ports that are spoken for.

    Raises:
        PortError: There are not that many.
    """
    drawn = SystemRandom().sample(_CANDIDATES, len(_CANDIDATES))
    found = list(islice((port for port in drawn if port not in besides and is_free(port)), count))
    if len(found) < count:
        raise PortError(
            f"There are no {count} free ports between {_CANDIDATES[0]} and {_CANDIDATES[-1]}: end what listens there."
        )
    return found
