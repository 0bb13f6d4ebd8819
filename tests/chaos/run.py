"""One run: topics, load, faults and reader together, then the verdict."""

import random
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from confluent_kafka import Consumer, KafkaException, TopicPartition

from ops.kafka.cluster import Cluster
from otpstream import topics_admin
from otpstream.engine_thread import GROUP
from schemas.topics import RENTALS, SMS
from tests.chaos.faults import Event, conduct, kill_brokers, kill_on_sight
from tests.chaos.ledger import Ledger
from tests.chaos.load import Load
from tests.chaos.reader import Reader
from tests.chaos.report import Result
from tests.chaos.traffic import Traffic, TrafficSettings
from tests.chaos.workers import Workers

WINDOW_SECONDS = 24 * 3600
_REPLICAS_MAXIMUM = 3
_SETTLE_PAUSE_SECONDS = 0.5
_STUCK_SECONDS = 90.0
"""Without a step of the workers' offsets for so long they are stuck: several failovers fit in."""
_DRAIN_SECONDS = 60.0
_REQUEST_SECONDS = 10.0


@dataclass(frozen=True, kw_only=True)
class Options:
    """One run.

    Attributes:
        seed: decides traffic and faults.
        messages: unique messages.
        seconds: over how long they are sent.
        events: what is done to the workers, the starts included.
        broker_kills: how many brokers are killed, one after the other.
        sight_kills: how often at most the worker of slot 0 is killed on sight of its work, until something is doubled.
        guarantee: exactly_once or at_least_once.
        traffic: what the load is made of.
        worker_settings: environment variables of the workers.
        logs: where the workers log to, an existing directory; a temporary one if None.
    """

    seed: int
    messages: int
    seconds: float
    events: Sequence[Event]
    broker_kills: int = 0
    sight_kills: int = 0
    guarantee: str = "exactly_once"
    traffic: TrafficSettings = field(default_factory=TrafficSettings)
    worker_settings: Mapping[str, str] = field(default_factory=dict)
    logs: Path | None = None


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Where a run stands."""

    seconds: float
    sent: int
    arrived: int
    done: Mapping[str, int]
    longest_stall_seconds: float


def create_topics(cluster: Cluster) -> None:
    """Create the topics as production has them, on a cluster that has none."""
    topics_admin.create(
        {"bootstrap.servers": cluster.bootstrap_servers, "log_level": 2},
        replication_factor=min(cluster.brokers, _REPLICAS_MAXIMUM),
        window_seconds=WINDOW_SECONDS,
    )


def run(cluster: Cluster, options: Options, *, told: Callable[[Progress], None] = lambda _: None) -> Result:
    """Run the load and the faults to their end, and hold the outputs to what was sent.

    Args:
        cluster: started, without our topics.
        options: the run.
        told: is shown the progress, several times a second.

    Raises:
        LoadError: the load itself failed.
        WorkerError: a worker ended by itself.
    """
    create_topics(cluster)
    with tempfile.TemporaryDirectory(prefix="otpstream-chaos-") as temporary:
        settings = {"PROCESS_GUARANTEE": options.guarantee, **options.worker_settings}
        logs = options.logs or Path(temporary)
        with closing(Workers(cluster.bootstrap_servers, logs, settings=settings)) as workers:
            return _Run(cluster, options, workers).result(told)


class _Run:
    """The parts of one run, a thread each."""

    def __init__(self, cluster: Cluster, options: Options, workers: Workers) -> None:
        self._cluster = cluster
        self._options = options
        self._workers = workers
        self._done: Counter[str] = Counter()
        self._stop = threading.Event()
        self._read_enough = threading.Event()
        self._ledger = Ledger()
        self._reader = Reader(cluster.bootstrap_servers, self._ledger)
        self._started = time.monotonic()

    def result(self, told: Callable[[Progress], None]) -> Result:
        with ThreadPoolExecutor(thread_name_prefix="chaos") as threads:
            reading = threads.submit(self._reader.run, self._read_enough.is_set)
            try:
                self._watch([*self._submit(threads)], reading, told)
                settled = self._settle(told)
                duration = time.monotonic() - self._started
            finally:
                self._stop.set()
                self._read_enough.set()
            reading.result()
        settled = self._reader.drain(timeout_seconds=_DRAIN_SECONDS) and settled
        self._reader.close()
        return self._told(duration=duration, settled=settled)

    def _submit(self, threads: ThreadPoolExecutor) -> list[Future[None]]:
        options, stopped = self._options, self._stop.is_set
        draw = random.Random(options.seed)
        load = Load(
            self._cluster.bootstrap_servers,
            Traffic(options.traffic, random.Random(draw.random())),
            self._ledger,
            count=options.messages,
            rate_per_second=options.messages / options.seconds,
        )
        parts = [
            threads.submit(load.run, stopped),
            threads.submit(conduct, options.events, self._workers, done=self._done, stopped=stopped),
        ]
        if options.sight_kills:
            parts.append(
                threads.submit(
                    kill_on_sight,
                    self._ledger,
                    self._workers,
                    "0",
                    kills=options.sight_kills,
                    seconds=options.seconds,
                    done=self._done,
                    stopped=stopped,
                )
            )
        if options.broker_kills:
            parts.append(
                threads.submit(
                    kill_brokers,
                    random.Random(draw.random()),
                    self._cluster,
                    kills=options.broker_kills,
                    seconds=options.seconds,
                    done=self._done,
                    stopped=stopped,
                )
            )
        return parts

    def _watch(self, parts: list[Future[None]], reading: Future[None], told: Callable[[Progress], None]) -> None:
        while True:
            ended, going = wait([*parts, reading], _SETTLE_PAUSE_SECONDS, return_when=FIRST_EXCEPTION)
            for one in ended:
                one.result()
            self._workers.check()
            told(self._progress())
            if going <= {reading}:
                return

    def _settle(self, told: Callable[[Progress], None]) -> bool:
        """Wait until the workers have committed everything that was sent; False when they are stuck."""
        group = Consumer({"bootstrap.servers": self._cluster.bootstrap_servers, "group.id": GROUP, "log_level": 2})
        with closing(group):
            moved, behind = time.monotonic(), -1
            while time.monotonic() - moved < _STUCK_SECONDS:
                before, behind = behind, _behind(group)
                if behind == 0:
                    return True
                moved = time.monotonic() if behind != before else moved
                self._workers.check()
                told(self._progress())
                time.sleep(_SETTLE_PAUSE_SECONDS)
        return False

    def _progress(self) -> Progress:
        return Progress(
            seconds=time.monotonic() - self._started,
            sent=self._ledger.sent,
            arrived=self._ledger.arrived,
            done=dict(self._done),
            longest_stall_seconds=self._reader.pace.longest_stall,
        )

    def _told(self, *, duration: float, settled: bool) -> Result:
        return Result(
            seed=self._options.seed,
            guarantee=self._options.guarantee,
            messages=self._ledger.sent,
            revised=self._ledger.revised,
            poison=self._ledger.poison_sent,
            worker_kills=self._done["kill"],
            worker_freezes=self._done["freeze"],
            broker_kills=self._done["broker"],
            longest_stall_seconds=self._reader.pace.longest_stall,
            slowest_seconds=self._reader.pace.slowest,
            duration_seconds=duration,
            settled=settled,
            verdict=self._ledger.verdict(),
            tracebacks=tuple(self._workers.tracebacks()),
        )


def _behind(group: Consumer) -> int:
    """Return how many input records the workers have not committed; -1 while Kafka does not say."""
    try:
        topics = group.list_topics(timeout=_REQUEST_SECONDS).topics
        inputs = [TopicPartition(name, one) for name in (SMS.name, RENTALS.name) for one in topics[name].partitions]
        committed = group.committed(inputs, timeout=_REQUEST_SECONDS)
        ends = [group.get_watermark_offsets(one, timeout=_REQUEST_SECONDS)[1] for one in inputs]
    except KafkaException:
        return -1
    return sum(end - max(0, one.offset) for one, end in zip(committed, ends, strict=True))
