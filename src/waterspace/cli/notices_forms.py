"""Forms in which `waterspace notices` writes drafts: whom each is for, how it is written, what its files are called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from waterspace.errors import DraftError

if TYPE_CHECKING:
    from waterspace.messages.draft import Draft

__all__ = ["FORMS", "Form", "Format", "Language", "Wishes", "own_form", "written"]

_SEQUENCES = 10
"""Numbers that join the sentences of one message. Source: IEC 61162-1."""


class Format(StrEnum):
    """What is written of the notices of an exercise."""

    TEXT = "text"
    NAVAREA = "navarea"
    HYDROPAC = "hydropac"
    NAVTEX = "navtex"
    SAFETYNET = "safetynet"
    NOTAM = "notam"
    S124 = "s124"
    AIS = "ais"
    KML = "kml"
    CARD = "card"
    GEOJSON = "geojson"
    CALENDAR = "calendar"
    JSON = "json"
    ALL = "all"


class Language(StrEnum):
    """In which notices are written."""

    ENGLISH = "en"
    JAPANESE = "ja"
    CHINESE = "zh"
    RUSSIAN = "ru"
    KOREAN = "ko"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What forms ask for beyond the draft.

    Attributes:
        mmsi: of the station that sends AIS notices; None where nobody said.
        languages: at least one: of cards, side by side, and of warnings, as that coast's own service writes them.
        local_offset_ms: local time minus UTC, on cards.
    """

    mmsi: int | None = None
    languages: tuple[Language, ...] = (Language.ENGLISH,)
    local_offset_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form of drafts.

    Attributes:
        write: a draft as its text.
        suffix: of its files.
        is_for_airmen: whether it tells aircraft, and not ships.
        is_document: whether a text is a whole document, so that two of them cannot follow each other.
        has_languages: whether there are others than English.
    """

    write: Callable[[Draft, Wishes], str]
    suffix: str = "txt"
    is_for_airmen: bool = False
    is_document: bool = False
    has_languages: bool = False


_OWN = {
    "hydropac": Format.HYDROPAC,
    "hydrolant": Format.HYDROPAC,
    "hydroarc": Format.HYDROPAC,
    "navtex": Format.NAVTEX,
    "safetynet": Format.SAFETYNET,
    "s-124": Format.S124,
    "ais": Format.AIS,
    "notam": Format.NOTAM,
}
"""Forms by what a notice is, see `waterspace.messages.audience.Kind`."""


def own_form(draft: Draft) -> Format:
    """The form that the kind of a draft calls for; that of NAVAREA and coastal warnings where it names no other."""
    from waterspace.messages.audience import kind_of

    return _OWN.get(kind_of(draft.kind) or "", Format.NAVAREA)


def written(draft: Draft, format_: Format, wishes: Wishes) -> str:
    """A draft in a form.

    Raises:
        DraftError: the form cannot carry it, or asks for something that nobody gave.
    """
    return FORMS[format_].write(draft, wishes)


def _navarea(draft: Draft, wishes: Wishes) -> str:
    from waterspace.messages.writing import national, navarea

    texts = [
        navarea.write(draft) if language is Language.ENGLISH else national.write(draft, language.value)
        for language in wishes.languages
    ]
    return "\n\n".join(texts)


def _notam(draft: Draft, _: Wishes) -> str:
    from waterspace.messages.writing import notam

    return notam.write(draft)


def _hydropac(draft: Draft, _: Wishes) -> str:
    from waterspace.messages.writing import hydropac

    return hydropac.write(draft)


def _navtex(draft: Draft, _: Wishes) -> str:
    from waterspace.messages.writing import navtex

    return navtex.write(draft)


def _safetynet(draft: Draft, _: Wishes) -> str:
    from waterspace.messages.writing import safetynet

    return safetynet.write(draft)


def _s124(draft: Draft, __: Wishes) -> str:
    from waterspace.messages.draft import STATUS
    from waterspace.messages.writing import s124

    declaration, _, dataset = s124.write(draft, agency=draft.originator).partition("\n")
    return f"{declaration}\n<!-- {STATUS} -->\n{dataset}"


def _ais(draft: Draft, wishes: Wishes) -> str:
    from waterspace.messages.writing import ais_area

    if wishes.mmsi is None:
        raise DraftError("an AIS area notice is sent by a station; give its identity with --mmsi")
    notices = ais_area.write(draft, mmsi=wishes.mmsi)
    return "\n".join(line for number, notice in enumerate(notices) for line in notice.vdm(number % _SEQUENCES))


def _kml(draft: Draft, _: Wishes) -> str:
    from waterspace.messages.writing import kml

    return kml.write(draft)


def _card(draft: Draft, wishes: Wishes) -> str:
    from waterspace.reports.seafarers import as_card

    return as_card(
        draft,
        local_offset_ms=wishes.local_offset_ms,
        originator=draft.originator,
        languages=[language.value for language in wishes.languages],
    )


FORMS: dict[Format, Form] = {
    Format.NAVAREA: Form(write=_navarea, has_languages=True),
    Format.HYDROPAC: Form(write=_hydropac),
    Format.NAVTEX: Form(write=_navtex),
    Format.SAFETYNET: Form(write=_safetynet),
    Format.NOTAM: Form(write=_notam, is_for_airmen=True),
    Format.S124: Form(write=_s124, suffix="gml", is_document=True),
    Format.AIS: Form(write=_ais, suffix="nmea"),
    Format.KML: Form(write=_kml, suffix="kml", is_document=True),
    Format.CARD: Form(write=_card, suffix="html", is_document=True, has_languages=True),
}
"""The forms that have a text for each draft; `text`, `geojson`, `calendar`, `json` and `all` are made of all drafts."""
