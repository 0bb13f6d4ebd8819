"""What one webhook subscription may be told: where to push, how it is signed, and how long a push is tried."""

import base64
import binascii
from typing import Annotated, Literal

from pydantic import AfterValidator, AnyHttpUrl, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr

EventType = Literal["otp.code.extracted", "otp.code.correlated"]
"""extracted: revision 1, the code as soon as it is read · correlated: a later revision, tied to its rental or verification."""

SECRET_PREFIX = "whsec_"  # noqa: S105 - what Standard Webhooks writes before every secret
SECRET_BYTES_MIN = 24  # Standard Webhooks, "Signature scheme": 192 to 512 bits
SECRET_BYTES_MAX = 64


def _split_at_commas(value: object) -> object:
    """Take `a,b` as an environment variable writes a list; leave anything else to the field's own type."""
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


def _secret_bytes(secret: str) -> int:
    """Return how many bytes a secret holds; -1 where it is not a prefix and Base64."""
    encoded = secret.removeprefix(SECRET_PREFIX)
    if encoded == secret:
        return -1
    try:
        return len(base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True))
    except (binascii.Error, ValueError):
        return -1


def _checked_secrets(secrets: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
    """Refuse a malformed secret by its place in the list: its value must not reach an error text."""
    for place, secret in enumerate(secrets, start=1):
        if not SECRET_BYTES_MIN <= _secret_bytes(secret.get_secret_value()) <= SECRET_BYTES_MAX:
            raise ValueError(
                f"secret {place} must be {SECRET_PREFIX} followed by the Base64 of {SECRET_BYTES_MIN} to"
                f" {SECRET_BYTES_MAX} random bytes; make one with: echo {SECRET_PREFIX}$(openssl rand -base64 32)"
            )
    return secrets


class RetrySettings(BaseModel):
    """How a push is repeated while the code lives; :mod:`sinks.webhooks.schedule` shows the times that come of it."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, use_attribute_docstrings=True)

    attempts_limit: int = Field(default=10, ge=1, le=30)
    """How many attempts one push gets at the most, the first included."""
    first_delay_seconds: float = Field(default=0.5, ge=0.05, le=60)
    """The longest wait before the second attempt; it doubles with each attempt after that."""
    longest_delay_seconds: float = Field(default=30, ge=0.05, le=300)
    """Where the doubling stops."""
    window_seconds: float = Field(default=120, ge=1, le=900)
    """How long the pushes of a batch are repeated at the most, counted from the start of the batch, even if a code lives longer.

    The offsets of a batch are committed when its last push is done, so this bounds how long one code holds back the rest. A code that had
    no attempt by then, because it waited for others of its phone or line, gets one, of a second at the most.
    """


class SubscriptionSettings(BaseModel):
    """One subscriber: its address, its secrets, the events it wants."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, use_attribute_docstrings=True)

    name: str = Field(default="default", pattern=r"^[a-z0-9][a-z0-9_.-]*$", max_length=100)
    """Names the subscription in outcomes and logs, and keys its outcomes on Kafka."""
    url: AnyHttpUrl = Field(repr=False)
    """Where to POST, http or https; kept out of logs, since a path or a query may hold a token."""
    secrets: Annotated[
        tuple[SecretStr, ...],
        BeforeValidator(_split_at_commas),
        AfterValidator(_checked_secrets),
        Field(min_length=1, max_length=2),
    ]
    """One live `whsec_…` secret, or two while one replaces the other: every push then carries both signatures.

    Source: Standard Webhooks 1.0.0, "Webhook headers".
    """
    events: Annotated[tuple[EventType, ...], BeforeValidator(_split_at_commas), Field(min_length=1, max_length=2)] = (
        "otp.code.extracted",
    )
    """The events to push; a list, or one string with commas."""
    timeout_seconds: float = Field(default=10, ge=0.1, le=30)
    """How long one attempt may take until the answer's status; never longer than the code still lives."""
    concurrency: int = Field(default=100, ge=1, le=1000)
    """How many attempts are under way at once, so also how many connections the subscriber sees."""
    retries: RetrySettings = RetrySettings()
