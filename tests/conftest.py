"""What every test shares: how Hypothesis runs."""

from hypothesis import HealthCheck, settings

# A shared machine may stall any example; whether one is slow is the benchmarks' business.
settings.register_profile("otpstream", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("otpstream")
