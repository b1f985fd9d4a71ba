"""What is found of places in a part of a message: areas, doubts, and what is announced and has not come yet."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from waterspace.domain import Without
from waterspace.messages.intent import Intent
from waterspace.messages.reading import Doubt, Span, WarnedArea

if TYPE_CHECKING:
    from waterspace.messages.lexing import Token

__all__ = ["Places"]


@dataclass(slots=True)
class Places:
    """The places of a part of a message.

    Attributes:
        areas: without times, in the order of the text.
        doubts: about them.
        spans: characters that gave positions; whatever stands there is no time.
        pending: what the last words announce and what has not come yet, for the parts below.
    """

    areas: list[WarnedArea] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    pending: Intent = field(default_factory=Intent)

    def add(self, area: WarnedArea, *, is_hole: bool) -> None:
        """Keep an area, or take it out of the one before."""
        if not is_hole:
            self.areas.append(area)
        elif self.areas:
            whole = self.areas[-1]
            taken = whole.footprint
            if isinstance(taken, Without):
                left = Without(base=taken.base, holes=(*taken.holes, area.footprint))
            else:
                left = Without(base=taken, holes=(area.footprint,))
            self.areas[-1] = replace(whole, footprint=left)
        else:
            self.doubt(area.spans[0], "an area is excluded, and none stands before it")

    def doubt(self, span: Span, reason: str) -> None:
        """Keep a doubt, a clause that becomes a sentence."""
        self.doubts.append(Doubt(span, f"{reason[0].upper()}{reason[1:]}."))

    def doubt_at(self, token: Token, reason: str) -> None:
        """Likewise, at a token."""
        self.doubt(token.span, reason)
