"""The fraud guard: who may have how many verifications sent, and which prefixes are held."""
