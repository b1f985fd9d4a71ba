"""Integrity (WS0): the files of data that a plan names can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.checks.rule import JUDGEMENT, Remark, rule
from waterspace.domain import Severity
from waterspace.errors import DataFileError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.checks.context import Context

__all__ = ["data_file_unreadable"]

_PARTS = {
    "firs": "firs",
    "lanes": "lanes",
    "areas": "areas",
    "air_routes": "air_routes",
    "traffic_density": "traffic_density",
    "hospitals": "hospitals",
    "depths": "depths",
    "weather": "fields",
    "holders": "zones",
}
"""Key under `environment` to the part of the surroundings that reads it."""

_OVERLAYS = ("firs", "lanes", "areas", "air_routes", "traffic_density", "hospitals")
"""Keys of files that may be empty."""


@rule(
    code="WS008",
    name="data-file-unreadable",
    severity=Severity.ERROR,
    summary="A file of data that the plan names cannot be read, or a disputed feature that it names is not known.",
    why=(
        "What the planner brings about the sea replaces what is packaged. A file that is missing, cut short or in "
        "another form would leave the rules that need it without data, and those are then reported as not checked. A "
        "file that is read and holds no feature is an advice: it may be an export that failed. So is a property of an "
        "area or a lane whose name is one slip away from one that is understood: without it the area may be in force "
        "always, or be of another kind."
    ),
    source=JUDGEMENT,
    bad="""
environment: {areas: danger-areas-of-last-year.geojson}
""",
    good="""
environment: {}
""",
)
def data_file_unreadable(context: Context) -> Iterator[Remark]:
    """One remark for each file that cannot be read, each that is read and says nothing, and each slip in one."""
    yield from _warnings(context)
    for key, part in _PARTS.items():
        if not getattr(context.exercise.data, key):
            continue
        path = ("environment", key)
        try:
            found = getattr(context.surroundings, part)
        except DataFileError as error:
            why = error.reason if key == "holders" else error  # no file is named there
            message = f"The {key} under environment cannot be used: {why}"
            yield Remark(message=message, subjects=(key,), path=path)
            continue
        for slip in _slips(context, key):
            message = f"In the file of {key} under environment {slip}"
            yield Remark(message=message, subjects=(key,), path=path, severity=Severity.ADVICE)
        if key in _OVERLAYS and not (found.footprints if key == "firs" else found):
            file = context.exercise.data.path(key)
            message = f"The file of {key} under environment holds no feature, so it adds nothing: {file}"
            yield Remark(message=message, subjects=(key,), path=path, severity=Severity.ADVICE)


def _slips(context: Context, key: str) -> tuple[str, ...]:
    """What is said of properties in a file of overlays whose names are misspelt."""
    file = context.exercise.data.path(key) if key in _OVERLAYS else None
    if file is None:
        return ()
    from waterspace.environment.overlays.misspelt import misspelt

    return misspelt(key, file)


def _warnings(context: Context) -> Iterator[Remark]:
    """What is wrong with the files and folders of warnings."""
    data = context.exercise.data
    if not data.warnings:
        return
    from waterspace.messages.standing import read

    for number, path in enumerate(data.warning_paths()):
        where = ("context", "warnings", str(number))
        try:
            readings = read([path])
        except DataFileError as error:
            message = f"The warnings under context cannot be used: {error}"
            yield Remark(message=message, subjects=("warnings", data.warnings[number]), path=where)
            continue
        if not any(reading.message.text.strip() for reading in readings):
            message = f"The file of warnings under context holds no message, so it adds nothing: {path}"
            subjects = ("warnings", data.warnings[number])
            yield Remark(message=message, subjects=subjects, path=where, severity=Severity.ADVICE)
