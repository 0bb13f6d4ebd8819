"""The processing engine in a thread of its own: it is synchronous, and its loop would hold up the event loop that serves the rest."""

import asyncio
import threading
from collections.abc import Mapping
from typing import Any

from otpstream.lifetime import Lifetime
from otpstream.settings import GuaranteeSetting, Settings
from processors.extract import Policy
from processors.metrics import ProcessMetrics
from processors.pipeline import Pipeline, PipelineSettings
from processors.stage import Engine, EngineSettings, Guarantee

GROUP = "otpstream.process"
_STOP_SECONDS = 30.0
"""How long the batch in hand may take at the end: what containers are commonly granted."""


class EngineThread:
    """The engine with the pipeline, started on construction and stopped at the end of the process.

    Args:
        settings: all of them.
        connection: librdkafka's settings.
        embedded: whether the embedded broker serves.
        metrics: what is counted.
        life: gets the engine's failure, and its end.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        connection: Mapping[str, Any],
        embedded: bool,
        metrics: ProcessMetrics,
        life: Lifetime,
    ) -> None:
        self._metrics = metrics
        self._life = life
        self._loop = asyncio.get_running_loop()
        self._engine = Engine(_pipeline(settings), engine_settings(settings, connection, embedded=embedded), metrics)
        self._thread = threading.Thread(target=self._run, name="engine", daemon=True)
        self._thread.start()
        life.stack.push_async_callback(self._stop)

    async def has_partitions(self) -> bool:
        """Tell whether it is at work."""
        return self._thread.is_alive() and self._metrics.has_partitions

    def _run(self) -> None:
        try:
            self._engine.run()
        except Exception as error:
            self._loop.call_soon_threadsafe(self._life.fail, error)

    async def _stop(self) -> None:
        self._engine.stop()
        await asyncio.to_thread(self._thread.join, _STOP_SECONDS)


def _pipeline(settings: Settings) -> Pipeline:
    process = settings.process
    return Pipeline(
        PipelineSettings(
            window_seconds=process.window_seconds,
            tolerance_seconds=process.tolerance_seconds,
            waiting_seconds=process.waiting_seconds,
            verification_waiting_seconds=process.verification_waiting_seconds,
            code_life_seconds=process.code_life_seconds,
            policy=Policy(
                pickup_codes=process.pickup_codes,
                card_pins=process.card_pins,
                initial_passwords=process.initial_passwords,
            ),
        )
    )


def engine_settings(settings: Settings, connection: Mapping[str, Any], *, embedded: bool) -> EngineSettings:
    """Return how the engine works, from the settings and the kind of broker."""
    chosen = settings.process.guarantee
    if chosen is GuaranteeSetting.AUTO:
        chosen = GuaranteeSetting.AT_LEAST_ONCE if embedded else GuaranteeSetting.EXACTLY_ONCE
    return EngineSettings(
        group=GROUP,
        slot=None if embedded else settings.process.slot,
        guarantee=Guarantee(chosen.value),
        kafka=connection,
        fetch_wait_seconds=0.005 if embedded else 0.5,
        batch_records=settings.process.batch_records,
        gather_seconds=settings.process.gather_seconds,
        poison_ratio=settings.process.poison_ratio,
        poison_minimum=settings.process.poison_minimum,
        session_timeout_seconds=settings.process.session_timeout_seconds,
        transaction_timeout_seconds=settings.process.transaction_timeout_seconds,
    )
