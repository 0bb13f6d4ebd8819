"""What an operator can set of the ingest stage: plain frozen models, filled by the composition root."""

from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    AnyHttpUrl,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    field_validator,
    model_validator,
)

DAY_SECONDS = 86_400
WEEK_SECONDS = 7 * DAY_SECONDS


def _split(value: Any) -> Any:
    """Read a comma-separated string, as the environment brings it, as a list."""
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _none_if_empty(value: Any) -> Any:
    """Take an empty string, which is how the environment says nothing, for no value."""
    return None if isinstance(value, str) and not value.strip() else value


def _network(value: Any) -> Any:
    """Read a network; one that cannot be read is refused with what to write, and quoted only where it is an address."""
    if isinstance(value, IPv4Network | IPv6Network):
        return value
    try:
        network = ip_network(str(value), strict=False)
    except ValueError:
        raise ValueError("not a network in CIDR notation, such as 192.0.2.0/24 or 2001:db8::/32") from None
    try:
        return ip_network(str(value))
    except ValueError:
        raise ValueError(f"host bits are set: write {network}") from None


def _header_name(name: str) -> str:
    if not (name.isascii() and name.replace("-", "").isalnum()):
        raise ValueError("not a name of a header, which is letters, digits and hyphens, such as X-Signature")
    return name


CommaSeparated = BeforeValidator(_split)
EmptyIsNone = BeforeValidator(_none_if_empty)

HeaderName = Annotated[str, Field(max_length=100), AfterValidator(_header_name)]
Networks = Annotated[tuple[Annotated[IPv4Network | IPv6Network, BeforeValidator(_network)], ...], CommaSeparated]
Secrets = Annotated[tuple[SecretStr, ...], CommaSeparated, Field(max_length=2)]
"""The secret in use and, while it is being rotated, the other one."""

Algorithm = Literal["sha256", "sha512", "sha1"]
Encoding = Literal["hex", "base64"]

BODY_TIMEOUT_SECONDS = 10.0
"""For the 64 KiB of the longest body that is 52 kbit/s; providers post a few hundred bytes in one packet."""
SHORTEST_PATH_TOKEN_CHARACTERS = 16
"""A path token is the whole proof, so it must not be guessed: 16 URL-safe characters are 96 bits when drawn at random."""


