"""What a notice says before it has a form: what goes on, where, when, until when, and what it cancels.

A draft is written by `waterspace.messages.writing`, one module for each form. It is nobody's notice yet: its number is
the coordinator's to give, and until then a text has a blank in its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from waterspace.domain import Band
from waterspace.messages.reading import Category, Form

if TYPE_CHECKING:
    from waterspace.domain import Footprint, NotamCircle, Window

__all__ = ["ALTERNATE", "ALTERNATE_FOR_AIRMEN", "STATUS", "Draft", "DraftArea", "DraftPart", "Issuer", "Restriction"]

STATUS = "DRAFT - NOT PROMULGATED"
"""What stands beside every draft that is shown to anybody, outside of its text."""


ALTERNATE, ALTERNATE_FOR_AIRMEN = " MAY TAKE PLACE, ALTERNATE", " MAY TAKE PLACE AT ALTN TIMES"
"""Stand behind what goes on in a paragraph of which only the alternate times are left; a time follows the first.

Our reading: what may take place on a spare day is not said to take place, and the word that other texts have before
such times stays before them, so that they are read back as alternates.
"""


class Issuer(StrEnum):
    """Whose habits a text follows: the coordinators and administrations whose style is known."""

    JAPAN = "japan"
    RUSSIA = "russia"
    CHINA = "china"
    USA = "usa"


class Restriction(StrEnum):
    """What ships are asked to do; the last is a prohibition in the part that lies in territorial waters."""

    NONE = "none"
    WIDE_BERTH = "wide_berth"
    DANGEROUS = "dangerous"
    PROHIBITED = "prohibited"
    PROHIBITED_INSIDE = "prohibited_inside"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftArea:
    """One place of a draft.

    Attributes:
        footprint: on the ellipsoid; what moves must have been made into what it sweeps.
        label: such as `A`; empty for letters in order where there are several.
        band: heights; forms for mariners do not carry it.
        form: a line is a corridor of no width, a position a circle of no radius.
    """

    footprint: Footprint
    label: str = ""
    band: Band = Band()
    form: Form = Form.AREA


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPart:
    """A paragraph of a draft: some places that have the same times.

    Attributes:
        areas: at least one.
        windows: when they are in force, in order of time; empty until further notice.
        reserves: alternate times, used instead where the others fail.
        activity: what goes on, in words; empty for what the draft says of the same category.
        category: of what goes on; None for that of the draft.
    """

    areas: tuple[DraftArea, ...]
    windows: tuple[Window, ...] = ()
    reserves: tuple[Window, ...] = ()
    activity: str = ""
    category: Category | None = None

    @property
    def is_alternate(self) -> bool:
        """Whether its times are only alternates, because the others are over."""
        return self.activity.endswith((ALTERNATE, ALTERNATE_FOR_AIRMEN))


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A notice before it has a form.

    Attributes:
        id: of this draft, such as the id of the notice in the plan.
        issuer: whose habits the text follows.
        series: such as `NAVAREA XI` or `COASTAL WARNING`; empty for what the form has.
        number: that the coordinator gave, such as `999/26`; empty until then.
        issued_ms: date-time group, milliseconds since 1970-01-01T00:00Z; None until it is issued.
        general_area: such as `SEA OF JAPAN`.
        locality: such as `OKI SHOTO, NORTHWARD`; may be empty.
        charts: such as `W1009 (INT 5301)`.
        category: what goes on.
        activity: the same in the words of the notice, such as `GUNNERY EXERCISES`; empty for the issuer's own words.
        areas: places that have the same times.
        windows: when they are in force, in order of time; empty until further notice.
        reserves: alternate times.
        parts: further paragraphs with times of their own.
        cancel_ms: when the notice cancels itself; None where it does not.
        cancels: the notices that it cancels, as others cite them, such as `HYDROPAC 1234/26`.
        restriction: what ships are asked to do.
        remarks: further sentences without a full stop; they must name no place and no time.
        originator: who signs, such as `HAINAN MSA CHINA`, where the form has a place for it.
        kind: of the notice in the plan, such as `navarea` or `notam`; empty where there is none.
        firs: ICAO codes of flight information regions, for forms for airmen.
        circle: of line Q of a NOTAM as the planner gave it; None to have one made that covers all areas.
        band: of line Q of a NOTAM that only cancels, which repeats the levels of the one that it cancels.
    """

    id: str
    areas: tuple[DraftArea, ...]
    issuer: Issuer = Issuer.USA
    series: str = ""
    number: str = ""
    issued_ms: int | None = None
    general_area: str = ""
    locality: str = ""
    charts: tuple[str, ...] = ()
    category: Category = Category.OTHER
    activity: str = ""
    windows: tuple[Window, ...] = ()
    reserves: tuple[Window, ...] = ()
    parts: tuple[DraftPart, ...] = ()
    cancel_ms: int | None = None
    cancels: tuple[str, ...] = ()
    restriction: Restriction = Restriction.NONE
    remarks: tuple[str, ...] = ()
    originator: str = ""
    kind: str = ""
    firs: tuple[str, ...] = ()
    circle: NotamCircle | None = None
    band: Band = Band()

    @property
    def paragraphs(self) -> tuple[DraftPart, ...]:
        """All places with their times, those of the draft itself first."""
        own = DraftPart(areas=self.areas, windows=self.windows, reserves=self.reserves)
        return (own, *self.parts) if self.areas else self.parts

    @property
    def near_ms(self) -> int | None:
        """When it is issued, or else begins, milliseconds since 1970-01-01T00:00Z; None where neither is known."""
        if self.issued_ms is not None:
            return self.issued_ms
        return min((window.start_ms for part in self.paragraphs for window in part.windows), default=None)

    @property
    def categories(self) -> tuple[Category, ...]:
        """What goes on in any paragraph, each once, in their order; without any what the draft says."""
        return tuple(dict.fromkeys(map(self.category_of, self.paragraphs))) or (self.category,)

    def category_of(self, part: DraftPart) -> Category:
        """What goes on in a paragraph."""
        return self.category if part.category is None else part.category

    def activity_of(self, part: DraftPart) -> str:
        """The same in the words of the paragraph, or of the draft; empty where neither has words for it."""
        return part.activity or (self.activity if self.category_of(part) is self.category else "")
