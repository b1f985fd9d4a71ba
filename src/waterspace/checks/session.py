"""Session: one plan checked over and over while it is being written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.checks.runner import check

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from waterspace.domain import CheckResult, Exercise
    from waterspace.programme import Programme

__all__ = ["Session"]


class Session:
    """Checks of one file, each quicker for the one before; the findings are those of a check that begins anew.

    Kept from one check to the next is the programme: what a built-in serial type made of a serial is used again where
    neither the serial nor anything else that the type looks at has changed, judged by value. Beside it, and for every
    check of this process, the geometry keeps the answers to its last few thousand questions (whether two claims meet,
    whether land lies in a footprint, ...), each by all that was asked. Files of data are read again when they change
    on disk, as in any check. Nothing else is kept, and nothing by time or by name.

    Attributes:
        file: what to call the file in faults and places.
    """

    def __init__(self, file: str = "<text>") -> None:
        self.file = file
        self._programme: Programme | None = None

    @property
    def exercise(self) -> Exercise | None:
        """The newest plan that could be understood; None before the first."""
        return None if self._programme is None else self._programme.exercise

    def check(
        self,
        text: str | bytes,
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        limits: Mapping[str, str] | None = None,
    ) -> CheckResult:
        """What the rules have to say of the file's text; the other arguments are those of `waterspace.checks.check`.

        Raises:
            PlanFileError: with every fault of the text; the session goes on as if it had not been asked.
            UnknownRuleError: no rule has a code that was asked for.
            NotationError: a limit given here does not exist, or is not set to what it can be.
        """
        from waterspace import planfile
        from waterspace.programme import build

        exercise = planfile.loads(text, self.file)
        self._programme = build(exercise, self._programme)
        return check(exercise, select, ignore, limits)
