"""What was really sent is held against the draft: the ledger keeps what the text says, and never takes it on trust."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from draft_cases import at, instant
from waterspace.domain import Band, Circle, Polygon, Window
from waterspace.errors import LedgerError
from waterspace.messages.draft import Draft, DraftArea, DraftPart, Issuer, Restriction
from waterspace.messages.reading import Category, Form
from waterspace.messages.writing import hydropac, navarea, navtex, notam, safetynet
from waterspace.notices.ledger.amending import Action, ActionKind, amendments, record
from waterspace.notices.ledger.as_sent import as_it_went, names_in
from waterspace.notices.ledger.book import Ledger, Status
from waterspace.notices.ledger.changing import is_wider
from waterspace.notices.ledger.content import Place
from waterspace.notices.ledger.file import parse
from waterspace.notices.ledger.numbers import oddity
from waterspace.quantity import DAY_MS, FOOT_M, HOUR_MS

if TYPE_CHECKING:
    from collections.abc import Callable

SENT_MS = instant(2026, 7, 15, 6)
FIRST_MS, LAST_MS = instant(2026, 7, 22), instant(2026, 7, 23, 9)
NUMBER = "NAVAREA XI 0123/26"
BOX = Polygon(vertices=(at(39.0, 134.0), at(39.3, 134.0), at(39.3, 134.4), at(39.0, 134.4)))
DRAFT = Draft(
    id="N1",
    kind="navarea",
    issuer=Issuer.JAPAN,
    series="NAVAREA XI",
    issued_ms=SENT_MS,
    category=Category.GUNNERY,
    areas=(DraftArea(footprint=BOX, band=Band(floor_m=0.0, ceiling_m=30_000 * FOOT_M)),),
    windows=(
        Window(start_ms=FIRST_MS, end_ms=FIRST_MS + 9 * HOUR_MS),
        Window(start_ms=FIRST_MS + DAY_MS, end_ms=LAST_MS),
    ),
    cancel_ms=LAST_MS + HOUR_MS,
    restriction=Restriction.WIDE_BERTH,
)
NOTAM = replace(DRAFT, kind="notam", series="", firs=("RJJJ",), cancel_ms=None)


def todo(planned: Draft | None, ledger: Ledger, now_ms: int = SENT_MS) -> tuple[Action, ...]:
    """What is to be done, in the words of the draft's kind."""
    write = notam.write if "A0" in "".join(ledger.lines) or planned is NOTAM else navarea.write
    return amendments([] if planned is None else [planned], ledger, now_ms=now_ms, write=write)


def slipped(draft: Draft, was: str, sent: str, number: str = NUMBER) -> Ledger:
    """A ledger with a text that was sent otherwise than it was written, read back from its file."""
    (action,) = todo(draft, Ledger())
    text = action.text.replace(was, sent)
    assert text != action.text
    return parse("\n".join(record(Ledger(), action, number, SENT_MS, text).lines), "file")


# ----------------------------------------------------------------------------------------------- when it cancels itself


def test_a_text_that_cancels_itself_while_danger_lasts_is_to_be_replaced_before_anything_else() -> None:
    ledger = slipped(DRAFT, "231000Z", "220100Z")
    assert ledger.sendings[0].said.cancel_ms == FIRST_MS + HOUR_MS
    (action,) = todo(DRAFT, ledger)
    assert (action.kind, action.is_urgent) == (ActionKind.REPLACE, True)
    (action,) = todo(DRAFT, ledger, FIRST_MS + 2 * HOUR_MS)
    assert (action.kind, action.is_urgent) == (ActionKind.SEND, True)
    assert "cancelled itself at 220100Z JUL 26 and is planned anew" in action.sentence


def test_a_text_that_cancels_itself_before_anything_began_warns_of_nothing() -> None:
    (action,) = todo(DRAFT, slipped(DRAFT, "231000Z", "210100Z"))
    assert (action.kind, action.is_urgent) == (ActionKind.REPLACE, True)


def test_a_text_that_holds_until_further_notice_and_cancels_itself_too_early_is_urgent() -> None:
    lasting = replace(DRAFT, windows=())
    (action,) = todo(lasting, slipped(lasting, "231000Z", "220100Z"))
    assert (action.kind, action.is_urgent) == (ActionKind.REPLACE, True)


