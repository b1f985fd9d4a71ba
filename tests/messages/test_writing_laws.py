"""What is written is read back to the same places, times and cancellations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, event, given, settings

from draft_cases import drafts, faults
from waterspace.messages.phrasing.positions import Notation
from waterspace.messages.reader import read
from waterspace.messages.reading import Message
from waterspace.messages.writing import hydropac, navarea, navtex, safetynet
from waterspace.messages.writing.places import notation_of
from waterspace.messages.writing.styles import STYLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from waterspace.messages.draft import Draft

_FORMS: dict[str, Callable[[Draft], str]] = {
    "navarea": navarea.write,
    "hydropac": hydropac.write,
    "navtex": lambda draft: navtex.write(draft, "J", 42),
    "navtex without letters": navtex.write,
    "safetynet": safetynet.write,
}
_calm = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)

every_form = pytest.mark.parametrize("form", sorted(_FORMS))


def _check(form: str, draft: Draft) -> None:
    text = _FORMS[form](draft)
    notation = Notation.HUNDREDTHS if form == "hydropac" else notation_of(draft, STYLES[draft.issuer])
    event(f"{draft.issuer}, {len(draft.paragraphs)} paragraphs")
    reading = read(Message(id="", text=text))
    assert not faults(draft, reading, notation.resolution_deg), text


@every_form
@given(draft=drafts())
@settings(max_examples=25, deadline=None, suppress_health_check=_calm)
def test_what_is_written_is_read_back(form: str, draft: Draft) -> None:
    _check(form, draft)


@pytest.mark.deep
@every_form
@given(draft=drafts())
@settings(max_examples=150, deadline=None, suppress_health_check=_calm)
def test_thousands_of_drafts_are_read_back(form: str, draft: Draft) -> None:
    _check(form, draft)
