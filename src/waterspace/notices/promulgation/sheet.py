"""A promulgation plan as a sheet that is read at night, as JSON, and as entries of a calendar."""

from __future__ import annotations

import json
import textwrap
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from waterspace.messages.draft import STATUS
from waterspace.messages.drafted import PLAN
from waterspace.messages.phrasing.numbers import listed
from waterspace.notation import format_time, format_time_iso
from waterspace.notices.promulgation.calendar import Entry
from waterspace.notices.promulgation.plan import Task
from waterspace.quantity import DAY_MS, HOUR_MS, SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from waterspace.notices.promulgation.plan import Promulgation, Step

__all__ = ["as_entries", "as_json", "as_text"]

_LINE = 110
"""Most characters of a line of the sheet: assumed, what fits on a page on its side."""
_ALARMS_MS = {Task.PROMULGATE: DAY_MS}
"""How long ahead a calendar reminds of what takes time to make ready; of the rest an hour ahead: assumed."""
_OWN = ", whose own it is to promulgate"
_HEADS = ("UTC", "DO", "NOTICE", "TO WHOM", "BY")


def as_text(promulgation: Promulgation) -> str:
    """The plan as a table in order of time, days apart, with what each notice tells of and what is wrong below it."""
    lines = [
        f"{PLAN}{promulgation.exercise}",
        f"{STATUS}. All times are UTC.",
        *_late(promulgation),
        *_over(promulgation),
        "",
    ]
    rows = [_row(step) for step in promulgation.steps]
    widths = [max(map(len, column)) for column in zip(_HEADS, *rows, strict=True)]
    indent = " " * (widths[0] + widths[1] + 4)
    lines.append(_table_line(_HEADS, widths))
    day = ""
    for step, row in zip(promulgation.steps, rows, strict=True):
        if _day(step.at_ms) != day:
            day = _day(step.at_ms)
            lines += ["", day]
        lines += [_table_line(row, widths), *_notes(step, indent)]
    if not rows:
        lines.append("Nothing is to be promulgated: nothing that is planned endangers shipping or aircraft.")
    if promulgation.left_out:
        lines += ["", "LEFT OUT", *promulgation.left_out]
    return "\n".join(lines) + "\n"


def as_json(promulgation: Promulgation) -> str:
    """The plan as one JSON object, times in ISO 8601, null where the plan gives none."""
    document = {
        "exercise": promulgation.exercise,
        "status": STATUS,
        "steps": [_object(step) for step in promulgation.steps],
        "left_out": list(promulgation.left_out),
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def as_entries(promulgation: Promulgation) -> tuple[Entry, ...]:
    """The steps as entries of a calendar, instants with an alarm; a step has the same id in every plan."""
    return tuple(
        Entry(
            id=f"{step.id}@{promulgation.exercise}",
            start_ms=step.at_ms,
            summary=f"{step.task.capitalize()} {step.notice} ({step.kind}): {step.to}",
            description="\n".join([*_details(step), f"Due {format_time(step.due_ms)}: {step.basis}.", STATUS]),
            categories=(step.kind.upper(), step.task.upper()),
            alarm_ms=_ALARMS_MS.get(step.task, HOUR_MS),
        )
        for step in promulgation.steps
    )


def _late(promulgation: Promulgation) -> Iterator[str]:
    late = [step.notice for step in promulgation.steps if step.is_late]
    if late:
        yield f"LATE IN THE PLAN: {listed(late, 'and')}. They stand here at the times by which they are due."


def _over(promulgation: Promulgation) -> Iterator[str]:
    if promulgation.over and promulgation.now_ms is not None:
        now = format_time(promulgation.now_ms)
        yield f"OVER at {now}: {listed(promulgation.over, 'and')}. Too late to tell of them; no text is drafted."


def _row(step: Step) -> tuple[str, ...]:
    at, due = format_time(step.at_ms), format_time(step.due_ms)
    return at[2:7], step.task.upper(), f"{step.notice} ({step.kind})", step.to, "" if due == at else due


def _day(time_ms: int) -> str:
    """`FRI 14 JUL 2023`."""
    return f"{datetime.fromtimestamp(time_ms // SECOND_MS, UTC):%a %d %b %Y}".upper()


def _table_line(row: tuple[str, ...], widths: list[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _notes(step: Step, indent: str) -> Iterator[str]:
    """What a step is about, below it; a warning of the plan's own time for all but what is only routine."""
    lines = _details(step) if step.task is Task.PROMULGATE else [line for line in (step.remark,) if line]
    for line in lines:
        yield from textwrap.wrap(line, _LINE, initial_indent=indent, subsequent_indent=f"{indent}  ")


def _details(step: Step) -> list[str]:
    lines = [f"{step.subject}.", f"Originator: {step.originator}{_OWN if _is_own(step) else ''}."]
    if step.coordinator:
        lines.append(f"Coordinator: {step.coordinator} (not verified).")
    return [*lines, step.remark] if step.remark else lines


def _is_own(step: Step) -> bool:
    """Whether the one who originates a notice is the one who promulgates it."""
    office, _, _ = step.to.partition(";")
    return office.partition(",")[0].casefold() == step.originator.casefold()


def _object(step: Step) -> Mapping[str, object]:
    return {
        "id": step.id,
        "task": step.task.value,
        "notice": step.notice,
        "kind": step.kind.value,
        "subject": step.subject,
        "to": step.to,
        "originator": step.originator,
        "coordinator": step.coordinator,
        "at": format_time_iso(step.at_ms),
        "due": format_time_iso(step.due_ms),
        "planned": None if step.planned_ms is None else format_time_iso(step.planned_ms),
        "is_late": step.is_late,
        "is_over": step.is_over,
        "basis": step.basis,
        "remark": step.remark,
    }
