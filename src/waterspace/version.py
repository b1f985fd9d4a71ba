"""The version of Waterspace, said once: the package, the command and every run's record read it here."""

from __future__ import annotations

__all__ = ["__version__"]

__version__ = "0.1.0"
