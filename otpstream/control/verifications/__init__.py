"""Verifications of phones: what a client may ask of them, their life and their clock."""
