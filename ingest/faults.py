"""What a log may say of a fault in our own code."""

import traceback


def whereabouts(error: BaseException) -> str:
    """Name the class of an exception and the line that raised it, as `KeyError at cursors.py:41`.

    A message or a full traceback may quote the value that our code failed on, and values hold codes.
    """
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"
