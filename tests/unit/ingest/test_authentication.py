"""Authentication: who may post a webhook, over all methods, both secrets of a rotation, replay and proxies."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.authentication import Refusal, RequestFacts, authenticate_body, authenticate_sender, sender
from ingest.settings import WebhookAuthenticationSettings

NOW = datetime(2026, 1, 15, 12, 0, 0, tzinfo=UTC)
BODY = b'{"number_id":"12345"}'
OLD, NEW, STRANGE = "old-secret", "new-secret", "strange-secret"
TOKEN, OTHER_TOKEN = "token-0123456789-a", "token-0123456789-b"


def _settings(**values: Any) -> WebhookAuthenticationSettings:
    return WebhookAuthenticationSettings.model_validate(values)


class Request(NamedTuple):
    """A request, whole."""

    facts: RequestFacts
    body: bytes


def _request(
    *headers: tuple[str, str], peer: str | None = "203.0.113.9", token: str | None = None, body: bytes = BODY
) -> Request:
    facts = RequestFacts([(name.lower().encode(), value.encode()) for name, value in headers], peer, token)
    return Request(facts, body)


def authenticate(request: Request, settings: WebhookAuthenticationSettings, now: datetime) -> Refusal | None:
    """Check a request as the route does: first what needs no body, then the body."""
    refusal = authenticate_sender(request.facts, settings)
    return refusal or authenticate_body(request.body, request.facts, settings, now)


def _sign(secret: str, content: bytes = BODY, *, algorithm: str = "sha256", encoding: str = "hex") -> str:
    digest = hmac.new(secret.encode(), content, getattr(hashlib, algorithm)).digest()
    return digest.hex() if encoding == "hex" else base64.b64encode(digest).decode()


@pytest.mark.parametrize("algorithm", ["sha256", "sha512", "sha1"])
@pytest.mark.parametrize("encoding", ["hex", "base64"])
@pytest.mark.parametrize("prefix", ["", "sha256="])
def test_a_right_signature_passes_and_any_other_does_not(algorithm: str, encoding: str, prefix: str) -> None:
    """Every way of writing a signature is checked over the exact bytes."""
    settings = _settings(hmac_secrets=NEW, hmac_algorithm=algorithm, hmac_encoding=encoding, hmac_prefix=prefix)
    right = prefix + _sign(NEW, algorithm=algorithm, encoding=encoding)

    assert authenticate(_request(("X-Signature", right)), settings, NOW) is None
    assert authenticate(_request(("X-Signature", right), body=BODY + b" "), settings, NOW) == "signature"
    assert authenticate(_request(("X-Signature", prefix + _sign(STRANGE))), settings, NOW) == "signature"
    assert authenticate(_request(("X-Signature", right[:-1])), settings, NOW) == "signature"
    assert authenticate(_request(), settings, NOW) == "signature"


def test_the_prefix_must_be_there() -> None:
    """A digest without the provider's prefix is not what the provider writes."""
    settings = _settings(hmac_secrets=NEW, hmac_prefix="sha256=")

    assert authenticate(_request(("X-Signature", _sign(NEW))), settings, NOW) == "signature"


def test_a_second_signature_header_is_refused() -> None:
    """Nobody may offer two signatures and hope."""
    request = _request(("X-Signature", _sign(NEW)), ("X-Signature", _sign(STRANGE)))

    assert authenticate(request, _settings(hmac_secrets=NEW), NOW) == "signature"


@pytest.mark.parametrize(
    ("secret", "refusal"), [(OLD, None), (NEW, None), (STRANGE, "signature")], ids=["old", "new", "strange"]
)
def test_both_secrets_live_during_a_rotation(secret: str, refusal: Refusal | None) -> None:
    """While the secret changes, neither side has to be first."""
    settings = _settings(hmac_secrets=[NEW, OLD])

    assert authenticate(_request(("X-Signature", _sign(secret))), settings, NOW) == refusal


