"""Reads origin-bound codes: the last line names the site and carries the code.

Source: WICG, Origin-bound one-time codes delivered via SMS (https://wicg.github.io/sms-one-time-codes/).
"""

import re
from typing import Final

# `@host #code`, then perhaps `@embedded-host` and, as the format leaves room for, anything after a further blank.
_LAST_LINE: Final = re.compile(
    r"[ \t]*@(?P<host>(?:[a-z0-9_-]{1,63}\.){1,8}[a-z0-9-]{2,24}|localhost)(?::\d{1,5})?[ \t]+#(?P<code>[^\s#@]{1,32})(?:[ \t]+\S.*)?",
    re.IGNORECASE,
)


def find_origin_bound(text: str) -> re.Match[str] | None:
    """Return the match (groups `host`, `code`) of an origin-bound code in the last line; the text's ends are stripped."""
    line_start = max(text.rfind("\n"), text.rfind("\r")) + 1
    return _LAST_LINE.fullmatch(text, line_start)
