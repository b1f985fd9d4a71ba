"""Checking: what a staff says about the check of its own plan: other limits, and findings that it has accepted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["CheckSettings", "Suppression"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """A finding, or all of a rule about somebody, that a person has accepted.

    Attributes:
        rule: code of a rule such as `WS202`, or the id of one finding such as `WS202-1f0c9e4b7a`.
        about: ids that the finding must be about, all of them; empty for whatever it is about.
        reason: why it is accepted.
        by: who accepts it.
        until_ms: after this instant it no longer holds; None for no end.
    """

    rule: str
    reason: str
    by: str
    about: tuple[str, ...] = ()
    until_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSettings:
    """The part of an exercise file that is about its check.

    Attributes:
        limits: name of a limit to what the staff sets it to, as text; `waterspace.checks.limits` reads it.
        suppressions: in the order of the file.
    """

    limits: Mapping[str, str] = field(default_factory=dict)
    suppressions: tuple[Suppression, ...] = ()
