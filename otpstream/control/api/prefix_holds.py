"""Holds on prefixes over HTTP: the fraud guard's own, and an operator's."""

from datetime import datetime
from typing import Annotated, Literal, Self

from fastapi import APIRouter, Depends, Path
from pydantic import BaseModel, ConfigDict, Field

from otpstream.control.api.access import Access
from otpstream.control.api.problems import Problem, documented
from otpstream.control.api.text import OneLine
from otpstream.control.fraud.decision import PrefixHold
from otpstream.control.fraud.holds import PrefixHolds
from otpstream.control.store.keys import Client
from otpstream.control.verifications.refusals import Refusal


class HoldBody(BaseModel):
    """What is to stand on a prefix."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True, hide_input_in_errors=True)

    action: Literal["hold", "allow"]
    """hold: start nothing there · allow: start whatever its conversion is."""
    detail: OneLine = Field(min_length=1, max_length=300)
    """Why, for whoever finds it."""
    duration_seconds: float | None = Field(default=None, gt=0, le=366 * 86_400)
    """For how long; left out: until it is lifted."""


class HoldState(BaseModel):
    """What stands on a prefix."""

    model_config = ConfigDict(from_attributes=True, use_attribute_docstrings=True)

    prefix: str
    action: Literal["hold", "allow"]
    reason: Literal["conversion_collapsed", "held_by_operator"]
    detail: str
    changed_at: datetime
    ends_at: datetime | None

    @classmethod
    def of(cls, hold: PrefixHold) -> Self:
        """Return it as HTTP shows it."""
        return cls.model_validate(hold)


Prefix = Annotated[
    str, Path(pattern=r"^\+?[1-9][0-9]{0,14}$", description="The beginning of numbers, with or without the plus: `44`.")
]


def prefix_holds_router(holds: PrefixHolds, *, access: Access) -> APIRouter:
    """Return the routes of holds on prefixes, below `/v1`."""
    router = APIRouter(prefix="/v1/prefix-holds", tags=["prefix holds"])
    reader = Annotated[Client, Depends(access.needs("verifications:read"))]
    admin = Annotated[Client, Depends(access.needs("admin"))]

    @router.get("", responses=documented())
    async def listed(_: reader) -> list[HoldState]:
        """Return what stands on prefixes: holds, the guard's own included, and overrides."""
        return [HoldState.of(hold) for hold in await holds.listed()]

    @router.put("/{prefix}", responses=documented())
    async def put(prefix: Prefix, body: HoldBody, _: admin) -> HoldState:
        """Hold a prefix, or allow it; of several that fit a phone the longest decides."""
        return HoldState.of(
            await holds.put(_with_plus(prefix), body.action, detail=body.detail, duration_seconds=body.duration_seconds)
        )

    @router.delete("/{prefix}", status_code=204, responses=documented(404))
    async def lift(prefix: Prefix, _: admin) -> None:
        """Lift what stands on a prefix: its conversion counts anew from now on."""
        try:
            await holds.lift(_with_plus(prefix))
        except Refusal as refusal:
            raise Problem(404, "not-found", str(refusal)) from None

    return router


def _with_plus(prefix: str) -> str:
    return prefix if prefix.startswith("+") else f"+{prefix}"
