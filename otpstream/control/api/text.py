"""Text as a client sends it: the same in bodies, paths, queries, cursors and headers, and at the four endpoints.

PostgreSQL takes no NUL, and no text of ours needs any other control character; a lone surrogate is no Unicode, so pydantic refuses it.
"""

from typing import Annotated

from pydantic import Field, StringConstraints

LIMIT_CHARACTERS = 100

OneLine = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f-\x9f]*$")]
"""No control characters; whoever uses it says how long it may be."""
Text = Annotated[OneLine, Field(min_length=1, max_length=LIMIT_CHARACTERS)]