@pytest.mark.parametrize(
    ("age_seconds", "refusal"),
    [(0, None), (300, None), (-300, None), (301, "timestamp"), (-301, "timestamp")],
    ids=["now", "oldest", "newest", "replayed", "from-the-future"],
)
def test_a_replayed_request_is_refused(age_seconds: int, refusal: Refusal | None) -> None:
    """A signature is good for the tolerance, either way, and no longer."""
    settings = _settings(hmac_secrets=NEW, hmac_timestamp_header="X-Timestamp", hmac_timestamp_tolerance_seconds=300)
    timestamp = str(int((NOW - timedelta(seconds=age_seconds)).timestamp()))
    signature = _sign(NEW, timestamp.encode() + b"." + BODY)

    assert authenticate(_request(("X-Signature", signature), ("X-Timestamp", timestamp)), settings, NOW) == refusal


def test_a_replayed_request_cannot_be_given_a_new_time() -> None:
    """The time is part of what is signed."""
    settings = _settings(hmac_secrets=NEW, hmac_timestamp_header="X-Timestamp")
    now = str(int(NOW.timestamp()))
    signature_of_yesterday = _sign(NEW, b"1768392000." + BODY)

    assert authenticate(_request(("X-Signature", signature_of_yesterday), ("X-Timestamp", now)), settings, NOW) == (
        "signature"
    )
    assert authenticate(_request(("X-Signature", _sign(NEW)), ("X-Timestamp", now)), settings, NOW) == "signature"


@pytest.mark.parametrize("timestamp", ["", "soon", "-5", "1e9", "²", "9" * 400], ids=repr)
def test_an_odd_time_is_refused(timestamp: str) -> None:
    """Nothing that is not Unix seconds counts as fresh, and nothing crashes."""
    settings = _settings(hmac_secrets=NEW, hmac_timestamp_header="X-Timestamp")

    assert authenticate(_request(("X-Timestamp", timestamp)), settings, NOW) == "timestamp"


@pytest.mark.parametrize(
    ("token", "refusal"),
    [
        (TOKEN, None),
        (OTHER_TOKEN, None),
        (TOKEN[:-1], "token"),
        (TOKEN + "x", "token"),
        ("é", "token"),
        (None, "token"),
    ],
    ids=["one", "other", "shorter", "longer", "not-ascii", "none"],
)
def test_a_path_token_must_be_one_of_the_live_ones(token: str | None, refusal: Refusal | None) -> None:
    """Both tokens live during a rotation, and nothing like them does."""
    settings = _settings(path_tokens=[TOKEN, OTHER_TOKEN])

    assert authenticate(_request(token=token), settings, NOW) == refusal


