"""Keys, idempotency and money in the store, on both databases."""

import asyncio
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncEngine

from otpstream.control.store import idempotency, keys, spending
from otpstream.control.store.columns import Amount, Moment
from otpstream.control.store.idempotency import Answer
from tests.unit.control.fakes import DAY, START

LATER = START + timedelta(seconds=60)


async def made(engine: AsyncEngine, client: str = "acme") -> str:
    async with engine.begin() as connection:
        return await keys.create_key(connection, client=client, scopes=["rentals:read"], label="test", now=START)


async def client_of(engine: AsyncEngine, key: str) -> keys.Client | None:
    async with engine.begin() as connection:
        return await keys.client_of(connection, key)


async def test_a_key_tells_its_client(engine: AsyncEngine) -> None:
    """Two keys of one client work side by side, so that one can be rotated; the limits are the client's."""
    first, second = await made(engine), await made(engine)
    async with engine.begin() as connection:
        await keys.limit_client(connection, "acme", spend_cap=Decimal("12.34"), margin_percent=Decimal("7.5"))
    for key in (first, second):
        client = await client_of(engine, key)
        assert client is not None
        assert (client.name, client.spend_cap, client.margin_percent) == ("acme", Decimal("12.34"), Decimal("7.5"))
        assert client.may("rentals:read")
        assert not client.may("rentals:write")


async def test_only_the_whole_key_opens(engine: AsyncEngine) -> None:
    """Neither another secret, nor another id, nor half of it, nor nothing."""
    key, other = await made(engine), await made(engine, "other")
    mixed = "_".join([*key.split("_", 2)[:2], other.split("_", 2)[2]])
    for wrong in (mixed, key[:-1], key + "a", "", "otp_", key.upper()):
        assert await client_of(engine, wrong) is None


async def test_a_revoked_key_opens_nothing(engine: AsyncEngine) -> None:
    """At once, and for good; the client's other key goes on."""
    key, other = await made(engine), await made(engine)
    key_id = key.split("_")[1]
    async with engine.begin() as connection:
        assert await keys.revoke_key(connection, key_id, now=START)
        assert not await keys.revoke_key(connection, key_id, now=START)
        [listed] = [entry for entry in await keys.list_keys(connection) if entry.key_id == key_id]
    assert listed.revoked_at == START
    assert await client_of(engine, key) is None
    assert await client_of(engine, other) is not None


async def test_the_store_holds_no_key(engine: AsyncEngine) -> None:
    """Whoever reads the database cannot call."""
    secret = (await made(engine)).split("_", 2)[2]
    async with engine.begin() as connection:
        assert secret not in str((await connection.execute(select(keys.api_keys))).all())


async def take(engine: AsyncEngine, request_hash: str = "h", *, now: object = START) -> object:
    async with engine.begin() as connection:
        return await idempotency.take(
            connection,
            client="acme",
            key="k",
            request_hash=request_hash,
            until=LATER,
            now=now,  # type: ignore[arg-type]
        )


async def test_one_of_many_requests_under_a_key_is_carried_out(engine: AsyncEngine) -> None:
    """Also when they come at the same moment."""
    taken = await asyncio.gather(*(take(engine) for _ in range(8)))
    assert sorted(map(str, taken)) == ["taken"] + ["under_way"] * 7


async def test_a_key_keeps_its_first_answer(engine: AsyncEngine) -> None:
    """Whoever comes later gets it; another request under the key never does."""
    await take(engine)
    async with engine.begin() as connection:
        for body in (b"first", b"second"):
            await idempotency.keep(connection, client="acme", key="k", answer=Answer(201, "application/json", body))
    assert await take(engine) == Answer(201, "application/json", b"first")
    assert await take(engine, "another") == "other_request"


async def test_a_request_whose_process_died_may_be_made_again(engine: AsyncEngine) -> None:
    """Once its time is up, by one; a key that was let go is free at once."""
    await take(engine)
    assert await take(engine, now=LATER - timedelta(seconds=1)) == "under_way"
    assert await take(engine, now=LATER) == "taken"
    async with engine.begin() as connection:
        await idempotency.let_go(connection, client="acme", key="k")
    assert await take(engine) == "taken"


async def test_old_keys_are_forgotten(engine: AsyncEngine) -> None:
    """After that they may be used again."""
    await take(engine)
    async with engine.begin() as connection:
        await idempotency.forget(connection, before=LATER)
    assert await take(engine, "another") == "taken"


async def test_reservations_at_the_same_moment_never_pass_the_cap(engine: AsyncEngine) -> None:
    """Each counts before the next one is asked for."""

    async def reserve() -> bool:
        async with engine.begin() as connection:
            return await spending.reserve(connection, "acme", DAY, Decimal("0.30"), cap=Decimal(1))

    assert sum(await asyncio.gather(*(reserve() for _ in range(10)))) == 3


async def test_what_was_reserved_is_settled_to_the_millionth(engine: AsyncEngine) -> None:
    """No amount is lost in a sum, and a refund frees the cap."""
    async with engine.begin() as connection:
        for _ in range(3):
            assert await spending.reserve(connection, "acme", DAY, Decimal("0.1"), cap=Decimal("0.3"))
        assert not await spending.reserve(connection, "acme", DAY, Decimal("0.000001"), cap=Decimal("0.3"))
        await spending.settle(connection, "acme", DAY, reserved=Decimal("0.1"), spent=Decimal("0.099999"))
        assert await spending.reserve(connection, "acme", DAY, Decimal("0.000001"), cap=Decimal("0.3"))
        await spending.give_back(connection, "acme", DAY, Decimal("0.05"))
        assert await spending.of_day(connection, "acme", DAY) == (
            Decimal("0.200001"),
            Decimal("0.099999"),
            Decimal("0.05"),
        )


@given(st.decimals(min_value=0, max_value=10**9, places=6))
def test_amounts_come_back_as_they_went_in(amount: Decimal) -> None:
    """To the millionth."""
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    assert Amount().process_result_value(Amount().process_bind_param(amount, dialect), dialect) == amount


def test_a_time_without_a_zone_is_refused() -> None:
    """It could mean any of a day's hours."""
    with pytest.raises(ValueError, match="time zone"):
        Moment().process_bind_param(START.replace(tzinfo=None), postgresql.dialect())  # type: ignore[no-untyped-call]


async def test_the_client_nearest_to_its_cap_is_known(engine: AsyncEngine) -> None:
    """Its own cap or that of the settings; no cap, a cap of nought, another day and what is nobody's do not count."""
    for client, own_cap in (("acme", Decimal(10)), ("rich", Decimal(1000)), ("none", Decimal(0))):
        await made(engine, client)
        async with engine.begin() as connection:
            await keys.limit_client(connection, client, spend_cap=own_cap)
    async with engine.begin() as connection:
        assert await spending.highest_share(connection, DAY, cap=Decimal(8)) == 0
        for client in ("acme", "rich", "none", "default"):
            await spending.reserve(connection, client, DAY, Decimal(6), cap=None)
        await spending.settle(connection, "acme", DAY, reserved=Decimal(2), spent=Decimal(3))
        await spending.give_back(connection, "acme", DAY, Decimal(1))
        await spending.reserve(connection, "acme", DAY + timedelta(days=1), Decimal(10), cap=None)
        await spending.reserve(connection, spending.NOBODY, DAY, Decimal(8), cap=None)

        assert await spending.highest_share(connection, DAY, cap=None) == 0.6
        assert await spending.highest_share(connection, DAY, cap=Decimal(8)) == 0.75
