"""How long one SMS takes from its producer through the hop to a reader of codes, next to no hop at all, at several rates.

Sender, engine and reader are processes of their own, on one clock. The rate is held by a timetable, so that a slow moment is not
forgiven by sending less; the time of an SMS is its `ingested_at`, which its code carries on.
"""

import random
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.synchronize import Event
from statistics import quantiles

from confluent_kafka import Consumer, Producer, TopicPartition
from prometheus_client import CollectorRegistry

from bench import broker, traffic
from bench.processes import BenchError, Worker, spawning
from bench.stage import SEED, settings
from ingest.records import sms_record
from processors.metrics import ProcessMetrics
from processors.pipeline import Pipeline, PipelineSettings
from processors.stage import Engine
from schemas.events import Code, SmsReceived
from schemas.topics import CODES, SMS

WARM_UP_SECONDS = 10.0
"""At the beginning of each run, and not counted: connections, caches, Java's compiler."""
_READY_SECONDS = 60.0
_STRAGGLERS_SECONDS = 2.0
"""How long the reader waits for more after the last was sent."""


@dataclass(frozen=True, kw_only=True)
class Latency:
    """One run at one rate."""

    rate_per_second: int
    hop: bool
    sent: int
    read: int
    p50_milliseconds: float
    p99_milliseconds: float


def measure(*, rates: list[int], seconds: float) -> list[Latency]:
    """Measure each rate without the hop and with it, in turn."""
    with broker.kafka() as servers:
        broker.fill_rentals(servers)
        # A broker of a few seconds' age is slow until Java has compiled what serves it; one in production was compiled long ago.
        _run(servers, rate=max(rates), seconds=seconds, group="bench.warm-up")
        broker.empty(servers, SMS.name, CODES.name)
        runs = []
        for number, rate in enumerate(rates):
            for hop in (False, True):
                runs.append(_run(servers, rate=rate, seconds=seconds, group=f"bench.latency-{number}" if hop else None))
                broker.empty(servers, SMS.name, CODES.name)
    return runs


def _run(servers: str, *, rate: int, seconds: float, group: str | None) -> Latency:
    topic = SMS.name if group is None else CODES.name
    reading, working, over = spawning.Event(), spawning.Event(), spawning.Event()
    with Worker(read, servers, topic, reading, over) as reader:
        _await(reading, "reader")
        if group is None:
            sent = _send(servers, rate=rate, seconds=seconds)
        else:
            broker.know_rentals(servers, group=group)
            with Worker(work, servers, group, working, over) as engine:
                _await(working, "engine")
                sent = _send(servers, rate=rate, seconds=seconds)
                over.set()
                engine.result(timeout_seconds=30)
        over.set()
        delays = reader.result(timeout_seconds=30)
    return _latency(delays, sent=sent, rate=rate, hop=group is not None)


def _latency(delays: list[tuple[float, float]], *, sent: int, rate: int, hop: bool) -> Latency:
    if len(delays) < sent:
        raise BenchError(f"of {sent} messages sent at {rate}/s only {len(delays)} came through")
    counted_from = min(sent_at for sent_at, _ in delays) + WARM_UP_SECONDS
    percentiles = quantiles((delay * 1000 for sent_at, delay in delays if sent_at >= counted_from), n=100)
    return Latency(
        rate_per_second=rate,
        hop=hop,
        sent=sent,
        read=len(delays),
        p50_milliseconds=percentiles[49],
        p99_milliseconds=percentiles[98],
    )


def _send(servers: str, *, rate: int, seconds: float) -> int:
    with Worker(send, servers, rate, WARM_UP_SECONDS + seconds) as sender:
        return sender.result(timeout_seconds=seconds + 60)


def _await(event: Event, who: str) -> None:
    if not event.wait(_READY_SECONDS):
        raise BenchError(f"the {who} was not ready within {_READY_SECONDS:.0f} seconds")


def send(bootstrap_servers: str, rate: int, seconds: float) -> int:
    """Send SMS with codes at a steady rate, and return how many."""
    rng = random.Random(SEED)
    producer = Producer(
        {
            **broker.connection(bootstrap_servers),
            "acks": "all",
            "linger.ms": 0,
            "partitioner": "murmur2_random",
            "delivery.report.only.error": True,
        }
    )
    producer.list_topics(SMS.name, timeout=_READY_SECONDS)
    count = int(rate * seconds)
    begun = time.monotonic()
    for number in range(count):
        wait = begun + number / rate - time.monotonic()
        if wait > 0:
            producer.poll(0)
            time.sleep(wait)
        now = datetime.now(UTC)
        sms = traffic.message(rng, received_at=now, ingested_at=now, silent=0.0)
        topic, key, value, headers = sms_record(sms)
        producer.produce(topic, value, key, headers=list(headers))
    producer.flush(_READY_SECONDS)
    return count


def work(bootstrap_servers: str, group: str, ready: Event, over: Event) -> None:
    """Run the engine until told to stop."""
    engine = Engine(Pipeline(PipelineSettings()), settings(bootstrap_servers, group=group), _Ready(ready))

    def stop() -> None:
        over.wait()
        time.sleep(_STRAGGLERS_SECONDS)
        engine.stop()

    threading.Thread(target=stop, daemon=True).start()
    engine.run()


class _Ready(ProcessMetrics):
    """Says when the engine has its partitions."""

    def __init__(self, ready: Event) -> None:
        super().__init__(CollectorRegistry())
        self._ready = ready

    def assigned(self, *, partitions: int, restored_changes: int, seconds: float) -> None:
        super().assigned(partitions=partitions, restored_changes=restored_changes, seconds=seconds)
        if partitions:
            self._ready.set()


def read(bootstrap_servers: str, topic: str, ready: Event, over: Event) -> list[tuple[float, float]]:
    """Read a topic as a subscriber does until told to stop; return when each record was sent, and its delay, both in seconds."""
    consumer = Consumer(
        {
            **broker.connection(bootstrap_servers),
            "group.id": "bench.latency.reader",
            "enable.auto.commit": False,
            "isolation.level": "read_committed",
            "fetch.queue.backoff.ms": 2,
        }
    )
    partitions = consumer.list_topics(topic, timeout=_READY_SECONDS).topics[topic].partitions
    ends = [
        TopicPartition(topic, one, consumer.get_watermark_offsets(TopicPartition(topic, one))[1]) for one in partitions
    ]
    consumer.assign(ends)
    consumer.poll(1.0)
    ready.set()
    came: list[tuple[float, bytes]] = []
    until = float("inf")
    while time.monotonic() < until:
        message = consumer.poll(0.1)
        if message is not None and message.error() is None:
            came.append((time.time(), message.value() or b""))
        if until == float("inf") and over.is_set():
            until = time.monotonic() + _STRAGGLERS_SECONDS
    consumer.close()
    model = SmsReceived if topic == SMS.name else Code
    sent = [(model.decode(value).ingested_at.timestamp(), at) for at, value in came]
    return [(sent_at, at - sent_at) for sent_at, at in sent]
