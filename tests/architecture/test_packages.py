"""What the import rules cannot say of the five packages."""

import ast
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from faststream import AckPolicy
from prometheus_client import CollectorRegistry

from otpstream.control.feed import Feed, messages_router
from schemas.events import Message
from schemas.topics import CODES, MESSAGES
from sinks.codes import codes_router
from sinks.metrics import DeliverMetrics
from tests.architecture.sources import PACKAGES, ROOT, modules, name_of, tree
from tests.builders import NOON

LINES_LIMIT = 400
VAGUE = {"utils", "util", "common", "core", "helpers", "helper", "manager", "managers", "misc", "base", "shared"}
PURE = [path for path in modules() if path.parent.name in ("schemas", "processors", "extract")]
"""`schemas`, and the logic of the processors; the engine is in `processors/stage`."""
NAMED = {"group_id", "ack_policy", "auto_offset_reset"}


@pytest.mark.parametrize("package", PACKAGES)
def test_packages_are_typed(package: str) -> None:
    """Whoever imports us gets our types."""
    assert (ROOT / package / "py.typed").is_file()


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_modules_stay_small(path: Path) -> None:
    """A module is read in one go: longer than 400 lines it holds more than one thing."""
    assert len(path.read_text().splitlines()) <= LINES_LIMIT


def test_names_say_what_a_module_is() -> None:
    """No module is named for holding what fitted nowhere else."""
    parts = {part.removesuffix(".py") for path in modules() for part in path.relative_to(ROOT).parts}
    assert parts & VAGUE == set()


def test_modules_say_what_they_are_for() -> None:
    """Each module that holds more than an import and a call begins with a sentence."""
    silent = [name_of(path) for path in modules() if len(tree(path).body) > 2 and not ast.get_docstring(tree(path))]
    assert silent == []


def test_every_subscriber_names_what_would_lose_data() -> None:
    """The defaults acknowledge first and skip what was written before: each subscriber decides, in the open."""
    calls = [
        (name_of(path), node)
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "subscriber"
    ]
    assert calls
    assert [place for place, call in calls if not {word.arg for word in call.keywords} >= NAMED] == []


async def nobody(_: Sequence[Message]) -> None:
    """Take nothing in."""


ROUTERS = {
    (CODES.name, "otpstream.deliver"): codes_router(
        deliverer=None, metrics=DeliverMetrics(CollectorRegistry()), clock=lambda: NOON
    ),
    (MESSAGES.name, "otpstream.control"): messages_router(Feed(nobody, registry=CollectorRegistry())),
}


@pytest.mark.parametrize("reads", ROUTERS, ids=" ".join)
def test_a_subscriber_loses_nothing(reads: tuple[str, str]) -> None:
    """As it stands on the broker: its own group, committed after the work, from the beginning, committed records only."""
    subscriber: Any
    [subscriber] = ROUTERS[reads].subscribers

    assert (*subscriber.topic_names, subscriber.group_id) == reads
    assert subscriber.ack_policy is AckPolicy.NACK_ON_ERROR
    reader = subscriber._connection_args
    assert reader["auto_offset_reset"] == "earliest"
    assert reader["isolation_level"] == "read_committed"
    assert reader["enable_auto_commit"] is False


@pytest.mark.parametrize("path", PURE, ids=name_of)
def test_pure_modules_read_no_clock_and_no_chance(path: Path) -> None:
    """In `schemas` and in the logic of the processors time is handed in, so that tests and restarts see the same."""
    called = {
        f"{node.func.value.id}.{node.func.attr}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)
    }
    assert (
        called & {"datetime.now", "datetime.utcnow", "time.time", "time.monotonic", "uuid.uuid4", "random.random"}
        == set()
    )
    imported = {
        name.name
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }
    assert imported & {"random", "uuid4", "secrets", "socket", "subprocess", "os"} == set()
