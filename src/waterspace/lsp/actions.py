"""What an editor offers to do about a mark: what would mend it."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.domain import Edit
from waterspace.lsp.rename import Change
from waterspace.planfile.quoting import quote_like

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.domain import Fix
    from waterspace.lsp.marks import Mark
    from waterspace.lsp.plan import Plan

__all__ = ["Remedy", "changes_between", "remedies"]

_MEANT = re.compile(r"Did you mean ([^?]+)\?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """Something that mends a mark.

    Attributes:
        title: what it does, as an order.
        changes: to the text, which do not overlap.
        is_safe: whether it may be done without asking.
    """

    title: str
    changes: tuple[Change, ...]
    is_safe: bool


def remedies(plan: Plan, mark: Mark) -> tuple[Remedy, ...]:
    """What would mend a mark of the text as it is."""
    found = [*_meant(plan, mark)]
    fix = None if mark.finding is None else mark.finding.fix
    if fix is not None:
        changes = _changes(plan, fix)
        if changes:
            found.append(Remedy(title=fix.title, changes=changes, is_safe=fix.is_safe))
    return tuple(found)


def _meant(plan: Plan, mark: Mark) -> Iterator[Remedy]:
    """The word that a fault thinks was meant."""
    fault = mark.fault
    meant = None if fault is None else _MEANT.fullmatch(fault.advice)
    if fault is None or meant is None:
        return
    written = plan.text.body[mark.span[0] : mark.span[1]]
    if fault.found and fault.found == written.strip("\"'"):
        change = Change(mark.span, quote_like(meant[1], written))
        yield Remedy(title=f"Write {meant[1]} instead of {fault.found}", changes=(change,), is_safe=True)


def _changes(plan: Plan, fix: Fix) -> tuple[Change, ...]:
    """A fix as changes of the text; empty where the text is no longer the one that it is for."""
    changes = []
    for edit in fix.edits:
        span = plan.layout.value_span(edit.path) if plan.layout is not None and isinstance(edit, Edit) else None
        if span is None or not isinstance(edit, Edit):
            return ()
        changes.append(Change(span, quote_like(edit.text, plan.text.body[span[0] : span[1]])))
    return tuple(changes)


def changes_between(old: str, new: str) -> tuple[Change, ...]:
    """The fewest lines to replace so that one text becomes another."""
    before, after = (re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", text) for text in (old, new))
    starts = [0]
    for line in before:
        starts.append(starts[-1] + len(line))
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    return tuple(
        Change((starts[first], starts[last]), "".join(after[from_:to]))
        for kind, first, last, from_, to in matcher.get_opcodes()
        if kind != "equal"
    )
