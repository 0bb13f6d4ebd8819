"""Logging to standard error: one line a happening, UTC times, the libraries' chatter kept down."""

import asyncio
import logging
import re
import sys
import time

SUBSCRIBERS = "otpstream.subscribers"
"""FastStream is to log here: its own logger has a handler and a format of its own."""

_QUIET = {
    # At DEBUG these hold keys, values or URLs, which hold codes and keys: they stay above it whatever the level.
    "aiokafka": logging.WARNING,
    "aiosqlite": logging.WARNING,
    "alembic": logging.WARNING,
    "faststream": logging.CRITICAL,
    "httpcore": logging.WARNING,
    "httpx": logging.WARNING,
    "librdkafka": logging.ERROR,
    SUBSCRIBERS: logging.ERROR,
    "sqlalchemy": logging.WARNING,
    "uvicorn": logging.WARNING,
}

_PLACE_TAKEN = re.compile(r"fenced by|_FENCED|old epoch")
"""What librdkafka says, in a dozen lines, when another process takes our slot: the engine says it in one, with what to do."""


def _is_news(record: logging.LogRecord) -> bool:
    return _PLACE_TAKEN.search(record.getMessage()) is None


def _tells_class_alone(record: logging.LogRecord) -> bool:
    """Say a fault in one line by its class, since its text may quote a code; and nothing of what was cut off at the end."""
    fault = record.exc_info[1] if record.exc_info else None
    if isinstance(fault, asyncio.CancelledError):
        return False
    if fault is not None:
        record.msg, record.args = "reading or committing failed, and is tried again: %s", (type(fault).__name__,)
        record.exc_info = None
    return True


def configure(level: str) -> None:
    """Write our own log at a level, and the libraries' where it matters."""
    handler = logging.StreamHandler(sys.stderr)
    formatter = logging.Formatter("%(asctime)s.%(msecs)03dZ %(levelname)-7s %(name)s  %(message)s", "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name, quiet in _QUIET.items():
        logging.getLogger(name).setLevel(quiet)
    logging.getLogger("librdkafka").addFilter(_is_news)
    logging.getLogger(SUBSCRIBERS).addFilter(_tells_class_alone)
