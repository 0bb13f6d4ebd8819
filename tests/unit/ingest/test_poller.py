"""The poller against a simulated provider in virtual time: nothing lost, nothing doubled, nobody released by a fault."""

import asyncio
import json
import logging
import random
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prometheus_client import CollectorRegistry

from ingest.app import pollers
from ingest.metrics import IngestMetrics
from ingest.poller import Poller
from ingest.providers.registry import build
from ingest.providers.settings import ProvidersSettings
from ingest.publisher import BrokerAway, Publisher
from schemas.cloudevents import rfc3339
from schemas.rentals import RentalState
from schemas.topics import RENTALS, RENTALS_DEAD, SMS, SMS_DEAD
from tests.unit.ingest import virtual_time
from tests.unit.ingest.fakes import FlakyPublisher, RecordingPublisher

KEY = "key-that-must-not-show"
START = virtual_time.START

Fault = httpx.Response | Exception | None


class Provider:
    """Text2FA's two polled calls, with a script of faults."""

    def __init__(self, *number_ids: str) -> None:
        self.number_ids = list(number_ids)
        self.messages: dict[str, list[dict[str, Any]]] = {}
        self.fault: Callable[[str], Fault] = lambda _path: None
        self.asked: list[tuple[float, str]] = []

    def receive(self, number_id: str, text: str, *, at: datetime) -> None:
        """Take in an SMS, as if a telephone had sent it."""
        item = {"from": "Bank", "message": text, "received_at": rfc3339(at.replace(microsecond=0))}
        self.messages.setdefault(number_id, []).append(item)

    def respond(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        self.asked.append((asyncio.get_running_loop().time(), path))
        fault = self.fault(path)
        if isinstance(fault, Exception):
            raise fault
        if fault is not None:
            return fault
        if path == "/v1/numbers":
            return httpx.Response(200, json=[self._number(number_id) for number_id in self.number_ids])
        number_id = path.split("/")[3]
        return httpx.Response(200, content=json.dumps(self.messages.get(number_id, [])))

    @staticmethod
    def _number(number_id: str) -> dict[str, Any]:
        return {"id": number_id, "number": f"+1555{int(number_id):07d}", "type": "non-voip", "country": "US"}

    def messages_asked(self, number_id: str) -> list[float]:
        return [at for at, path in self.asked if path == f"/v1/numbers/{number_id}/messages"]


def text2fa_poller(
    http: httpx.AsyncClient,
    publisher: Publisher,
    registry: CollectorRegistry,
    settings: dict[str, Any],
    **wiring: Any,
) -> Poller:
    """Build the poller of one account as the stage does."""
    account = {"api_keys": KEY, "requests_per_second": 1000, **settings}
    providers = build(ProvidersSettings.model_validate({"text2fa": [account]}), http, virtual_time.clock, asyncio.sleep)
    (poller,) = pollers(
        providers.polled,
        publisher=publisher,
        metrics=IngestMetrics(registry),
        clock=virtual_time.clock,
        sleep=asyncio.sleep,
        **wiring,
    )
    return poller


class World:
    """A provider, a publisher and a poller between them, for some virtual seconds."""

    def __init__(self, provider: Provider, publisher: RecordingPublisher | None = None, **values: Any) -> None:
        self.provider = provider
        self.publisher = publisher or RecordingPublisher()
        self.registry = CollectorRegistry()
        self.known: Iterable[RentalState] = ()
        self.managed: Callable[[str], bool] = lambda _line: False
        self.respond: Callable[[httpx.Request], Any] = provider.respond
        self.events: list[tuple[float, Callable[[], None]]] = []
        self._settings = values

    def at(self, second: float, happens: Callable[[], None]) -> None:
        """Let something happen at a virtual second."""
        self.events.append((second, happens))

    def run(self, seconds: float) -> "World":
        virtual_time.run(self._run(seconds))
        return self

    async def _run(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        for second, happens in self.events:
            loop.call_at(second, happens)
        async with httpx.AsyncClient(transport=httpx.MockTransport(self.respond)) as http:
            polling = text2fa_poller(
                http, self.publisher, self.registry, self._settings, known=lambda: self.known, managed=self.managed
            )
            task = asyncio.create_task(polling.run())
            await asyncio.sleep(seconds)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        assert asyncio.all_tasks() == {asyncio.current_task()}

    @property
    def texts(self) -> list[str]:
        return [sms.text for sms in self.publisher.sms]

    @property
    def states(self) -> list[tuple[str, str]]:
        return [(rental.line, rental.state) for rental in self.publisher.rentals]

    def sample(self, name: str, **labels: str) -> float | None:
        return self.registry.get_sample_value(name, {"provider": "text2fa", **labels})


def test_a_polled_message_is_published_once_with_its_number() -> None:
    """However often the list is fetched, a message goes out once, keyed by its line, with phone and headers."""
    provider = Provider("12345")
    provider.receive("12345", "code 1", at=START)

    world = World(provider).run(600)

    (sms,), (record,) = world.publisher.sms, world.publisher.of(SMS.name)
    assert len(provider.messages_asked("12345")) > 10
    assert (sms.line, sms.path, sms.phone, sms.text) == ("text2fa:12345", "poll", "+15550012345", "code 1")
    assert record.key == b"text2fa:12345"
    assert dict(record.headers)["ce_source"] == b"/otpstream/ingest/poll/text2fa"
    assert dict(record.headers)["ce_id"] == sms.sms_id.encode()
    assert world.sample("otp_ingest_messages_total", path="poll") == 1


def test_messages_older_than_the_lookback_stay_where_they_are() -> None:
    """A first start does not bring the codes of last week."""
    provider = Provider("1")
    provider.receive("1", "old", at=START - timedelta(seconds=3601))
    provider.receive("1", "young", at=START - timedelta(seconds=3500))

    assert World(provider, poll_lookback_seconds=3600).run(60).texts == ["young"]


def test_rentals_are_published_at_first_sight_on_change_and_when_they_vanish() -> None:
    """The table of rentals follows the provider's list, and says nothing twice."""
    provider = Provider("1", "2")
    world = World(provider, numbers_interval_seconds=60)
    world.at(100, lambda: provider.number_ids.remove("2"))
    world.at(200, lambda: provider.number_ids.append("3"))

    world.run(600)

    assert world.states == [
        ("text2fa:1", "active"),
        ("text2fa:2", "active"),
        ("text2fa:2", "released"),
        ("text2fa:3", "active"),
    ]
    assert [record.key for record in world.publisher.of(RENTALS.name)] == [line.encode() for line, _ in world.states]
    assert world.publisher.rentals[2].ends_at == START + timedelta(seconds=120)
    assert world.sample("otp_ingest_rentals", account="default", state="active") == 2
    assert world.sample("otp_ingest_rentals", account="default", state="released") == 1


@pytest.mark.parametrize(
    "fault",
    [
        httpx.Response(500),
        httpx.Response(200, content=b""),
        httpx.Response(200, json={"error": "try later"}),
        httpx.Response(401),
        httpx.Response(404, json=[]),
        httpx.ReadTimeout("slow"),
    ],
    ids=["500", "empty", "no-list", "401", "404", "time-out"],
)
def test_a_list_that_fails_releases_nobody(fault: Fault) -> None:
    """Only a successful reply says that a number is gone."""
    provider = Provider("1", "2")
    world = World(provider)
    world.at(90, lambda: setattr(provider, "fault", lambda path: fault if path == "/v1/numbers" else None))

    assert world.run(900).states == [("text2fa:1", "active"), ("text2fa:2", "active")]


def test_a_list_with_an_unreadable_number_releases_nobody() -> None:
    """The number that is missing may be the one that could not be read."""
    provider = Provider("1", "2")
    world = World(provider)
    spoilt = [Provider._number("1"), {"id": "2", "number": "unknown"}]
    world.at(
        90,
        lambda: setattr(
            provider, "fault", lambda path: httpx.Response(200, json=spoilt) if path == "/v1/numbers" else None
        ),
    )

    world.run(900)

    assert world.states == [("text2fa:1", "active"), ("text2fa:2", "active")]
    assert len(world.publisher.of(RENTALS_DEAD.name)) == 1


def test_an_empty_list_that_succeeds_releases_everyone() -> None:
    """All rentals may end at once."""
    provider = Provider("1", "2")
    world = World(provider)
    world.at(90, provider.number_ids.clear)

    assert sorted(world.run(300).states[2:]) == [("text2fa:1", "released"), ("text2fa:2", "released")]


def test_rentals_of_an_earlier_process_are_released_when_gone_and_not_repeated_when_here() -> None:
    """A number that ended while nobody looked does not stay active for ever."""
    provider = Provider("1", "2")
    earlier = World(provider).run(30)
    provider.number_ids.remove("2")
    later = World(provider)
    later.known = earlier.publisher.rentals

    assert later.run(300).states == [("text2fa:2", "released")]


def test_a_number_that_comes_back_is_active_again_and_repeats_no_message() -> None:
    """A list that flickers doubles nothing."""
    provider = Provider("1")
    provider.receive("1", "code 1", at=START)
    world = World(provider)
    world.at(90, provider.number_ids.clear)
    world.at(200, lambda: provider.number_ids.append("1"))
    world.at(300, lambda: provider.receive("1", "code 2", at=virtual_time.clock()))

    world.run(600)

    assert [state for _, state in world.states] == ["active", "released", "active"]
    assert world.texts == ["code 1", "code 2"]


@pytest.mark.parametrize("outage_seconds", [0, 1800], ids=["at-once", "after-an-outage"])
def test_the_last_messages_of_a_released_number_are_fetched(outage_seconds: float) -> None:
    """What came in the last second, or turns up late, is not lost with the number; and then the provider is left in peace."""
    provider = Provider("1", "2")
    world = World(provider, poll_interval_seconds=10, numbers_interval_seconds=10, poll_overlap_seconds=120)
    world.at(98, lambda: provider.number_ids.remove("2"))
    if outage_seconds:
        world.at(
            99, lambda: setattr(provider, "fault", lambda path: httpx.Response(503) if "messages" in path else None)
        )
        world.at(99 + outage_seconds, lambda: setattr(provider, "fault", lambda _path: None))
    world.at(102, lambda: provider.receive("2", "code 1", at=virtual_time.clock() - timedelta(seconds=5)))
    world.at(190, lambda: provider.receive("2", "code 2", at=virtual_time.clock() - timedelta(seconds=100)))

    world.run(outage_seconds + 1000)

    assert ("text2fa:2", "released") in world.states
    assert sorted(world.texts) == ["code 1", "code 2"]
    asked = provider.messages_asked("2")
    assert max(asked) <= max(outage_seconds + 500, 250)


def test_a_number_released_while_nobody_looked_is_still_read_out() -> None:
    """A process that starts again knows from the table what was released, and asks once more."""
    provider = Provider("1", "2")
    earlier = World(provider).run(30)
    provider.number_ids.remove("2")
    provider.receive("2", "code", at=START)
    later = World(provider, poll_overlap_seconds=0)
    later.known = earlier.publisher.rentals

    assert later.run(300).texts == ["code"]
    assert len(provider.messages_asked("2")) <= len(earlier.provider.messages_asked("1"))


@pytest.mark.parametrize("status", [403, 404])
def test_a_released_number_that_is_refused_costs_only_itself(status: int) -> None:
    """A provider that no longer knows the number, or no longer shows it to us, is not taken for one that is away."""
    provider = Provider("1", "2", "3")
    world = World(provider, poll_interval_seconds=10, poll_overlap_seconds=60)
    world.at(90, lambda: provider.number_ids.remove("1"))
    world.at(130, lambda: setattr(provider, "fault", lambda path: httpx.Response(status) if "/1/" in path else None))

    world.run(900)

    for kept in ("2", "3"):
        asked = provider.messages_asked(kept)
        assert max(after - before for before, after in pairwise(asked)) <= 12
    assert max(provider.messages_asked("1")) < 250


def test_a_number_that_flickers_is_never_forgotten() -> None:
    """Gone and back while it is refused as gone, it is fetched again from the moment that it is back."""
    provider = Provider("1")
    world = World(provider, poll_interval_seconds=10, numbers_interval_seconds=7, poll_overlap_seconds=0)
    for second in range(50, 400, 23):
        world.at(second, provider.number_ids.clear)
        world.at(second + 11, lambda: provider.number_ids.append("1"))
    world.at(450, lambda: provider.receive("1", "code", at=virtual_time.clock()))

    assert world.run(600).texts == ["code"]


def test_a_number_that_comes_back_while_it_is_refused_is_not_forgotten() -> None:
    """The refusal of a number that was gone says nothing of the number that is here again."""

    class Slow(Provider):
        async def respond_in_time(self, request: httpx.Request) -> httpx.Response:
            if request.url.path == "/v1/numbers" or self.number_ids:
                return self.respond(request)
            await asyncio.sleep(8)
            return httpx.Response(404)

    provider = Slow("1")
    world = World(provider, poll_interval_seconds=10, numbers_interval_seconds=5)
    world.respond = provider.respond_in_time
    world.at(92, provider.number_ids.clear)
    world.at(103, lambda: provider.number_ids.append("1"))
    world.at(200, lambda: provider.receive("1", "code", at=virtual_time.clock()))

    assert world.run(600).texts == ["code"]


def test_a_dead_letter_that_is_not_taken_does_not_hold_up_the_messages() -> None:
    """A number in the list that cannot be read, and no place to keep it: the other numbers are polled all the same."""

    class NoDeadLetters(RecordingPublisher):
        async def publish(self, records: Any) -> None:
            if records[0].topic == RENTALS_DEAD.name:
                raise BrokerAway("Kafka: scripted")
            await super().publish(records)

    provider = Provider("1")
    provider.receive("1", "code", at=START)
    spoilt = httpx.Response(200, json=[Provider._number("1"), {"id": "2", "number": "unknown"}])
    provider.fault = lambda path: spoilt if path == "/v1/numbers" else None

    assert World(provider, NoDeadLetters()).run(60).texts == ["code"]


def test_an_unreadable_item_is_kept_once_and_holds_nothing_up() -> None:
    """One bad item in every reply is one dead letter, and the messages around it go on."""
    provider = Provider("1")
    provider.receive("1", "code 1", at=START)
    provider.messages["1"].append({"from": "Bank", "message": "843291"})
    world = World(provider)
    world.at(100, lambda: provider.receive("1", "code 2", at=virtual_time.clock()))

    world.run(600)

    (letter,), (record,) = world.publisher.letters, world.publisher.of(SMS_DEAD.name)
    assert world.texts == ["code 1", "code 2"]
    assert json.loads(letter.value or b"") == {"from": "Bank", "message": "843291"}
    assert (letter.source, letter.detail, letter.key) == ("poll/text2fa", "received_at: missing", b"text2fa:1")
    assert record.key == b"text2fa:1"
    assert world.sample("otp_ingest_dead_total", path="poll") == 1


def test_a_huge_unreadable_item_still_fits_on_the_broker() -> None:
    """What no broker would take must not stop the number for ever."""
    provider = Provider("1")
    provider.messages["1"] = [{"from": "Bank", "message": "x" * 2_000_000, "received_at": rfc3339(START)}]

    (record,) = World(provider).run(60).publisher.of(SMS_DEAD.name)

    assert record.value is not None
    assert len(record.value) < 1_000_000
    assert b"cut to" in record.value


@pytest.mark.parametrize("script", [(True, False), (True, False, False, False)], ids=["once", "for-a-while"])
def test_what_the_broker_did_not_take_is_fetched_again(script: tuple[bool, ...]) -> None:
    """The cursor moves only after the acknowledgement; the first publish is the rental's."""
    provider = Provider("1")
    provider.receive("1", "code 1", at=START)
    provider.messages["1"].append({"odd": 1})

    world = World(provider, FlakyPublisher(*script)).run(600)

    assert world.texts == ["code 1"]
    assert len(world.publisher.letters) == 1
    assert world.sample("otp_ingest_poll_requests_total", result="broker_away") == len(script) - 1


def test_a_rental_that_the_broker_did_not_take_is_published_later() -> None:
    """A state counts as published only once it is acknowledged."""
    assert World(Provider("1"), FlakyPublisher(False, False)).run(600).states == [("text2fa:1", "active")]


@settings(max_examples=50, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    fault_share=st.floats(0, 0.6),
    broker_share=st.floats(0, 0.5),
    numbers=st.integers(1, 5),
)
def test_nothing_is_lost_or_doubled_under_faults(
    seed: int, fault_share: float, broker_share: float, numbers: int
) -> None:
    """Under 5xx, time-outs, odd replies, shuffled lists, late and same-second messages and an absent broker: each message once."""
    chance = random.Random(seed)
    number_ids = [str(number) for number in range(1, numbers + 1)]
    provider = Provider(*number_ids)
    publisher = FlakyPublisher(*(chance.random() >= broker_share for _ in range(20)))
    world = World(provider, publisher, poll_overlap_seconds=120, longest_pause_seconds=30)
    sent = [(chance.randrange(0, 300), chance.choice(number_ids), f"code {index}") for index in range(30)]
    for second, number_id, text in sent:
        received_at = START + timedelta(seconds=second)
        listed_at = second + chance.choice([0, 0, 1, 30])
        world.at(listed_at, lambda n=number_id, t=text, at=received_at: provider.receive(n, t, at=at))  # type: ignore[misc]
    faults: list[Callable[[], Fault]] = [
        lambda: httpx.Response(500),
        lambda: httpx.Response(429, headers={"Retry-After": "7"}),
        lambda: httpx.Response(200, content=b"<html>"),
        lambda: httpx.ReadTimeout("slow"),
        lambda: httpx.ConnectError("refused"),
    ]

    def fault(path: str) -> Fault:
        if path != "/v1/numbers":
            chance.shuffle(provider.messages.get(path.split("/")[3], []))
        now = asyncio.get_running_loop().time()
        return chance.choice(faults)() if now < 300 and chance.random() < fault_share else None

    provider.fault = fault

    # Even if every publish of the script fails, each pause as long as can be, there is time left after them.
    world.run(300 + 20 * 30 + 200)

    assert sorted(world.texts) == sorted(text for _, _, text in sent)
    assert sorted((sms.line, sms.text) for sms in publisher.sms) == sorted(
        (f"text2fa:{number_id}", text) for _, number_id, text in sent
    )
    assert sorted(world.states) == [(f"text2fa:{number_id}", "active") for number_id in number_ids]


@pytest.mark.parametrize("sick", [["2"], ["1", "2", "3", "4", "5"]], ids=["one", "most"])
def test_sick_numbers_do_not_hold_up_the_others(sick: list[str]) -> None:
    """Numbers that always fail cost only themselves, even when they come first and could be taken for the whole provider."""
    provider = Provider("1", "2", "3", "4", "5", "6", "7")
    provider.fault = lambda path: httpx.Response(500) if path.split("/")[3:4] in [[one] for one in sick] else None
    world = World(provider, poll_interval_seconds=10)
    for second in range(0, 300, 10):
        world.at(second, lambda s=second: provider.receive("7", f"code {s}", at=virtual_time.clock()))  # type: ignore[misc]

    world.run(340)

    assert len(world.texts) == 30
    assert max(sms.ingested_at - sms.received_at for sms in world.publisher.sms) <= timedelta(seconds=40)


def test_a_provider_that_is_away_is_asked_less_and_less_and_found_again() -> None:
    """Back-off doubles up to its bound, and the first success ends it."""
    provider = Provider("1", "2", "3", "4")
    world = World(provider, poll_interval_seconds=1, longest_pause_seconds=60)
    world.at(50, lambda: setattr(provider, "fault", lambda _path: httpx.Response(503)))
    world.at(1050, lambda: setattr(provider, "fault", lambda _path: None))
    world.at(1000, lambda: provider.receive("4", "code", at=virtual_time.clock()))

    world.run(1200)

    during = [at for at, path in provider.asked if 200 < at < 1050 and path != "/v1/numbers"]
    after = [at for at, path in provider.asked if 1110 < at < 1190 and path != "/v1/numbers"]
    assert len(during) / 850 < 0.5
    assert len(after) / 80 > 3
    assert world.texts == ["code"]


def test_retry_after_of_the_provider_is_kept_by_all_calls() -> None:
    """Ten minutes of silence are ten minutes, and polling goes on after them."""
    provider = Provider("1", "2")
    world = World(provider)
    world.at(99, lambda: setattr(provider, "fault", lambda _path: httpx.Response(429, headers={"Retry-After": "600"})))
    world.at(130, lambda: setattr(provider, "fault", lambda _path: None))
    world.at(150, lambda: provider.receive("2", "code", at=virtual_time.clock()))

    world.run(900)

    asked = [at for at, _ in provider.asked]
    assert not [at for at in asked if 130 < at < 700]
    assert [at for at in asked if at > 710]
    assert world.texts == ["code"]


def test_requests_are_spread_over_the_interval() -> None:
    """Ten numbers are not asked for all at once."""
    provider = Provider(*(str(number) for number in range(1, 11)))

    World(provider, poll_interval_seconds=10).run(15)

    assert [round(provider.messages_asked(str(number))[0]) for number in range(1, 11)] == list(range(10))


def test_no_more_requests_run_at_once_than_allowed() -> None:
    """The bound holds when the provider is slow."""
    running = most = 0

    async def slow(request: httpx.Request) -> httpx.Response:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(5)
        running -= 1
        items = [Provider._number(str(number)) for number in range(1, 41)] if request.url.path == "/v1/numbers" else []
        return httpx.Response(200, json=items)

    async def main() -> None:
        settings = {"poll_concurrency": 3, "numbers_interval_seconds": 3600}
        async with httpx.AsyncClient(transport=httpx.MockTransport(slow)) as http:
            polling = text2fa_poller(http, RecordingPublisher(), CollectorRegistry(), settings)
            task = asyncio.create_task(polling.run())
            await asyncio.sleep(300)
            task.cancel()

    virtual_time.run(main())
    assert most == 3


def test_a_fault_of_ours_does_not_end_the_poller(caplog: pytest.LogCaptureFixture) -> None:
    """A bug is logged by its place, without what it choked on, and polling goes on."""

    class Buggy(RecordingPublisher):
        async def publish(self, records: Any) -> None:
            if records[0].topic == SMS.name and len(self.records) < 2:
                self.records.append(records[0]._replace(topic="trace"))
                raise KeyError(records[0].value)
            await super().publish(records)

    provider = Provider("1")
    provider.receive("1", "code 843291", at=START)
    world = World(provider, Buggy()).run(600)

    assert world.texts == ["code 843291"]
    assert "843291" not in caplog.text
    assert "KeyError at test_poller.py" in caplog.text
    assert world.sample("otp_ingest_poll_requests_total", result="bug") == 1


def test_nothing_secret_is_logged_while_everything_fails(caplog: pytest.LogCaptureFixture) -> None:
    """Neither the key, nor a text, nor a phone number is in any log line of ours, at any level."""
    caplog.set_level(logging.DEBUG, logger="ingest")
    provider = Provider("1", "2", "3")
    provider.receive("1", "code 843291", at=START)
    faults = [httpx.Response(500, text=KEY), httpx.Response(401, text=KEY), httpx.Response(200, text="<843291>")]
    chance = random.Random(7)
    provider.fault = lambda _path: chance.choice([*faults, None, None])

    world = World(provider, FlakyPublisher(*[True, False] * 10), longest_pause_seconds=20).run(3600)

    lines = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("ingest"))
    assert "401" in lines
    assert "not JSON" in lines
    assert world.texts == ["code 843291"]
    assert not [secret for secret in (KEY, "843291", "5550000001") if secret in caplog.text]


def test_the_last_success_is_told_as_a_time() -> None:
    """An alert can see that polling stopped."""
    provider = Provider("1")
    world = World(provider)
    world.at(300, lambda: setattr(provider, "fault", lambda _path: httpx.Response(500)))

    world.run(900)

    told = world.sample("otp_ingest_poll_last_success_timestamp_seconds", account="default")
    assert told is not None
    assert 280 <= told - START.timestamp() <= 300


def _rental(number_id: str, *, at: float = 0, **changes: Any) -> RentalState:
    """Make a state of a number as another writer publishes it at a virtual second."""
    fields = {
        "rental_id": "rent-1",
        "provider": "text2fa",
        "line": f"text2fa:{number_id}",
        "phone": f"+1555{int(number_id):07d}",
        "state": "active",
        "updated_at": START + timedelta(seconds=at),
    }
    return RentalState.model_validate(fields | changes)


def test_a_managed_number_is_fetched_and_nothing_is_said_of_its_rental() -> None:
    """Listed, gone and back: the control plane speaks of it, and a look at a list undoes nothing."""
    provider = Provider("1", "2")
    world = World(provider, poll_interval_seconds=10, numbers_interval_seconds=20)
    world.managed = lambda line: line == "text2fa:1"
    provider.receive("1", "code 1", at=START)
    world.at(100, provider.number_ids.clear)
    world.at(200, lambda: provider.number_ids.append("1"))
    world.at(250, lambda: provider.receive("1", "code 2", at=virtual_time.clock()))

    world.run(400)

    assert world.states == [("text2fa:2", "active"), ("text2fa:2", "released")]
    assert world.texts == ["code 1", "code 2"]


@pytest.mark.parametrize("managed", [True, False], ids=["control-plane", "webhook"])
def test_a_number_that_others_tell_of_is_fetched_before_it_is_listed(managed: bool) -> None:
    """A one-time number lives for minutes: whoever learns of it first, its SMS is fetched from the next round on."""
    provider = Provider()
    world = World(provider, poll_interval_seconds=10, numbers_interval_seconds=3600)
    world.managed = lambda _line: managed
    world.at(100, lambda: setattr(world, "known", [_rental("7", at=100), _rental("8", at=100, account="other")]))
    world.at(101, lambda: provider.receive("7", "code", at=virtual_time.clock()))

    world.run(200)

    assert world.texts == ["code"]
    assert world.publisher.sms[0].ingested_at <= START + timedelta(seconds=122)
    assert provider.messages_asked("8") == []


def test_a_rental_that_has_ended_by_a_webhook_is_not_released_by_the_list() -> None:
    """Expired stays expired when the number vanishes from the list."""
    provider = Provider("1")
    world = World(provider, numbers_interval_seconds=60)
    ended = _rental("1", at=90, rental_id="text2fa:1", state="expired", ends_at=START + timedelta(seconds=90))
    world.at(90, lambda: setattr(world, "known", [ended]))
    world.at(90, provider.number_ids.clear)

    assert world.run(600).states == [("text2fa:1", "active")]


def test_a_rental_that_begins_while_the_list_is_on_its_way_is_not_released() -> None:
    """The list was made before it."""
    provider = Provider()
    world = World(provider, numbers_interval_seconds=60)
    listing = provider.respond

    async def slowly(request: httpx.Request) -> httpx.Response:
        reply = listing(request)
        if request.url.path == "/v1/numbers":
            await asyncio.sleep(5)
        return reply

    world.respond = slowly
    world.at(66, lambda: setattr(world, "known", [_rental("1", at=66, rental_id="text2fa:1")]))
    world.at(66, lambda: provider.number_ids.append("1"))

    assert "released" not in [state for _, state in world.run(300).states]


def test_a_number_with_its_code_is_still_a_live_one() -> None:
    """More messages may come, and a refusal of it counts as a fault."""
    provider = Provider("1")
    world = World(provider, poll_overlap_seconds=0)
    world.known = [_rental("1", rental_id="text2fa:1", state="code_received", country="US")]
    world.at(300, lambda: provider.receive("1", "second code", at=virtual_time.clock()))
    world.at(400, provider.number_ids.clear)

    world.run(600)

    assert world.texts == ["second code"]
    assert world.states == [("text2fa:1", "released")]


def test_what_ended_long_ago_is_not_fetched_for_ever() -> None:
    """The table tells it again and again."""
    provider = Provider()
    world = World(provider, poll_interval_seconds=10, numbers_interval_seconds=60, poll_lookback_seconds=600)
    world.known = [_rental("1", state="released")]

    world.run(7200)

    assert provider.messages_asked("1")
    assert max(provider.messages_asked("1")) < 960