@pytest.mark.parametrize("line", ["CANCEL THIS MSG 241000Z JUL.", ""])
def test_a_text_that_cancels_itself_later_or_never_is_replaced_in_its_turn(line: str) -> None:
    ledger = slipped(DRAFT, "CANCEL THIS MSG 231000Z JUL.", line)
    (action,) = todo(DRAFT, ledger)
    assert (action.kind, action.is_urgent) == (ActionKind.REPLACE, False)
    assert "cancels itself" in action.sentence
    assert ledger.sendings[0].said.places == todo_places(DRAFT)


def todo_places(draft: Draft) -> tuple[Place, ...]:
    """The places of a draft as the ledger keeps them."""
    (action,) = todo(draft, Ledger())
    return record(Ledger(), action, NUMBER, SENT_MS).sendings[0].said.places


# --------------------------------------------------------------------------- heights, goings-on, what is asked of ships


def test_a_notam_that_was_sent_with_other_heights_is_kept_as_it_is_and_replaced() -> None:
    ledger = slipped(NOTAM, "G) 30000FT", "G) 1000FT", "A0123/26")
    (place,) = ledger.sendings[0].said.places
    assert place.band.ceiling_m == pytest.approx(1000 * FOOT_M)
    (action,) = todo(NOTAM, ledger)
    assert (action.kind, action.is_urgent) == (ActionKind.REPLACE, True)


def test_other_heights_of_a_notam_that_is_not_understood_whole_are_seen() -> None:
    text = notam.write(NOTAM).replace("G) 30000FT", "G) 1000FT").replace("D) DAILY", "D) EVERY ODD")
    assert as_it_went(NOTAM, text, SENT_MS)[1] == "has other heights than the plan has now"


@pytest.mark.parametrize(
    ("was", "sent", "asked"),
    [
        ("WIDE BERTH REQUESTED.", "", Restriction.NONE),
        ("WIDE BERTH REQUESTED", "NAVIGATION PROHIBITED", Restriction.PROHIBITED),
        ("WIDE BERTH REQUESTED", "AREA TEMPORARILY DANGEROUS TO NAVIGATION", Restriction.DANGEROUS),
    ],
)
def test_a_text_that_asks_for_something_else_is_replaced(was: str, sent: str, asked: Restriction) -> None:
    ledger = slipped(DRAFT, was, sent)
    assert ledger.sendings[0].said.restriction is asked
    (action,) = todo(DRAFT, ledger)
    assert action.kind is ActionKind.REPLACE
    assert "asks for wide berth instead of" in action.sentence


def test_a_text_that_asks_for_the_same_in_other_words_is_kept() -> None:
    for words in ("VESSELS ARE REQUESTED TO KEEP CLEAR", "MARINERS ARE TO GIVE A WIDE BERTH"):
        assert [one.kind for one in todo(DRAFT, slipped(DRAFT, "WIDE BERTH REQUESTED", words))] == [ActionKind.KEEP]


def test_a_text_that_tells_of_something_else_is_replaced() -> None:
    ledger = slipped(DRAFT, "GUNNERY", "HYDROGRAPHIC SURVEY")
    assert ledger.sendings[0].said.places[0].category is Category.UNDERWATER_OPERATIONS
    assert [one.kind for one in todo(DRAFT, ledger)] == [ActionKind.REPLACE]


def test_two_places_whose_goings_on_were_swapped_are_seen() -> None:
    there = DraftArea(footprint=Circle(centre=at(41.0, 134.0), radius_m=9260.0))
    diving = DraftPart(areas=(there,), windows=DRAFT.windows, category=Category.UNDERWATER_OPERATIONS)
    meant = replace(DRAFT, parts=(diving,))
    swapped = replace(
        meant, category=Category.UNDERWATER_OPERATIONS, parts=(replace(diving, category=Category.GUNNERY),)
    )
    assert as_it_went(meant, navarea.write(meant), SENT_MS) == (meant, "")
    made, other = as_it_went(meant, navarea.write(swapped), SENT_MS)
    assert other == "tells of something else than the plan does now"
    assert [made.category_of(part) for part in made.paragraphs] == [
        Category.UNDERWATER_OPERATIONS,
        Category.GUNNERY,
    ]


