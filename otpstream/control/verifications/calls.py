"""One call to a verifier, and what came of it: yes, a definite no, or nobody knows."""

import logging
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Generic, TypeVar

from ingest.providers.errors import CallRefused, KeyRefused, NotSupported, ProviderAway, ProviderError
from ingest.providers.textmagic import LIFE_SECONDS
from ingest.providers.waiting import within
from otpstream.control.verifications.record import Verification
from otpstream.control.verifications.refusals import Kind, Refusal
from schemas.verifications import Reason

_T = TypeVar("_T")

_CONFLICT = 409
_DETAIL_LIMIT_CHARACTERS = 300

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Yes(Generic[_T]):
    """The provider did it."""

    answer: _T


@dataclass(frozen=True, kw_only=True)
class No:
    """The provider did not do it, and nothing was spent."""

    reason: Reason
    detail: str
    is_gone: bool = False
    """Whether what it was about is over, or not known to the provider any more."""
    is_early: bool = False
    """Whether it comes too early."""
    retry_after_seconds: float | None = None

    @property
    def may_pass(self) -> bool:
        """Whether asking again later makes sense."""
        return self.is_early or self.reason == "provider_away"


@dataclass(frozen=True, kw_only=True)
class Unknown:
    """The provider may have done it or not."""

    detail: str


async def outcome(call: Awaitable[_T], *, timeout_seconds: float) -> Yes[_T] | No | Unknown:
    """Wait for a call, and tell what came of it; only the end of the process gets through."""
    try:
        return Yes(await within(call, timeout_seconds=timeout_seconds))
    except ProviderError as error:
        return _read(error)
    except TimeoutError:
        return Unknown(detail=f"no answer in {timeout_seconds:g} seconds")
    except Exception as error:
        # A bug of a client leaves as much unknown as a broken connection; its text may quote what is secret.
        logger.error("a verifier failed by a bug: %s", type(error).__name__)  # noqa: TRY400 - a traceback may quote it too
        return Unknown(detail=f"a bug: {type(error).__name__}")


def _read(error: ProviderError) -> No | Unknown:
    detail = str(error)[:_DETAIL_LIMIT_CHARACTERS]
    match error:
        case CallRefused(status=status, reason=about):
            reason: Reason = "provider_live" if status == _CONFLICT else "provider_refused"
            return No(reason=reason, detail=detail, is_gone=about in ("over", "unknown"), is_early=about == "early")
        case KeyRefused():
            return No(reason="key_refused", detail=detail)
        case NotSupported():
            return No(reason="not_supported", detail=detail)
        case ProviderAway(sent=False):
            return No(reason="provider_away", detail=detail, retry_after_seconds=error.retry_after_seconds)
        case _:
            return Unknown(detail=detail)


def refusal_of(verification: Verification, no: No) -> Refusal:
    """Return what a client is told of a definite no."""
    name = verification.verification_id
    if no.reason == "provider_live":
        text = "the provider knows of a live verification of this phone that is not ours: wait until it has expired"
        return Refusal("provider_live", text, verification_id=name, retry_after_seconds=LIFE_SECONDS)
    kind: Kind = "provider_away" if no.reason == "provider_away" else "provider_refused"
    return Refusal(kind, no.detail, verification_id=name, retry_after_seconds=no.retry_after_seconds)


def unknown_of(verification: Verification, detail: str, *, retry_after_seconds: float | None = None) -> Refusal:
    """Return what a client is told where nobody knows what the provider did."""
    text = f"the provider gave no usable answer, so what it did is unknown: {detail}"
    return Refusal(
        "outcome_unknown", text, verification_id=verification.verification_id, retry_after_seconds=retry_after_seconds
    )
