"""What went wrong with a command, as one JSON object for a program: written where `--format json` was asked for."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["as_json", "asked_for_json", "kind_of", "usage_of"]


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