def test_several_slips_of_one_text_are_all_kept() -> None:
    text = navarea.write(DRAFT).replace("GUNNERY", "MISSILE FIRING").replace("WIDE BERTH REQUESTED.\n", "")
    made, other = as_it_went(DRAFT, text.replace("231000Z", "241000Z"), SENT_MS)
    assert (made.restriction, made.categories) == (Restriction.NONE, (Category.MISSILE,))
    assert made.cancel_ms == LAST_MS + HOUR_MS + DAY_MS
    assert other == (
        "tells of something else than the plan does now and asks for something else than the plan does now and "
        "cancels itself at 241000Z JUL 26"
    )


@pytest.mark.parametrize("restriction", Restriction)
@pytest.mark.parametrize("about", sorted(set(Category) - {Category.DISTRESS}))
@pytest.mark.parametrize(
    ("kind", "write"),
    [
        ("navarea", navarea.write),
        ("navtex", navtex.write),
        ("hydropac", hydropac.write),
        ("safetynet", safetynet.write),
        ("notam", notam.write),
    ],
)
def test_a_text_that_was_sent_as_it_was_written_is_never_taken_for_another(
    kind: str, write: Callable[[Draft], str], about: Category, restriction: Restriction
) -> None:
    if kind == "notam" and about is Category.UNDERWATER_OPERATIONS:
        return  # NOTAMs have no code for it
    of_kind = NOTAM if kind == "notam" else replace(DRAFT, kind=kind)
    for issuer in Issuer:
        draft = replace(of_kind, issuer=issuer, category=about, restriction=restriction)
        assert as_it_went(draft, write(draft), SENT_MS) == (draft, "")


# -------------------------------------------------------------------------------------------------- no text to speak of


@pytest.mark.parametrize("text", ["", " \n"])
def test_an_empty_text_is_refused(text: str) -> None:
    (action,) = todo(DRAFT, Ledger())
    with pytest.raises(LedgerError, match="the text that was sent for N1 is empty; give it as it was sent"):
        record(Ledger(), action, NUMBER, SENT_MS, text)


@pytest.mark.parametrize(("draft", "number"), [(DRAFT, NUMBER), (NOTAM, "A0123/26")])
def test_a_text_without_any_place_is_not_taken_for_the_draft(draft: Draft, number: str) -> None:
    (action,) = todo(draft, Ledger())
    text = "hello, we did not send anything"
    assert as_it_went(draft, text, SENT_MS)[1] == "could not be held against the draft, as no place was read in it"
    ledger = parse("\n".join(record(Ledger(), action, number, SENT_MS, text).lines), "file")
    assert ledger.sendings[0].said.places == ()
    (action,) = todo(draft, ledger)
    assert (action.kind, action.is_urgent) == (ActionKind.REPLACE, True)
    assert f"N1 ({number}): warns of no place as it was sent; send the new text" in action.sentence
    assert number in action.text
    (action,) = todo(None, ledger)
    assert (action.kind, number in action.text) == (ActionKind.CANCEL, True)
    (action,) = todo(DRAFT, ledger, LAST_MS + DAY_MS) if draft is DRAFT else (action,)
    assert action.kind is ActionKind.CANCEL


def test_words_without_a_number_cancel_nothing() -> None:
    (action,) = todo(DRAFT, Ledger())
    ledger = record(Ledger(), action, NUMBER, SENT_MS)
    (action,) = todo(None, ledger)
    with pytest.raises(LedgerError, match="does not cancel NAVAREA XI 0123/26"):
        record(ledger, action, "0131/26", SENT_MS, "hello, we did not send anything")


# --------------------------------------------------------------------------------------------------------- whose number


