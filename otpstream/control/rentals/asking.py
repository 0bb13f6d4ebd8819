"""One call to a supplier that changes something: made once, and what came of it in three words - done, refused, unknown."""

import logging
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Literal, TypeVar

from ingest.providers.errors import CallRefused, KeyRefused, NotSupported, ProviderAway, ProviderError
from ingest.providers.waiting import within

log = logging.getLogger(__name__)

_T = TypeVar("_T")

RefusalKind = Literal["refused", "early", "over", "not_supported", "away", "account"]


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A definite no: nothing was changed, and nothing was spent."""

    kind: RefusalKind
    detail: str
    retry_after_seconds: float | None = None


@dataclass(frozen=True, kw_only=True)
class Unknown:
    """No usable answer: whether the call took effect is for the supplier's lists to say."""

    detail: str


async def ask(call: Awaitable[_T], *, timeout_seconds: float) -> _T | Refused | Unknown:
    """Make a call, once.

    Args:
        call: not begun.
        timeout_seconds: how long it may take in all.
    """
    try:
        return await within(call, timeout_seconds=timeout_seconds)
    except ProviderError as error:
        return _read(error)
    except TimeoutError:
        return Unknown(detail=f"no answer in {timeout_seconds:g} seconds")
    except Exception as fault:
        # A bug of ours may quote a key or a phone number, so its text stays here.
        log.error("a supplier's client failed: %s", type(fault).__name__)  # noqa: TRY400
        return Unknown(detail=f"our client failed: {type(fault).__name__}")


def _read(error: ProviderError) -> Refused | Unknown:
    match error:
        case NotSupported():
            return Refused(kind="not_supported", detail=str(error))
        case KeyRefused():
            return Refused(kind="account", detail=str(error))
        case CallRefused(reason="early"):
            return Refused(kind="early", detail=str(error))
        case CallRefused(reason="over" | "unknown"):
            return Refused(kind="over", detail=str(error))
        case CallRefused(reason="balance"):
            return Refused(kind="account", detail=str(error))
        case CallRefused():
            return Refused(kind="refused", detail=str(error))
        case ProviderAway(sent=False):
            return Refused(kind="away", detail=str(error), retry_after_seconds=error.retry_after_seconds)
        case _:
            return Unknown(detail=str(error))
