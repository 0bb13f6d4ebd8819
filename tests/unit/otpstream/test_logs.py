"""Our log: one line a happening on standard error, and nothing of what the libraries would tell of keys and values."""

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


def test_configured_twice_is_configured_once(capsys: pytest.CaptureFixture[str]) -> None:
    """A happening is one line, however often the log was set up."""
    logs.configure("INFO")
    logs.configure("INFO")
    logging.getLogger("otpstream.test").info("once")
    assert capsys.readouterr().err.count("once") == 1