@pytest.mark.parametrize("garble", ["", " AT SOME TIME 2A-00N"])
def test_a_text_that_cancels_the_warning_of_somebody_else_does_not_cancel_ours(garble: str) -> None:
    (action,) = todo(DRAFT, Ledger())
    first = record(Ledger(), action, NUMBER, SENT_MS)
    later = replace(DRAFT, windows=DRAFT.windows[:1])
    (action,) = todo(later, first)
    text = action.text.replace(f"CANCEL {NUMBER}", "CANCEL HYDROPAC 123/26").replace("GUNNERY", f"GUNNERY{garble}")
    assert action.draft is not None
    assert "does not cancel NAVAREA XI 0123/26" in as_it_went(action.draft, text, SENT_MS)[1]
    ledger = record(first, action, "0130/26", SENT_MS, text)
    assert [one.status for one in ledger.sendings] == [Status.SENT, Status.SENT]


def test_a_cancellation_of_the_warning_of_somebody_else_is_refused() -> None:
    (action,) = todo(DRAFT, Ledger())
    ledger = record(Ledger(), action, NUMBER, SENT_MS)
    (action,) = todo(None, ledger)
    with pytest.raises(LedgerError, match="does not cancel NAVAREA XI 0123/26"):
        record(ledger, action, "0131/26", SENT_MS, action.text.replace(f"CANCEL {NUMBER}", "CANCEL HYDROPAC 123/26"))
    assert record(ledger, action, "0131/26", SENT_MS, "CANCEL 123/26.").sendings[0].status is Status.CANCELLED


@pytest.mark.parametrize("series", ["", "NAVAREA XI", "JAPAN NAVIGATIONAL WARNING"])
def test_a_number_without_a_series_is_of_that_of_its_text(series: str) -> None:
    ours = replace(DRAFT, series=series, cancels=("0123/26",))
    for draft in (ours, replace(ours, areas=())):
        assert as_it_went(draft, navarea.write(draft), SENT_MS) == (draft, "")
    _, other = as_it_went(ours, navarea.write(ours).replace("CANCEL 0123/26", "CANCEL HYDROPAC 123/26"), SENT_MS)
    assert other == "does not cancel 0123/26"


# ---------------------------------------------------------------------------------------------------------------- slack


@pytest.mark.parametrize("radius_m", [1.0, 100.0])
def test_how_far_a_place_may_reach_out_does_not_depend_on_its_size(radius_m: float) -> None:
    def place(lat_deg: float) -> Place:
        circle = Circle(centre=at(lat_deg, 0.0), radius_m=radius_m)
        about = Category.GUNNERY
        return Place(footprint=circle, form=Form.AREA, band=Band(), category=about, windows=(), reserves=())

    here, beside = place(0.0), place(100.0 / 110_574.0)
    assert not is_wider([here], [beside], 200.0)
    assert is_wider([here], [beside])


@pytest.mark.parametrize(
    ("number", "told", "odd"),
    [
        (NUMBER, NUMBER, ""),
        ("NAVAREA XI 123/26", NUMBER, ""),
        (NUMBER, "NAVAREA XI ___/26", ""),
        (NUMBER, "NAVAREA XI 0999/26", "calls itself NAVAREA XI 0999/26, and NAVAREA XI 0123/26 was given"),
        ("A0456/26", "", "was given A0456/26, a number of a NOTAM"),
        ("HYDROPAC 12/26", "", "was given HYDROPAC 12/26, and is of NAVAREA XI"),
        ("NAVAREA XIII 0123/26", "", "was given NAVAREA XIII 0123/26, and is of NAVAREA XI"),
    ],
)
def test_a_number_that_is_not_that_of_the_text_or_of_the_series_is_told(number: str, told: str, odd: str) -> None:
    text = navarea.write(DRAFT).replace("NAVAREA XI ___/26", told)
    assert oddity(number, DRAFT, names_in(text, SENT_MS) if told else []) == odd


def test_the_number_of_a_notam_is_held_against_its_text() -> None:
    airmen = replace(DRAFT, kind="notam", series="", firs=("RJJJ",))
    text = notam.write(airmen).replace("(A____/26", "(A0456/26")
    assert oddity("A0456/26", airmen, names_in(text, SENT_MS)) == ""
    assert oddity("A0457/26", airmen, names_in(text, SENT_MS)) == "calls itself A0456/26, and A0457/26 was given"
