"""What an editor offers to do about a mark: what would mend it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.lsp.rename import Change
from waterspace.planfile.editing import splices
from waterspace.planfile.quoting import quote_like

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.domain import Fix
    from waterspace.lsp.marks import Mark
    from waterspace.lsp.plan import Plan

__all__ = ["Remedy", "remedies"]

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
    if plan.layout is None or not plan.layout.is_whole:
        return ()
    try:
        found = [splice for edit in fix.edits for splice in splices(plan.text.body, plan.layout.tree, edit)]
    except KeyError:
        return ()
    return tuple(Change((splice.start, splice.end), splice.text) for splice in sorted(found))
