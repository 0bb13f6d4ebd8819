"""Signed pushes to a subscriber: sign → attempt → schedule the next, and deliver, which runs the three for a batch."""
