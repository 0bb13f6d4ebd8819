"""The control plane as a real process that is killed at any instant while clients rent and verify, and the books after it."""
