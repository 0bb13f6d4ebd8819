"""Our log: one line a happening on standard error, and nothing of what the libraries would tell of keys and values."""

import asyncio
import logging
import re

import pytest

from otpstream import logs

TALKATIVE = ["aiokafka", "aiokafka.conn", "faststream", "httpcore.http11", "httpx", "librdkafka", "uvicorn.access"]


def test_a_line_has_a_utc_time(capsys: pytest.CaptureFixture[str]) -> None:
    """Time with milliseconds and a Z, level, name and text; to standard error, so that output can be piped."""
    logs.configure("INFO")
    logging.getLogger("otpstream.test").info("a %s happening", "small")

    out, error = capsys.readouterr()
    assert out == ""
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z INFO    otpstream\.test  a small happening\n", error)


def test_the_level_is_the_least_that_shows(capsys: pytest.CaptureFixture[str]) -> None:
    """Below it nothing is written."""
    logs.configure("WARNING")
    logging.getLogger("otpstream.test").info("unseen")
    logging.getLogger("otpstream.test").warning("seen")
    assert capsys.readouterr().err.endswith("seen\n")


@pytest.mark.parametrize("name", TALKATIVE)
def test_libraries_never_tell_requests_or_records(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever our level, theirs stays above that at which URLs, keys and values show."""
    logs.configure("DEBUG")
    logging.getLogger(name).debug("843291")
    logging.getLogger(name).info("843291")
    assert capsys.readouterr().err == ""


PLACE_TAKEN = [
    "FATAL [otpstream#consumer-3] [thrd:main]: Fatal error: Broker: Static consumer fenced by other consumer with same group.instance.id: "
    "Fatal consumer error: Broker: Static consumer fenced by other consumer with same group.instance.id",
    "TXNERR [otpstream#producer-6] [thrd:main]: Fatal transaction error: Failed to add partitions to transaction: Local: This instance has "
    "been fenced by a newer instance (_FENCED)",
    "TXNERR [otpstream#producer-10] [thrd:main]: Fatal transaction error: Failed to commit offsets to transaction on broker localhost/0: "
    "otp.sms.v1((null))[0](Broker: Producer attempted an operation with an old epoch), otp.sms.v1((null))[1](Bro",
]
FATAL = "FATAL [otpstream#producer-6] [thrd:main]: Fatal error: Broker: Cluster authorization failed: a reason"


def test_a_slot_that_was_taken_is_told_by_the_engine_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """What librdkafka calls fatal when another process takes our place is no crash; every other fatal is told."""
    logs.configure("INFO")
    for line in (*PLACE_TAKEN, FATAL):
        logging.getLogger("librdkafka").critical(line)

    [told] = capsys.readouterr().err.splitlines()
    assert told.endswith(f"CRITICAL librdkafka  {FATAL}")


def test_a_fault_of_a_subscriber_is_one_line_without_its_text(capsys: pytest.CaptureFixture[str]) -> None:
    """The class says what failed; its text and its traceback may quote a code."""
    logs.configure("INFO")
    logging.getLogger(logs.SUBSCRIBERS).error("ValueError: 843291", exc_info=ValueError("843291"))

    [told] = capsys.readouterr().err.splitlines()
    assert told.endswith("ERROR   otpstream.subscribers  reading or committing failed, and is tried again: ValueError")


def test_what_the_end_cuts_off_is_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    """Work that is cancelled comes again with the next start, so nobody is woken by it."""
    logs.configure("INFO")
    logging.getLogger(logs.SUBSCRIBERS).error("CancelledError: ", exc_info=asyncio.CancelledError())

    assert capsys.readouterr().err == ""


def test_configured_twice_is_configured_once(capsys: pytest.CaptureFixture[str]) -> None:
    """A happening is one line, however often the log was set up."""
    logs.configure("INFO")
    logs.configure("INFO")
    logging.getLogger("otpstream.test").info("once")
    assert capsys.readouterr().err.count("once") == 1
