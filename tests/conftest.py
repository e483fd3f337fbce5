"""What holds for every test."""

from hypothesis import HealthCheck, settings

# Several tests run at once, on machines that may be busy: how long an example takes says nothing.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")
