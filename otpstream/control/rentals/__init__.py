"""Rentals: what a client may ask of them, their life, and what settles by itself."""
