"""A notice of a plan, or one that it lacks, with its draft and what is worth knowing about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from waterspace.domain import PlannedNotice
    from waterspace.messages.draft import Draft
    from waterspace.notices.drafting.claims import Claim

__all__ = ["Drafted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A notice and its draft.

    Attributes:
        notice: of the plan, or proposed.
        draft: None where it covers nothing with a time and a place, and for what is no notice to the public.
        claims: the dangers that it tells of, as the serials make them.
        remark: why the plan lacks it, as a sentence; empty for notices of the plan.
        areas: numbers of the navigational areas that its coordinator may be of, that which the plan names or else the
            likeliest first; empty where there is none.
        part_of: id of the notice that it repeats a part of; empty for all others.
        beyond: which dangers reach beyond the areas that it names, in sentences; empty where none does.
        unasked: states in whose territorial seas it lies in part, and which have no part in it nor have given leave.
        elsewhere: why it belongs to another series of warnings, as a sentence; empty where it does not.
    """

    notice: PlannedNotice
    draft: Draft | None
    claims: tuple[Claim, ...]
    remark: str = ""
    areas: tuple[str, ...] = ()
    part_of: str = ""
    beyond: str = ""
    unasked: tuple[str, ...] = ()
    elsewhere: str = ""
