"""What went wrong with a command, as one JSON object for a program: written where `--format json` was asked for."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

__all__ = ["as_json", "asked_for_json", "hint_of", "kind_of", "usage_of", "warned"]

_OF_POSITIONS = ("where", "route")
_MINUS = re.compile(r"No such option: -\d")


def asked_for_json(arguments: Sequence[str]) -> bool:
    """Whether a command line asks for JSON; the last `--format` counts, and after `--` stand no options."""
    options = list(arguments[: arguments.index("--")] if "--" in arguments else arguments)
    given = ""
    for option, following in pairwise([*options, ""]):
        if option == "--format":
            given = following
        elif option.startswith("--format="):
            given = option.partition("=")[2]
    return given == "json"


def kind_of(error: Exception) -> str:
    """`data_file` for a `DataFileError`, and so on."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(error).__name__.removesuffix("Error")).lower()


def usage_of(stop: SystemExit) -> str:
    """What a command line lacks, where a command stopped because of that; empty otherwise."""
    cause = stop.__context__  # the error of usage, already shown in words
    return str(cause.format_message()) if cause is not None and hasattr(cause, "format_message") else ""


def hint_of(usage: str, arguments: Sequence[str]) -> str:
    """What to do about an error of usage where the parser's own words do not say so; empty elsewhere."""
    if not arguments or arguments[0] not in _OF_POSITIONS or _MINUS.match(usage) is None:
        return ""
    return 'A position has no minus sign: write S for south or W for west, and quote it, such as "5S 3E".'


def warned(
    message: Warning | str,
    category: type[Warning],  # noqa: ARG001  # Python calls with all of these
    filename: str,  # noqa: ARG001
    lineno: int,  # noqa: ARG001
    file: TextIO | None = None,
    line: str | None = None,  # noqa: ARG001
) -> None:
    """A warning as a sentence, in place of Python's own way, which names a line of source."""
    import sys

    (file or sys.stderr).write(f"waterspace: {message}\n")


def as_json(kind: str, message: str, status: int, cause: Exception | None = None) -> str:
    """The object: what kind of error, in a sentence, and the exit status; more where the cause knows more.

    Args:
        kind: such as `usage` or `data_file`.
        message: as it is shown to a person.
        status: with which the command ends.
        cause: the error, where it is one of ours.
    """
    import json
    from dataclasses import asdict

    from waterspace.errors import DataFileError, PlanFileError

    error: dict[str, object] = {"kind": kind, "message": message, "status": status}
    if isinstance(cause, DataFileError):
        error |= {"file": cause.file, "where": cause.where, "reason": cause.reason, "advice": cause.advice}
    if isinstance(cause, PlanFileError):
        error["faults"] = [asdict(fault) for fault in cause.faults]
    return json.dumps({"error": error}, indent=2, ensure_ascii=False)
