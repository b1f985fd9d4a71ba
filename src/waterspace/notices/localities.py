"""Where in its general area a notice is: its locality, in the issuer's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.messages.draft import Issuer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.domain import Footprint

__all__ = ["locality"]


def locality(footprints: Sequence[Footprint], issuer: Issuer = Issuer.USA) -> str:
    """The locality of a notice, such as `OKI SHOTO, NORTHWARD`; empty where no known place is near."""
    del footprints, issuer
    return ""
