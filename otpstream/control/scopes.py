"""What an API key may be for."""

from typing import Literal, get_args

Scope = Literal["rentals:read", "rentals:write", "verifications:read", "verifications:write", "admin"]
"""admin: everything, of every client."""
SCOPES: tuple[Scope, ...] = get_args(Scope)
