"""The exactly-once engine: assignment → restore the state from topics → loop {take what waits → pure function → one transaction}.

It knows nothing of one-time passcodes. Read `contract` for what a stage owes, `engine` for the life of a process, `session` for the
loop, `commit` for the two guarantees and `restore` for how state comes back.
"""

from processors.stage.breaker import BreakerOpen
from processors.stage.contract import Change, Observer, Output, Poison, Record, Result, Stage
from processors.stage.engine import Engine, EngineSettings, Guarantee, SlotClaimed, StageStopped

__all__ = [
    "BreakerOpen",
    "Change",
    "Engine",
    "EngineSettings",
    "Guarantee",
    "Observer",
    "Output",
    "Poison",
    "Record",
    "Result",
    "SlotClaimed",
    "Stage",
    "StageStopped",
]
