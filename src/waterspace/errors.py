"""Every error that Waterspace raises on purpose.

The tree::

    WaterspaceError
    ├── PlanFileError      the exercise file cannot be understood; lists every fault
    ├── NotationError      one piece of text is not a quantity, position or time
    ├── RunFolderError     a run's folder cannot be read or written
    ├── CampaignError      a campaign cannot begin, go on or be kept
    ├── PluginError        an installed plug-in cannot be used
    ├── UnknownRuleError   no rule has the code or prefix that was asked for
    ├── GeometryError      a position, a distance or a shape that cannot be computed with
    ├── DataFileError      a chart, field or table that the user gave cannot be read
    ├── DraftError         a draft of a notice says what its form cannot carry
    ├── LedgerError        a ledger of notices cannot be read or written, or does not allow what is to be recorded
    ├── RouteError         there is no way by sea between two points
    ├── ModelError         a model of what happens at sea was given what it cannot compute with
    ├── RehearsalError     a rehearsal cannot go on, or cannot do what it is told from outside
    ├── CheckpointError    a checkpoint cannot be read, or is not of this exercise or version
    ├── OrderError         thrown into a script: its order cannot be carried out, or its unit is out of action
    └── RelievedError      thrown into a script: it is told to stop, and may clean up

A bad *plan* is never an error: it is a list of findings (`waterspace.domain.Finding`).
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "CampaignError",
    "CheckpointError",
    "DataFileError",
    "DraftError",
    "Fault",
    "GeometryError",
    "LedgerError",
    "ModelError",
    "NotationError",
    "OrderError",
    "PlanFileError",
    "PluginError",
    "RehearsalError",
    "RelievedError",
    "RouteError",
    "RunFolderError",
    "UnknownRuleError",
    "WaterspaceError",
]


class WaterspaceError(Exception):
    """The root of every error raised on purpose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing in a file that cannot be understood.

    Attributes:
        file: path as the user gave it (`-` for standard input).
        line: 1-based; 0 where the whole file is meant.
        column: 1-based, in characters; 0 where the whole file is meant.
        path: dotted path of keys to the value, empty for the whole file.
        found: the text found, shortened.
        expected: what would have been understood.
        message: one sentence for a person.
        advice: what to do about it, often a near-miss name; may be empty.
    """

    file: str
    line: int
    column: int
    message: str
    path: str = ""
    found: str = ""
    expected: str = ""
    advice: str = ""

    def __str__(self) -> str:
        """`file:line:column: message advice`, as compilers print it."""
        tail = f" {self.advice}" if self.advice else ""
        return f"{self.file}:{self.line}:{self.column}: {self.message}{tail}"


class PlanFileError(WaterspaceError):
    """An exercise file cannot be understood.

    Attributes:
        faults: every fault found, in order of line and column; never empty.
    """

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.line, fault.column)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class NotationError(WaterspaceError, ValueError):
    """A piece of text is not in any notation that is understood.

    It is a `ValueError` too, so that validators can pass it on.

    Attributes:
        found: the text as given.
        expected: what would have been understood, with an example.
        reason: what in particular is wrong, as half a sentence; empty where nothing more can be said.
    """

    def __init__(self, found: str, expected: str, reason: str = "") -> None:
        self.found = found
        self.expected = expected
        self.reason = reason
        super().__init__(f"found {found!r}, expected {expected}" + (f": {reason}" if reason else ""))


class RunFolderError(WaterspaceError):
    """A run's folder cannot be read or written."""


class CampaignError(WaterspaceError):
    """A campaign cannot begin, go on or be kept; the message says why, and what of it is kept."""


class PluginError(WaterspaceError):
    """An installed plug-in cannot be used."""


class UnknownRuleError(WaterspaceError, KeyError):
    """No rule has the code or prefix that was asked for; the message suggests the nearest."""

    __str__ = Exception.__str__


class GeometryError(WaterspaceError, ValueError):
    """A position, a distance or a shape that cannot be computed with; the message says which, and what would do."""


class DataFileError(WaterspaceError):
    """A file of data that the user gave cannot be read.

    Attributes:
        file: path as the user gave it.
        where: the place in the file, such as `line 4` or `feature 12`; empty where the whole file is meant.
        reason: what was found and what was expected, as a sentence.
        advice: what to do about it; may be empty.
    """

    def __init__(self, file: str, reason: str, where: str = "", advice: str = "") -> None:
        self.file, self.where, self.reason, self.advice = file, where, reason, advice
        place = f"{file}, {where}" if where else file
        super().__init__(f"{place}: {reason}" + (f" {advice}" if advice else ""))


class DraftError(WaterspaceError, ValueError):
    """A draft of a notice says what its form cannot carry; the message says what, and what to do."""


class LedgerError(WaterspaceError):
    """A ledger of notices cannot be read or written, or does not allow what is to be recorded.

    Attributes:
        faults: of a file that cannot be read, every one in order of lines; empty where something else is wrong.
    """

    def __init__(self, message: str = "", faults: tuple[Fault, ...] = ()) -> None:
        self.faults = faults
        super().__init__(message or "\n".join(str(fault) for fault in faults))


class RouteError(WaterspaceError):
    """There is no way by sea between two points; the message says why and what to do."""


class ModelError(WaterspaceError, ValueError):
    """A model of what happens at sea was given what it cannot compute with; the message says what would do."""


class RehearsalError(WaterspaceError):
    """A rehearsal cannot go on, or cannot do what it is told from outside.

    Attributes:
        serial: id of the serial, or empty where none is to blame.
        time_ms: the instant of the run.
    """

    def __init__(self, message: str, *, time_ms: int, serial: str = "") -> None:
        self.serial, self.time_ms = serial, time_ms
        super().__init__(message)


class CheckpointError(WaterspaceError):
    """A checkpoint cannot be read, or is not of this exercise or version; the message names the line."""


class OrderError(WaterspaceError):
    """Thrown into a script whose order cannot be carried out, or whose unit is out of action.

    A script may catch it and give another order. One that does not is over, and the record of its serial says why.
    """


class RelievedError(WaterspaceError):
    """Thrown into a script that is told to stop: its serial is cancelled, gives way, or has run out of time.

    A script may catch it and give the orders that clean up, and then end.
    """
