"""What every test can rely on."""

from __future__ import annotations

import os

from hypothesis import settings

# Machines differ, and no test asserts a time. In CI the same examples are tried each time; elsewhere new ones.
settings.register_profile("waterspace", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("waterspace")
