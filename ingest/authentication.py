"""Who sent this webhook: network and path token, then the signature of the body, all that are configured. Pure: facts in, a verdict out.

| method | asks for | two live secrets | refusal |
|---|---|---|---|
| network | the sender's address in `allowed_networks` | – | 403 |
| path token | the last segment of the path | yes | 401 |
| signature | HMAC of the body, or of `<timestamp>.<body>` | yes | 401 |
"""

import base64
import binascii
import hmac
from collections.abc import Iterable
from datetime import datetime
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Literal, NamedTuple

from ingest.settings import Networks, WebhookAuthenticationSettings

Refusal = Literal["network", "token", "signature", "timestamp"]
"""What was wrong: a bounded set, fit for a metric."""

Address = IPv4Address | IPv6Address


class RequestFacts(NamedTuple):
    """What a verdict is based on."""

    headers: Iterable[tuple[bytes, bytes]]
    """As ASGI gives them: names in lower case, repeated headers repeated."""
    peer: str | None
    """The address at the other end of the connection; None where there is none, as on a Unix socket."""
    token: str | None
    """The last segment of the path, where the route has one."""


def authenticate_sender(facts: RequestFacts, settings: WebhookAuthenticationSettings) -> Refusal | None:
    """Check a request against those of the configured methods that need no body, which so need not be read.

    Args:
        facts: of the request.
        settings: of the route.

    Returns:
        None when all pass, else the first method that does not: `network` is answered 403, `token` 401.
    """
    if settings.allowed_networks and not _is_inside(sender(facts, settings.trusted_proxies), settings.allowed_networks):
        return "network"
    if settings.path_tokens and not _is_token(facts.token, settings):
        return "token"
    return None


def authenticate_body(
    body: bytes, facts: RequestFacts, settings: WebhookAuthenticationSettings, now: datetime
) -> Refusal | None:
    """Check the signature of a body, where one is asked for.

    Args:
        body: exactly as received.
        facts: of the request that passed :func:`authenticate_sender`.
        settings: of the route.
        now: our clock, aware.

    Returns:
        None when it passes, else what was wrong; answered 401.
    """
    return _check_signature(body, facts, settings, now) if settings.hmac_secrets else None


def sender(facts: RequestFacts, trusted_proxies: Networks) -> Address | None:
    """Find the address that a request really came from.

    `X-Forwarded-For` is written by whoever sends the request, and each proxy appends the address that it saw. So it is read from
    the right, only behind a trusted proxy, and only as far as the proxies are ours: what stands left of that can be forged.

    Returns:
        The address, None where there is none or it cannot be read.
    """
    address = _address(facts.peer or "")
    forwarded = ",".join(_values(facts.headers, b"x-forwarded-for"))
    hops = forwarded.split(",") if forwarded else []
    while hops and address is not None and _is_inside(address, trusted_proxies):
        address = _address(hops.pop())
    return address


def _address(text: str) -> Address | None:
    """Read an address as proxies write it: `192.0.2.1`, `192.0.2.1:443`, `2001:db8::1`, `[2001:db8::1]:443`."""
    host = text.strip()
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    elif host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        address = ip_address(host)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _is_inside(address: Address | None, networks: Networks) -> bool:
    return address is not None and any(address in network for network in networks)


# Below, `matches` is a list and not a generator on purpose: every live secret is tried, whichever matched, so that the time taken
# tells nothing.


def _is_token(token: str | None, settings: WebhookAuthenticationSettings) -> bool:
    given = (token or "").encode()
    matches = [hmac.compare_digest(given, live.get_secret_value().encode()) for live in settings.path_tokens]
    return any(matches)


def _check_signature(
    body: bytes, facts: RequestFacts, settings: WebhookAuthenticationSettings, now: datetime
) -> Refusal | None:
    signed = body
    if settings.hmac_timestamp_header is not None:
        timestamp = _only(facts.headers, settings.hmac_timestamp_header)
        if not _is_fresh(timestamp, settings.hmac_timestamp_tolerance_seconds, now):
            return "timestamp"
        signed = timestamp.encode() + b"." + body
    given = _digest(_only(facts.headers, settings.hmac_header), settings)
    matches = [
        hmac.compare_digest(given, hmac.digest(live.get_secret_value().encode(), signed, settings.hmac_algorithm))
        for live in settings.hmac_secrets
    ]
    return None if any(matches) else "signature"


def _is_fresh(timestamp: str, tolerance_seconds: float, now: datetime) -> bool:
    # 12 digits last until the year 33658; more would only be there to overflow something.
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        return False
    return abs(now.timestamp() - int(timestamp)) <= tolerance_seconds


def _digest(signature: str, settings: WebhookAuthenticationSettings) -> bytes:
    """Decode the signature header; empty, and so equal to no digest, where it cannot be."""
    if not signature.startswith(settings.hmac_prefix):
        return b""
    written = signature.removeprefix(settings.hmac_prefix)
    try:
        return bytes.fromhex(written) if settings.hmac_encoding == "hex" else base64.b64decode(written, validate=True)
    except (ValueError, binascii.Error):
        return b""


def _only(headers: Iterable[tuple[bytes, bytes]], name: str) -> str:
    """Return the value of a header that must be there once; a second one is an attempt to have it both ways."""
    values = _values(headers, name.lower().encode())
    return values[0] if len(values) == 1 else ""


def _values(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> list[str]:
    return [value.decode("latin-1").strip() for key, value in headers if key == name]
