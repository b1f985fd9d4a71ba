"""What every test can rely on."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("waterspace", deadline=None)  # machines differ, and no test asserts a time
settings.load_profile("waterspace")
