"""The API keys of one account, read anew for each call, so that a rotation needs no restart."""

from collections.abc import Callable, Sequence
from pathlib import Path

from ingest.providers.errors import KeyRefused

KEYS_LIMIT = 2
"""The key in use and, while it is being rotated, the other one."""


class KeyRing:
    """The live keys, the one to try first in front.

    Args:
        provider: for error texts.
        read: gives the live keys, best first, each time it is asked; raises OSError or ValueError where it cannot.
    """

    def __init__(self, provider: str, read: Callable[[], Sequence[str]]) -> None:
        self._provider = provider
        self._read = read
        self._refused: set[str] = set()

    def live(self) -> tuple[str, ...]:
        """Return one or two keys; those that were refused come last, and are tried again when nothing else is left.

        Raises:
            KeyRefused: there is none, or one that no request can carry; says which setting to mend, holds no key.
        """
        try:
            keys = tuple(dict.fromkeys(self._read()))
        except OSError as fault:
            raise KeyRefused(f"{self._provider}: api_key_file cannot be read: {fault.strerror}") from None
        except ValueError as fault:
            raise KeyRefused(f"{self._provider}: api_key_file {fault}") from None
        if not keys:
            raise KeyRefused(f"{self._provider}: there is no API key; set api_keys or api_key_file")
        self._refused.intersection_update(keys)
        return tuple(sorted(keys, key=self._refused.__contains__))

    def note(self, key: str, *, is_accepted: bool) -> None:
        """Remember what the provider said of a key."""
        if is_accepted:
            self._refused.discard(key)
        else:
            self._refused.add(key)


def fits_in_a_header(key: str) -> bool:
    """Tell whether HTTP can carry a key in a header: the client's own complaint would quote it."""
    return key.isascii() and key.isprintable() and " " not in key


def keys_in_file(file: Path) -> tuple[str, ...]:
    """Read a file with one key a line.

    Raises:
        OSError: it cannot be read.
        ValueError: what is wrong with its content, without any of it.
    """
    try:
        lines = file.read_text(encoding="ascii").split("\n")
    except UnicodeDecodeError:
        raise ValueError("holds characters that no HTTP header can carry: write the key again") from None
    keys = tuple(line.strip() for line in lines if line.strip())
    if not all(map(fits_in_a_header, keys)):
        raise ValueError("holds characters that no HTTP header can carry: write the key again")
    if len(keys) > KEYS_LIMIT:
        raise ValueError(f"holds {len(keys)} keys: at most {KEYS_LIMIT}, the one in use and the other of a rotation")
    return keys
