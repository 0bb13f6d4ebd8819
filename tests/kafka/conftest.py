"""A real Apache Kafka for the tests: one broker, or three, started when first used and shared by the session."""

import os
from collections.abc import Iterator

import pytest

from ops.kafka.cluster import Cluster
from ops.kafka.distribution import MissingToolError


@pytest.fixture(scope="session")
def kafka() -> Iterator[Cluster]:
    """One broker."""
    yield from _serve(brokers=1)


@pytest.fixture(scope="session")
def kafka_cluster() -> Iterator[Cluster]:
    """Three brokers; a test that kills one restarts it before it ends."""
    yield from _serve(brokers=3)


@pytest.fixture
def empty_kafka() -> Iterator[Cluster]:
    """One broker of the test's own: without topics, so that it may create the product's."""
    yield from _serve(brokers=1)


def _serve(*, brokers: int) -> Iterator[Cluster]:
    cluster = Cluster(brokers)
    try:
        cluster.start()
    except MissingToolError as missing:
        # Where these tests count, a skip would pass for a success.
        if os.environ.get("CI"):
            pytest.fail(str(missing), pytrace=False)
        pytest.skip(str(missing))
    try:
        yield cluster
    finally:
        cluster.stop()
