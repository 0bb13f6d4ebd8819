"""Logging to standard error: one line a happening, UTC times, the libraries' chatter kept down."""

import logging
import sys
import time

_QUIET = {
    # At DEBUG these hold keys, values or URLs, which hold codes and keys: they stay above it whatever the level.
    "aiokafka": logging.WARNING,
    "aiosqlite": logging.WARNING,
    "alembic": logging.WARNING,
    "faststream": logging.ERROR,
    "httpcore": logging.WARNING,
    "httpx": logging.WARNING,
    "librdkafka": logging.ERROR,
    "sqlalchemy": logging.WARNING,
    "uvicorn": logging.WARNING,
}


def configure(level: str) -> None:
    """Write our own log at a level, and the libraries' where it matters."""
    handler = logging.StreamHandler(sys.stderr)
    formatter = logging.Formatter("%(asctime)s.%(msecs)03dZ %(levelname)-7s %(name)s  %(message)s", "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name, quiet in _QUIET.items():
        logging.getLogger(name).setLevel(quiet)
