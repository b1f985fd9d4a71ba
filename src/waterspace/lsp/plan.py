"""What is known of the text in an editor: its layout, its names, and the newest plan that could be understood."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from waterspace.lsp.layout import layout_of
from waterspace.lsp.names import Names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.domain import Exercise
    from waterspace.lsp.layout import Layout
    from waterspace.lsp.text import Text

__all__ = ["Plan"]

_LARGE = 500_000
"""Characters above which making out the layout takes longer than somebody who types would wait."""


@dataclass(frozen=True)
class Plan:
    """A text and what can be said of it.

    Attributes:
        text: as the editor holds it.
        edited_line: line of the last edit, from 0; None for a text just opened.
        before: the last plan whose layout could be made out, for what this one lacks.
        exercise: the newest exercise that could be understood, of this text or an older one.
    """

    text: Text
    edited_line: int | None = None
    before: Plan | None = field(default=None, repr=False)
    exercise: Exercise | None = field(default=None, repr=False)

    def edited(self, text: Text, line: int) -> Plan:
        """The plan after an edit."""
        return Plan(text, line, self._last_readable(), self.exercise)

    def _last_readable(self) -> Plan | None:
        if "layout" not in self.__dict__:  # nobody has asked: then an older one will do
            return self.before or Plan(self.text, self.edited_line, None, self.exercise)
        if self.layout is None:
            return self.before
        return Plan._bare(self)

    def _bare(self) -> Plan:
        """The same without what was before it, so that old texts are forgotten."""
        bare = Plan(self.text, self.edited_line, None, self.exercise)
        bare.__dict__["layout"] = self.layout
        return bare

    @cached_property
    def layout(self) -> Layout | None:
        """Where the keys and values of this text stand; None where nothing can be read."""
        return layout_of(self.text.body, self.edited_line)

    @cached_property
    def names(self) -> Names | None:
        """The names of this text."""
        return None if self.layout is None else Names(self.layout)

    @property
    def known(self) -> Plan | None:
        """This plan, or the last one whose layout could be made out; for a large text whatever is there already."""
        if len(self.text.source) > _LARGE and self.before is not None and "layout" not in self.__dict__:
            return self.before
        return self if self.layout is not None else self.before

    def type_of(self, serial: str) -> str | None:
        """The type of a serial, as far as the file gives it."""
        layout = None if self.known is None else self.known.layout
        return None if layout is None else layout.text_at(("serials", serial, "type"))

    def ids(self, sections: tuple[str, ...]) -> Mapping[str, str]:
        """Ids of some sections to what each is, in a few words."""
        names = None if self.known is None else self.known.names
        if names is None or self.known is None:
            return {}
        return {
            id_: self.known.label(section, id_) for section in sections for id_ in names.definitions.get(section, {})
        }

    def label(self, section: str, id_: str) -> str:
        """What an entry is, in a few words."""
        layout = self.layout
        if layout is None:
            return ""
        path = (*section.split("."), id_)
        said = [layout.text_at((*path, key)) for key in ("name", "text", "type", "class", "kind")]
        return ", ".join(dict.fromkeys(part for part in said if part))