class Settings(BaseModel):
    """What all settings share: frozen, strict about names, never quoting a value in an error.

    The text of a validator names fields in backticks: whoever fills in the settings puts the names there that an operator knows.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, use_attribute_docstrings=True)


class WebhookAuthenticationSettings(Settings):
    """How one webhook route knows that a request comes from its provider; every method that is configured must pass."""

    method: Literal["configured", "none"] = "configured"
    """configured: every method whose settings are filled in · none: accept webhooks from anyone, said on purpose."""

    hmac_secrets: Secrets = ()
    """Shared secrets of the provider's signature, at most two while one is being rotated; empty: no signature is asked for."""
    hmac_header: HeaderName = "X-Signature"
    """The header that carries the signature."""
    hmac_algorithm: Algorithm = "sha256"
    """The hash under the HMAC."""
    hmac_encoding: Encoding = "hex"
    """How the header writes the digest."""
    hmac_prefix: str = Field(default="", max_length=40)
    """What stands before the digest in the header, such as `sha256=`."""
    hmac_timestamp_header: Annotated[HeaderName | None, EmptyIsNone] = None
    """The header with the Unix time in seconds; where set, `<timestamp>.<body>` is what is signed. None: the body alone is, and a
    request that was recorded can be sent again once the deduplication window (PROCESS_WINDOW_SECONDS) is over."""
    hmac_timestamp_tolerance_seconds: float = Field(default=300, gt=0, le=DAY_SECONDS)
    """How far the signed time may be from our clock, either way, before the request counts as replayed."""

    allowed_networks: Networks = ()
    """Networks in CIDR notation, IPv4 or IPv6, that webhooks may come from; empty: any."""
    trusted_proxies: Networks = ()
    """Networks of our own proxies: `X-Forwarded-For` is believed only from them."""

    path_tokens: Secrets = ()
    """Secret last segments of the webhook's path, at most two while one is being rotated; empty: no token is asked for."""

    @field_validator("hmac_secrets", "path_tokens")
    @classmethod
    def _secrets_hold_something(cls, secrets: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        if not all(secret.get_secret_value() for secret in secrets):
            raise ValueError("a secret is empty: give it a value or leave it out")
        return secrets

    @field_validator("path_tokens")
    @classmethod
    def _tokens_are_unguessable(cls, tokens: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        for token in (token.get_secret_value() for token in tokens):
            if (
                len(token) < SHORTEST_PATH_TOKEN_CHARACTERS
                or not token.replace("-", "").replace("_", "").isalnum()
                or not token.isascii()
            ):
                raise ValueError(
                    f"each must be {SHORTEST_PATH_TOKEN_CHARACTERS} or more of A-Z, a-z, 0-9, '-' and '_': "
                    "draw one with `python -c 'import secrets; print(secrets.token_urlsafe())'`"
                )
        return tokens

    @model_validator(mode="after")
    def _said_on_purpose(self) -> Self:
        configured = bool(self.hmac_secrets or self.allowed_networks or self.path_tokens)
        if self.method == "configured" and not configured:
            raise ValueError(
                "webhook authentication is not set: fill in `path_tokens`, `hmac_secrets` or `allowed_networks`, "
                "or set `method` to none to accept webhooks from anyone"
            )
        if self.method == "none" and configured:
            raise ValueError(
                "webhook authentication is contradictory: `method` is none, yet `path_tokens`, `hmac_secrets` or "
                "`allowed_networks` is filled in; empty them, or set `method` to configured"
            )
        return self


class PollSettings(Settings):
    """When and how hard the poller asks one provider."""

    poll_interval_seconds: float = Field(default=10, gt=0, le=3600)
    """How often the messages of each number are fetched; the numbers are spread over the interval."""
    numbers_interval_seconds: float = Field(default=60, gt=0, le=DAY_SECONDS)
    """How often the list of rented numbers is fetched."""
    poll_lookback_seconds: float = Field(default=DAY_SECONDS / 2, ge=0, le=WEEK_SECONDS)
    """How old a message may be to be published when a number is seen for the first time."""
    poll_overlap_seconds: float = Field(default=900, ge=0, le=DAY_SECONDS)
    """How much later than its own time a message may turn up in the provider's list and still be noticed; so long is a number
    fetched after it was released, too."""
    poll_concurrency: int = Field(default=4, ge=1, le=100)
    """How many numbers are fetched at the same time."""
    longest_pause_seconds: float = Field(default=300, gt=0, le=3600)
    """The longest wait between two tries while the provider is away; the wait doubles up to it."""


class Text2faSettings(PollSettings):
    """One account at Text2FA, API v1.

    Source: Text2FA API Integration Guide, 2025-06-26.
    """

    base_url: AnyHttpUrl = AnyHttpUrl("https://api.text2fa.com")
    """Where the API is; the paths `/v1/...` are added to it."""
    api_key: Annotated[SecretStr | None, EmptyIsNone] = None
    """The key from the dashboard, Settings → API Key; None: nothing is polled."""
    account: str = Field(default="default", pattern=r"^[A-Za-z0-9_.-]+$", max_length=40)
    """Our name for the account, carried by its events."""
    request_timeout_seconds: float = Field(default=10, gt=0, le=120)
    """How long one request may take in all."""
    requests_per_second: float = Field(default=5, gt=0, le=1000)
    """How many requests may start in a second, retries included; the provider publishes no limit, so this is a polite guess."""
    webhook: WebhookAuthenticationSettings | None = None
    """How webhooks prove where they come from; None: there is no webhook route."""

    @field_validator("api_key")
    @classmethod
    def _fits_in_a_header(cls, key: SecretStr | None) -> SecretStr | None:
        """Refuse what HTTP cannot carry here, since the client's own error would quote it."""
        if key is None:
            return None
        value = key.get_secret_value().strip()
        if not value.isascii() or not value.isprintable() or " " in value:
            raise ValueError("holds characters that no HTTP header can carry: copy it again from the dashboard")
        return SecretStr(value)