@pytest.mark.parametrize(
    ("peer", "refusal"),
    [
        ("192.0.2.7", None),
        ("192.0.3.7", "network"),
        ("2001:db8::7", None),
        ("2001:db9::7", "network"),
        ("::ffff:192.0.2.7", None),
        (None, "network"),
        ("unix:", "network"),
    ],
    ids=["v4-in", "v4-out", "v6-in", "v6-out", "v4-mapped", "no-peer", "no-address"],
)
def test_the_sender_must_be_in_an_allowed_network(peer: str | None, refusal: Refusal | None) -> None:
    """The allow-list holds for both families."""
    settings = _settings(allowed_networks="192.0.2.0/24,2001:db8::/32")

    assert authenticate(_request(peer=peer), settings, NOW) == refusal


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("203.0.113.9", ["192.0.2.7"], "203.0.113.9"),
        ("10.0.0.1", ["192.0.2.7"], "192.0.2.7"),
        ("10.0.0.1", ["192.0.2.7, 203.0.113.9"], "203.0.113.9"),
        ("10.0.0.1", ["192.0.2.7, 203.0.113.9, 10.0.0.2"], "203.0.113.9"),
        ("10.0.0.1", ["192.0.2.7", "203.0.113.9"], "203.0.113.9"),
        ("10.0.0.1", ["203.0.113.9:4711"], "203.0.113.9"),
        ("10.0.0.1", ["[2001:db8::7]:443"], "2001:db8::7"),
        ("10.0.0.1", ["2001:db8::7"], "2001:db8::7"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.1", ["192.0.2.7, unknown"], None),
        ("10.0.0.1", ["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
    ],
    ids=[
        "forged-without-proxy",
        "one-proxy",
        "forged-behind-proxy",
        "two-proxies",
        "two-headers",
        "with-port",
        "v6-with-port",
        "v6",
        "no-header",
        "unreadable",
        "all-ours",
    ],
)
def test_forwarded_addresses_are_believed_from_trusted_proxies_only(
    peer: str, forwarded: list[str], expected: str | None
) -> None:
    """The address that counts is the first one, from the right, that is not a proxy of ours."""
    settings = _settings(method="none", trusted_proxies="10.0.0.0/8")
    request = _request(*[("X-Forwarded-For", value) for value in forwarded], peer=peer)

    assert sender(request.facts, settings.trusted_proxies) == (ip_address(expected) if expected else None)


def test_nobody_gets_in_by_forging_the_allowed_address() -> None:
    """What a sender writes left of the proxy's own entry changes nothing."""
    settings = _settings(allowed_networks="192.0.2.0/24", trusted_proxies="10.0.0.0/8")

    assert (
        authenticate(_request(("X-Forwarded-For", "192.0.2.7, 203.0.113.9"), peer="10.0.0.1"), settings, NOW)
        == "network"
    )
    assert authenticate(_request(("X-Forwarded-For", "192.0.2.7"), peer="203.0.113.9"), settings, NOW) == "network"


@pytest.mark.parametrize("network", [True, False], ids=["network-ok", "network-wrong"])
@pytest.mark.parametrize("token", [True, False], ids=["token-ok", "token-wrong"])
@pytest.mark.parametrize("signature", [True, False], ids=["signature-ok", "signature-wrong"])
def test_every_configured_method_must_pass(network: bool, token: bool, signature: bool) -> None:
    """Methods add up: one that passes never makes up for one that fails."""
    settings = _settings(allowed_networks="192.0.2.0/24", path_tokens=TOKEN, hmac_secrets=NEW)
    request = _request(
        ("X-Signature", _sign(NEW if signature else STRANGE)),
        peer="192.0.2.7" if network else "203.0.113.9",
        token=TOKEN if token else OTHER_TOKEN,
    )

    assert (authenticate(request, settings, NOW) is None) == (network and token and signature)


def test_none_lets_anyone_in() -> None:
    """What was said on purpose holds."""
    assert authenticate(_request(peer=None), _settings(method="none"), NOW) is None


@given(
    signature=st.binary(max_size=80),
    timestamp=st.binary(max_size=20),
    forwarded=st.binary(max_size=40),
    peer=st.none() | st.text(max_size=20),
    token=st.none() | st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20),
    encoding=st.sampled_from(["hex", "base64"]),
)
def test_whatever_is_sent_without_the_secret_is_refused(
    signature: bytes, timestamp: bytes, forwarded: bytes, peer: str | None, token: str | None, encoding: str
) -> None:
    """No bytes in any place crash the check or get past it."""
    settings = _settings(
        hmac_secrets=NEW,
        hmac_encoding=encoding,
        hmac_timestamp_header="X-Timestamp",
        allowed_networks="192.0.2.0/24",
        trusted_proxies="0.0.0.0/0",
        path_tokens=TOKEN,
    )
    headers = [(b"x-signature", signature), (b"x-timestamp", timestamp), (b"x-forwarded-for", forwarded)]

    assert authenticate(Request(RequestFacts(headers, peer, token), BODY), settings, NOW) is not None
