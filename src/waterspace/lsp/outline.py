"""The outline of a plan: its sections, and the entries of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.lsp.keys import sections

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.lsp.layout import Layout
    from waterspace.lsp.plan import Plan
    from waterspace.lsp.text import Span
    from waterspace.planfile.tree import Path

__all__ = ["Heading", "outline"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A line of the outline.

    Attributes:
        name: the key.
        detail: what the entry is, in a few words.
        section: of the entry, such as `units`; empty for a section itself.
        span: from the key to the end of the value.
        key_span: of the key.
        inner: what stands under it.
    """

    name: str
    detail: str
    section: str
    span: Span
    key_span: Span
    inner: tuple[Heading, ...] = ()


def outline(plan: Plan) -> tuple[Heading, ...]:
    """The sections of a plan; empty where the text cannot be read at all."""
    return () if plan.layout is None else tuple(_sections(plan, plan.layout, ()))


def _sections(plan: Plan, layout: Layout, above: Path) -> Iterator[Heading]:
    known = sections()
    for path, key_span in layout.entries(above):
        if path in known:
            inner = tuple(_entries(plan, layout, path))
        elif any(section[: len(path)] == path for section in known):
            inner = tuple(_sections(plan, layout, path))
        else:
            inner = ()
        span = layout.entry_span(path) or key_span
        detail = f"{len(inner)}" if inner else layout.text_at((*path, "name")) or layout.text_at(path) or ""
        yield Heading(name=path[-1], detail=detail, section="", span=span, key_span=key_span, inner=inner)


def _entries(plan: Plan, layout: Layout, section: Path) -> Iterator[Heading]:
    dotted = ".".join(section)
    for path, key_span in layout.entries(section):
        span = layout.entry_span(path) or key_span
        detail = plan.label(dotted, path[-1])
        yield Heading(name=path[-1], detail=detail, section=dotted, span=span, key_span=key_span)
