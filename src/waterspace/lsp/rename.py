"""Another id for an entry, wherever the file names it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from waterspace.errors import NotationError, WaterspaceError
from waterspace.planfile.quoting import quote_like
from waterspace.planfile.scalars import ID

if TYPE_CHECKING:
    from waterspace.lsp.names import Name
    from waterspace.lsp.plan import Plan
    from waterspace.lsp.text import Span

__all__ = ["Change", "RenameError", "renamable", "rename"]

_GIVEN = frozenset({"participants"})
"""Sections whose ids are given by the world: nobody renames a country."""


class RenameError(WaterspaceError):
    """An entry cannot be renamed; the message says why."""


class Change(NamedTuple):
    """Another text for a span."""

    span: Span
    new: str


def renamable(plan: Plan, offset: int) -> Name | None:
    """The id at an offset, if it is one of an entry of the file that can be renamed."""
    name = None if plan.names is None else plan.names.at(offset)
    return None if name is None or not name.section or name.section in _GIVEN else name


def rename(plan: Plan, offset: int, new: str) -> tuple[Change, ...]:
    """What to change so that the entry named at an offset has another id.

    Raises:
        RenameError: nothing there can be renamed, the file cannot be read in full, or the new id cannot be.
    """
    name = renamable(plan, offset)
    if plan.layout is None or plan.names is None or name is None:
        raise RenameError("No id of an entry of this file stands here.")
    if not plan.layout.is_whole:
        raise RenameError("Part of the file cannot be read, so that a use of the id might be missed. Mend that first.")
    try:
        ID.read(new)
    except NotationError as error:
        raise RenameError(f"{new!r} cannot be an id: {error.expected} is expected.") from None
    other = plan.names.anywhere(new)
    if other is not None and new != name.id:
        line = plan.text.line_of(other.span[0]) + 1
        raise RenameError(f"{new} is already the id of another entry, in line {line}.")
    stray = next((use for use in plan.names.uses if use.id == new and not use.section), None)
    if stray is not None:
        line = plan.text.line_of(stray.span[0]) + 1
        raise RenameError(f"Line {line} names {new}, which no entry of the file has: it would come to mean this one.")
    body = plan.text.body
    return tuple(
        Change(one.span, quote_like(new, body[one.span[0] : one.span[1]])) for one in plan.names.occurrences(name)
    )
