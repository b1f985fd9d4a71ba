"""A plan is changed: exactly the notices that say something else by now are to be sent anew or cancelled."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from draft_cases import at, drafts, instant
from source_tree import ROOT
from waterspace import planfile
from waterspace.domain import Circle, Polygon, Position, Sector, Window
from waterspace.errors import DraftError, LedgerError
from waterspace.geometry.geodesic import destination
from waterspace.messages.draft import Draft, DraftArea, DraftPart, Issuer, Restriction
from waterspace.messages.reader import read
from waterspace.messages.reading import Category, Form, Message, Verdict
from waterspace.messages.writing import hydropac, navarea, navtex, notam, safetynet
from waterspace.notices import draft_all
from waterspace.notices.ledger.amending import Action, ActionKind, amendments, record
from waterspace.notices.ledger.book import Ledger, Status, numbered, sent, went_out
from waterspace.notices.ledger.content import said
from waterspace.notices.ledger.file import parse
from waterspace.quantity import DAY_MS, HOUR_MS, MINUTE_MS, NAUTICAL_MILE_M

if TYPE_CHECKING:
    from waterspace.messages.phrasing.positions import Notation
    from waterspace.notices.ledger.content import Said

calm = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))

NOW_MS = instant(2024, 1, 1)
SENT_MS = instant(2026, 7, 15, 6)
NORTHERN = (ROOT / "examples" / "northern-interaction-2023.exercise.yaml").read_text(encoding="utf-8")
CENTRE = at(39.0, 134.0)


def box(north_nm: float = 20.0, east_nm: float = 20.0, corner: Position = CENTRE) -> Polygon:
    """A rectangle of water."""
    north, east = (
        destination(corner, bearing, miles * NAUTICAL_MILE_M) for bearing, miles in ((0.0, north_nm), (90.0, east_nm))
    )
    return Polygon(vertices=(corner, at(north.lat_deg, corner.lon_deg), at(north.lat_deg, east.lon_deg), east))


def day(number: int, start: int = 0, end: int = 9) -> Window:
    """Hours of a day of July 2026."""
    midnight_ms = instant(2026, 7, number)
    return Window(start_ms=midnight_ms + start * HOUR_MS, end_ms=midnight_ms + end * HOUR_MS)


DRAFT = Draft(
    id="N1",
    kind="navarea",
    issuer=Issuer.JAPAN,
    series="NAVAREA XI",
    issued_ms=SENT_MS,
    category=Category.GUNNERY,
    areas=(DraftArea(footprint=box()),),
    windows=(day(22), day(23)),
    cancel_ms=day(23).end_ms + HOUR_MS,
    restriction=Restriction.WIDE_BERTH,
)
NUMBER = "NAVAREA XI 0123/26"


def actions(planned: Sequence[Draft], ledger: Ledger, now_ms: int = SENT_MS) -> tuple[Action, ...]:
    """What is to be done, in the words of NAVAREA."""
    return amendments(planned, ledger, now_ms=now_ms, write=navarea.write)


def carried_out(ledger: Ledger, todo: Sequence[Action], at_ms: int) -> Ledger:
    """A ledger after actions were carried out and numbers came back."""
    for action in todo:
        if action.text:
            is_notam = action.draft is not None and action.draft.kind == "notam"
            series = "A" if is_notam else "NAVAREA XI "
            ledger = record(ledger, action, f"{series}{len(ledger.lines) + 100:04}/26", at_ms)
    return ledger


def after(changed: Draft | None, now_ms: int = SENT_MS + HOUR_MS, was: Draft = DRAFT) -> Action:
    """What is to be done about a notice that was sent and is planned otherwise."""
    ledger = sent(Ledger(), was, navarea.write(was), NUMBER, SENT_MS)
    (action,) = actions([] if changed is None else [changed], ledger, now_ms)
    return action


def moved(draft: Draft, by_ms: int) -> Draft:
    """A draft all of whose times are others."""

    def shifted(windows: tuple[Window, ...]) -> tuple[Window, ...]:
        return tuple(Window(start_ms=one.start_ms + by_ms, end_ms=one.end_ms + by_ms) for one in windows)

    return replace(
        draft,
        windows=shifted(draft.windows),
        reserves=shifted(draft.reserves),
        parts=tuple(
            replace(part, windows=shifted(part.windows), reserves=shifted(part.reserves)) for part in draft.parts
        ),
        cancel_ms=None if draft.cancel_ms is None else draft.cancel_ms + by_ms,
    )


# ----------------------------------------------------------------------------------------------------------------- laws


@st.composite
def plans(draw: st.DrawFn) -> tuple[Draft, ...]:
    """Some drafts of one plan, years after now."""
    found = draw(st.lists(drafts(), min_size=1, max_size=3))
    return tuple(
        replace(draft, id=f"N{number}", kind="navarea", series="NAVAREA XI", number="", cancels=())
        for number, draft in enumerate(found, 1)
    )


@given(plan=plans(), data=st.data())
@calm
def test_an_unchanged_plan_keeps_everything_in_whatever_order_it_is_given(
    plan: tuple[Draft, ...], data: st.DataObject
) -> None:
    todo = actions(plan, Ledger(), NOW_MS)
    assert {action.kind for action in todo} == {ActionKind.SEND}
    assert all(action.text and not action.obstacle for action in todo)
    ledger = carried_out(Ledger(), data.draw(st.permutations(todo)), NOW_MS)
    again = actions(data.draw(st.permutations(plan)), ledger, NOW_MS)
    assert [action.kind for action in again] == [ActionKind.KEEP] * len(plan)


@given(plan=plans(), data=st.data())
@calm
def test_what_is_changed_is_replaced_and_nothing_else_and_then_all_is_kept(
    plan: tuple[Draft, ...], data: st.DataObject
) -> None:
    ledger = carried_out(Ledger(), actions(plan, Ledger(), NOW_MS), NOW_MS)
    which = data.draw(st.integers(0, len(plan) - 1))
    by_ms = data.draw(st.sampled_from((HOUR_MS, -MINUTE_MS, 5 * DAY_MS)))
    changed = [moved(draft, by_ms) if number == which else draft for number, draft in enumerate(plan)]
    todo = actions(changed, ledger, NOW_MS)
    assert {action.id for action in todo if action.kind is ActionKind.REPLACE} == {plan[which].id}
    assert {action.kind for action in todo if action.id != plan[which].id} <= {ActionKind.KEEP}
    assert todo == actions(changed[::-1], ledger, NOW_MS)
    (action,) = (action for action in todo if action.kind is ActionKind.REPLACE)
    reading = read(Message(id="", text=action.text))
    assert action.sending is not None
    assert reading.cancels == action.sending.numbers
    settled = carried_out(ledger, todo, NOW_MS)
    assert {action.kind for action in actions(changed, settled, NOW_MS)} == {ActionKind.KEEP}
    assert sum(sending.status is Status.SENT for sending in settled.sendings) == len(plan)


@given(plan=plans(), data=st.data())
@calm
def test_what_is_dropped_is_cancelled_and_then_forgotten(plan: tuple[Draft, ...], data: st.DataObject) -> None:
    ledger = carried_out(Ledger(), actions(plan, Ledger(), NOW_MS), NOW_MS)
    kept = [draft for draft in plan if data.draw(st.booleans())]
    todo = actions(kept, ledger, NOW_MS)
    gone = {draft.id for draft in plan} - {draft.id for draft in kept}
    assert {action.id for action in todo if action.kind is ActionKind.CANCEL} == gone
    settled = actions(kept, carried_out(ledger, todo, NOW_MS), NOW_MS)
    assert [(action.id, action.kind) for action in settled] == [(draft.id, ActionKind.KEEP) for draft in kept]
    back = actions(plan, carried_out(ledger, todo, NOW_MS), NOW_MS)
    assert {action.id for action in back if action.kind is ActionKind.SEND} == gone


@given(draft=drafts(), hours=st.integers(-400, 400).filter(bool))
@calm
def test_times_of_which_nobody_was_warned_go_before_everything_else(draft: Draft, hours: int) -> None:
    was = replace(draft, kind="navarea", cancels=(), number="", reserves=(), parts=())
    changed = moved(was, hours * HOUR_MS)
    ledger = sent(Ledger(), was, "text", NUMBER, NOW_MS)
    (action,) = actions([changed], ledger, NOW_MS)
    told = [(window.start_ms, window.end_ms) for window in was.windows]
    is_told = all(
        any(start_ms <= window.start_ms and window.end_ms <= end_ms for start_ms, end_ms in told)
        for window in changed.windows
    )
    assert action.is_urgent is not is_told


@pytest.mark.deep
@given(plan=plans(), data=st.data())
@settings(calm, max_examples=150)
def test_the_laws_hold_for_hundreds_of_plans(plan: tuple[Draft, ...], data: st.DataObject) -> None:
    laws: tuple[Any, ...] = (
        test_an_unchanged_plan_keeps_everything_in_whatever_order_it_is_given,
        test_what_is_changed_is_replaced_and_nothing_else_and_then_all_is_kept,
        test_what_is_dropped_is_cancelled_and_then_forgotten,
    )
    for law in laws:
        law.hypothesis.inner_test(plan=plan, data=data)


# ---------------------------------------------------------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("change", "words", "is_urgent"),
    [
        ({"windows": (day(22), day(23, 0, 11)), "cancel_ms": day(23, 0, 12).end_ms}, "ends 2 h later on 23 JUL", True),
        ({"windows": (day(22), day(23, 0, 8)), "cancel_ms": day(23).end_ms}, "ends 1 h earlier on 23 JUL", False),
        ({"windows": (day(22, 1), day(23))}, "begins 1 h later on 22 JUL", False),
        ({"windows": (day(22, 1, 10), day(23))}, "begins and ends 1 h later on 22 JUL", True),
        ({"windows": (day(22, 1, 8), day(23))}, "begins 1 h later and ends 1 h earlier on 22 JUL", False),
        ({"windows": (day(22, 1, 10), day(23, 1, 10))}, "everything begins and ends 1 h later;", True),
        ({"windows": (day(22),)}, "no longer 230000Z TO 230900Z JUL", False),
        ({"windows": (day(21), day(22), day(23))}, "also 210000Z TO 210900Z JUL", True),
        (
            {"windows": (day(20), day(21), day(22, 5))},
            "0000Z TO 0900Z DAILY 20 AND 21 JUL AND 220500Z TO 220900Z JUL instead of 0000Z TO 0900Z DAILY 22 AND 23",
            True,
        ),
        (
            {"windows": (), "cancel_ms": None},
            "until further notice instead of 0000Z TO 0900Z DAILY 22 AND 23 JUL",
            True,
        ),
        ({"reserves": (day(24),), "cancel_ms": day(25).end_ms}, "alternates: now 240000Z TO 240900Z JUL", True),
        ({"cancel_ms": day(24).end_ms}, "cancels itself 23 h later, at 240900Z JUL 26;", False),
        ({"cancel_ms": None}, "does not cancel itself any more;", False),
        ({"restriction": Restriction.PROHIBITED}, "asks for nobody to enter instead of wide berth;", False),
        (
            {"restriction": Restriction.PROHIBITED_INSIDE},
            "asks for nobody to enter territorial waters instead of wide berth;",
            False,
        ),
        ({"category": Category.MISSILE}, "is missile instead of gunnery;", False),
        (
            {"category": Category.MILITARY_EXERCISE, "activity": "mine exercises"},
            "is MINE EXERCISES instead of gunnery;",
            False,
        ),
        ({"areas": (DraftArea(footprint=box(25.0)),)}, "grew by 25 %;", True),
        ({"areas": (DraftArea(footprint=box(10.0)),)}, "shrank by 50 %;", False),
        (
            {"areas": (DraftArea(footprint=box(corner=at(39.0, 134.1))),)},
            "has other limits, 23 % of it outside the old ones;",
            True,
        ),
        (
            {"areas": (DraftArea(footprint=box(corner=at(41.0, 134.0))),)},
            "lies elsewhere, 119.9 nm from where it was;",
            True,
        ),
        (
            {"areas": (*DRAFT.areas, DraftArea(footprint=Circle(centre=at(41.0, 134.0), radius_m=9260.0)))},
            "also the area around 41-00.0N 134-00.0E, 0000Z TO 0900Z DAILY 22 AND 23 JUL;",
            True,
        ),
        (
            {"areas": (DraftArea(footprint=Circle(centre=CENTRE, radius_m=0.0), form=Form.POSITION),)},
            "is at another place,",
            False,
        ),
    ],
)
def test_a_watch_officer_is_told_what_changed(change: dict[str, object], words: str, is_urgent: bool) -> None:
    action = after(replace(DRAFT, **change))  # type: ignore[arg-type]
    assert action.kind is ActionKind.REPLACE
    assert words in action.sentence
    assert action.is_urgent is is_urgent
    assert action.sentence.startswith("N1 (NAVAREA XI 0123/26): ")
    assert "send the new text, which cancels the old" in action.sentence
    assert ("before anything else" in action.sentence) is is_urgent


def test_the_sentence_as_a_whole() -> None:
    shorter = replace(DRAFT, windows=(day(22), day(23, 0, 7)), cancel_ms=day(23, 0, 8).end_ms)
    assert after(shorter).sentence == (
        "N1 (NAVAREA XI 0123/26): ends 2 h earlier on 23 JUL; send the new text, which cancels the old."
    )
    assert after(DRAFT).sentence == "N1 (NAVAREA XI 0123/26): says the same; nothing to do."
    assert after(None).sentence == (
        "N1 (NAVAREA XI 0123/26): is not planned any more, and is in force until 231000Z JUL 26; send the cancellation."
    )
    assert after(None, day(24).start_ms).sentence == (
        "N1 (NAVAREA XI 0123/26): cancelled itself at 231000Z JUL 26; nothing to do."
    )
    assert after(None, day(23).end_ms).sentence == (
        "N1 (NAVAREA XI 0123/26): has no times to come, and cancels itself at 231000Z JUL 26; nothing to do."
    )


def test_a_serial_that_moves_past_the_end_of_its_notice_says_what_to_write_in_the_exercise() -> None:
    changed = moved(DRAFT, 5 * DAY_MS)
    action = after(replace(changed, cancel_ms=DRAFT.cancel_ms))
    assert "not after 280900Z JUL 26; write 2026-07-28T10:00:00Z for `notices.N1.cancel`, an hour" in action.obstacle
    assert after(replace(changed, cancel_ms=instant(2026, 7, 28, 10))).text
    office = replace(NOTAMS, id="N3-RJJJ", cancel_ms=day(23).end_ms)
    with pytest.raises(DraftError, match=r"write 2026-07-24T10:00:00Z for `notices\.N3\.cancel`"):
        notam.write(office)


@pytest.mark.parametrize("issuer", Issuer)
@pytest.mark.parametrize("write", [navarea.write, hydropac.write, navtex.write, safetynet.write])
def test_alternates_that_are_left_alone_are_still_alternates(issuer: Issuer, write: Callable[[Draft], str]) -> None:
    dropped = DraftPart(areas=(DraftArea(footprint=box(corner=at(41.0, 134.0))),), windows=(day(28),))
    plan = replace(DRAFT, issuer=issuer, reserves=(day(26), day(27)), parts=(dropped,), cancel_ms=day(29).end_ms)
    ledger = sent(Ledger(), plan, "text", NUMBER, SENT_MS)
    left = replace(plan, parts=())
    now_ms = day(25).start_ms
    (action,) = amendments([left], ledger, now_ms=now_ms, write=write)
    assert action.kind is ActionKind.REPLACE
    reading = read(Message(id="", text=action.text, issued_ms=now_ms))
    assert not reading.doubts
    (area,) = reading.areas
    assert not area.spells
    assert [(spell.start_ms, spell.end_ms) for spell in area.reserves] == [
        (one.start_ms, one.end_ms) for one in (day(26), day(27))
    ]
    ledger = record(ledger, action, "NAVAREA XI 0124/26", now_ms, action.text)
    assert [one.kind for one in amendments([left], ledger, now_ms=now_ms, write=write)] == [ActionKind.KEEP]


def test_a_notam_says_that_the_times_left_are_alternates() -> None:
    plan = replace(NOTAMS, parts=(), reserves=(day(26),))
    (action,) = notam_actions([plan], Ledger(), day(25).start_ms)
    text = " ".join(action.text.split())
    assert "MAY TAKE PLACE AT ALTN TIMES" in text
    assert "WILL" not in text


def test_only_the_place_that_changed_is_named() -> None:
    second = DraftArea(footprint=Circle(centre=at(41.0, 134.0), radius_m=9260.0))
    was = replace(DRAFT, parts=(DraftPart(areas=(second,), windows=(day(22),)),))
    changed = replace(was, parts=(DraftPart(areas=(second,), windows=(day(22, 0, 10),)),))
    assert "ends 1 h later on 22 JUL (the area around 41-00.0N 134-00.0E);" in after(changed, was=was).sentence


def rectangle(west_deg: float, east_deg: float) -> DraftArea:
    """Water between two meridians."""
    corners = (at(39.0, west_deg), at(39.3, west_deg), at(39.3, east_deg), at(39.0, east_deg))
    return DraftArea(footprint=Polygon(vertices=corners))


@given(cut_deg=st.floats(134.05, 134.35), spare_deg=st.sampled_from((0.0, 0.02)))
@calm
def test_an_area_in_two_pieces_is_no_wider_than_it_was(cut_deg: float, spare_deg: float) -> None:
    cut_deg = round(cut_deg, 2)
    whole = replace(DRAFT, areas=(rectangle(134.0, 134.4),))
    pieces = replace(DRAFT, areas=(rectangle(134.0, cut_deg), rectangle(cut_deg, 134.4 + spare_deg)))
    cut, joined = after(pieces, was=whole), after(whole, was=pieces)
    assert cut.kind is joined.kind is ActionKind.REPLACE
    assert cut.is_urgent is (spare_deg > 0.0)
    assert not joined.is_urgent


# ----------------------------------------------------------------------------------------------------------- life cycle


def test_style_and_wording_are_no_amendment() -> None:
    other = replace(DRAFT, issuer=Issuer.USA, activity="GUNNERY FIRINGS", remarks=("KEEP WATCH ON CHANNEL SIXTEEN",))
    assert after(replace(other, general_area="SEA OF JAPAN", charts=("W32",))).kind is ActionKind.KEEP


def test_what_differs_only_in_what_is_over_is_kept() -> None:
    changed = replace(DRAFT, windows=(day(22, 0, 5), day(23)))
    assert after(changed, day(22, 0, 8).end_ms).kind is ActionKind.REPLACE
    assert after(changed, day(22).end_ms).kind is ActionKind.KEEP
    assert after(replace(DRAFT, windows=(day(22, 2), day(23))), day(22, 3).start_ms).kind is ActionKind.KEEP


def test_a_plan_that_is_over_cancels_what_is_in_force() -> None:
    action = after(moved(DRAFT, -5 * DAY_MS), day(20).start_ms)
    assert action.kind is ActionKind.CANCEL
    assert "is over by the plan as it is now" in action.sentence


def test_what_ended_and_is_planned_anew_is_sent_and_cancels_nothing() -> None:
    action = after(moved(DRAFT, 5 * DAY_MS), day(24).start_ms)
    assert action.kind is ActionKind.SEND
    assert action.sentence == (
        "N1 (NAVAREA XI 0123/26): cancelled itself at 231000Z JUL 26 and is planned anew, begins at 270000Z JUL 26; "
        "send it."
    )
    assert "CANCEL NAVAREA" not in action.text


def test_what_was_never_sent_is_urgent_once_it_is_dangerous_and_too_late_when_it_is_over() -> None:
    kinds = {}
    for name, now_ms in (("before", SENT_MS), ("during", day(22, 3).start_ms), ("behind", day(24).start_ms)):
        (action,) = actions([DRAFT], Ledger(), now_ms)
        kinds[name] = (action.kind, action.is_urgent)
    assert kinds == {
        "before": (ActionKind.SEND, False),
        "during": (ActionKind.SEND, True),
        "behind": (ActionKind.TOO_LATE, False),
    }


def test_a_text_carries_the_time_at_which_it_is_sent() -> None:
    now_ms = SENT_MS + DAY_MS + 7
    (action,) = actions([DRAFT], Ledger(), now_ms)
    assert "DATE:2026/07/16 06 UTC" in action.text
    (action,) = actions([DRAFT], Ledger(), SENT_MS - DAY_MS)
    assert "DATE:2026/07/15 06 UTC" in action.text


def test_without_its_number_nothing_can_be_replaced_or_cancelled() -> None:
    ledger = sent(Ledger(), DRAFT, "text", "", SENT_MS)
    for planned in ([], [moved(DRAFT, HOUR_MS)]):
        (action,) = actions(planned, ledger)
        assert not action.text
        assert action.obstacle == "N1 was sent without a number; record the number that the coordinator gave it."
        assert action.sentence.endswith(f"It cannot be sent yet: {action.obstacle}")
        with pytest.raises(LedgerError, match="was sent without a number"):
            record(ledger, action, NUMBER, SENT_MS)
    (action,) = actions([DRAFT], ledger)
    ledger = record(ledger, action, NUMBER, SENT_MS)
    (action,) = actions([moved(DRAFT, HOUR_MS)], ledger)
    assert f"CANCEL {NUMBER}" in action.text


def test_nothing_is_recorded_where_nothing_was_to_be_done() -> None:
    with pytest.raises(LedgerError, match=r"nothing is to be recorded for N1: .*says the same"):
        record(Ledger(), after(DRAFT), NUMBER, SENT_MS)


def test_the_text_is_recorded_as_it_was_sent() -> None:
    (action,) = actions([DRAFT], Ledger())
    assert record(Ledger(), action, NUMBER, SENT_MS).sendings[0].text == action.text
    given = action.text.replace("___/26", "0123/26")
    assert record(Ledger(), action, NUMBER, SENT_MS, given).sendings[0].text == given
    unread = "handed in on paper"
    assert record(Ledger(), action, NUMBER, SENT_MS, unread).sendings[0].text == unread


def test_a_text_that_says_other_times_than_the_plan_is_kept_as_it_is_and_corrected() -> None:
    (action,) = actions([DRAFT], Ledger())
    for planned in (moved(DRAFT, HOUR_MS), replace(DRAFT, windows=(day(22),)), replace(DRAFT, cancel_ms=None)):
        slip = navarea.write(planned)
        ledger = record(Ledger(), action, NUMBER, SENT_MS, slip)
        (sending,) = ledger.sendings
        assert (sending.text, sending.said.places[0].windows) == (slip, planned.windows)
        (right,) = actions([DRAFT], ledger)
        assert right.kind is ActionKind.REPLACE
        assert f"CANCEL {NUMBER}" in right.text
        assert [one.kind for one in actions([planned], ledger)] == [ActionKind.KEEP]


def test_notams_of_one_draft_are_recorded_together_as_they_were_sent() -> None:
    second = DraftPart(areas=(DraftArea(footprint=box(corner=at(41.0, 134.0))),), windows=(day(25),))
    plan = replace(DRAFT, kind="notam", series="", firs=("RJJJ",), parts=(second,), reserves=(day(24),), cancel_ms=None)
    (action,) = amendments([plan], Ledger(), now_ms=SENT_MS, write=notam.write)
    assert action.text.count("NOTAMN") == 2
    ledger = record(Ledger(), action, "A0123/26, A0124/26", SENT_MS, action.text)
    (action,) = amendments([], ledger, now_ms=SENT_MS, write=notam.write)
    assert [line.split()[-1] for line in action.text.splitlines() if "NOTAMC" in line] == ["A0123/26", "A0124/26"]


@pytest.mark.parametrize("wrong", ["39-03-00N", "31-00-00N"])
def test_a_text_that_was_sent_with_other_places_is_kept_as_it_is_and_corrected(wrong: str) -> None:
    (action,) = actions([DRAFT], Ledger())
    slip = action.text.replace("39-00-00N", wrong)
    assert slip != action.text
    ledger = record(Ledger(), action, NUMBER, SENT_MS, slip)
    assert ledger.sendings[0].text == slip
    (right,) = actions([DRAFT], parse("\n".join(ledger.lines), "file"), SENT_MS + HOUR_MS)
    assert right.kind is ActionKind.REPLACE
    assert f"CANCEL {NUMBER}" in right.text
    ledger = record(ledger, right, "NAVAREA XI 0124/26", SENT_MS + HOUR_MS)
    assert [one.kind for one in actions([DRAFT], ledger, SENT_MS + HOUR_MS)] == [ActionKind.KEEP]


def test_a_notam_that_was_sent_with_other_times_is_kept_as_it_is_and_corrected() -> None:
    plan = replace(NOTAMS, parts=())
    (action,) = notam_actions([plan], Ledger(), SENT_MS)
    slip = action.text.replace("C) 2607220900", "C) 2607220800")
    assert slip != action.text
    ledger = record(Ledger(), action, "A0001/26", SENT_MS, slip)
    assert ledger.sendings[0].spans == (day(22, 0, 8),)
    (right,) = notam_actions([plan], ledger, SENT_MS)
    assert "NOTAMR A0001/26" in right.text


def test_a_text_that_was_sent_and_does_not_cancel_the_old_stands_beside_it_until_that_is_cancelled() -> None:
    (action,) = actions([DRAFT], Ledger())
    first = record(Ledger(), action, NUMBER, SENT_MS, action.text)
    planned = moved(DRAFT, HOUR_MS)
    (action,) = actions([planned], first)
    for slip in (action.text.replace("0123/26", "0132/26"), without_line(action.text, NUMBER)):
        assert slip != action.text
        ledger = parse("\n".join(record(first, action, "0130/26", SENT_MS, slip).lines), "file")
        assert [(one.number, one.status) for one in ledger.in_force(SENT_MS)] == [
            (NUMBER, Status.SENT),
            ("NAVAREA XI 0130/26", Status.SENT),
        ]
        old, kept = actions([planned], ledger)
        assert (old.kind, kept.kind) == (ActionKind.CANCEL, ActionKind.KEEP)
        assert old.sentence == (
            "N1 (NAVAREA XI 0123/26): stands beside NAVAREA XI 0130/26, which did not cancel it, and is in force until "
            "231000Z JUL 26; send the cancellation."
        )
        assert f"CANCEL {NUMBER}." in old.text
        done = parse("\n".join(record(ledger, old, "0131/26", SENT_MS).lines), "file")
        assert [one.number for one in done.in_force(SENT_MS)] == ["NAVAREA XI 0130/26"]
        assert [one.kind for one in actions([planned], done)] == [ActionKind.KEEP]


def test_a_text_that_replaces_one_of_two_cancels_both_in_one_go() -> None:
    (action,) = actions([DRAFT], Ledger())
    ledger = record(Ledger(), action, NUMBER, SENT_MS, action.text)
    (action,) = actions([moved(DRAFT, HOUR_MS)], ledger)
    ledger = record(ledger, action, "0130/26", SENT_MS, without_line(action.text, NUMBER))
    (right,) = actions([moved(DRAFT, 2 * HOUR_MS)], ledger)
    assert right.kind is ActionKind.REPLACE
    assert right.draft is not None
    assert right.draft.cancels == ("NAVAREA XI 0130/26", NUMBER)
    assert "which cancels the old and N1 (NAVAREA XI 0123/26) too" in right.sentence
    done = parse("\n".join(record(ledger, right, "0140/26", SENT_MS, right.text).lines), "file")
    assert [one.number for one in done.in_force(SENT_MS)] == ["NAVAREA XI 0140/26"]


def test_a_number_that_comes_late_goes_to_the_text_that_has_none() -> None:
    ledger = sent(Ledger(), DRAFT, "first", "", SENT_MS)
    ledger = went_out(ledger, moved(DRAFT, HOUR_MS), "second", "0130/26", SENT_MS + HOUR_MS)
    todo = {action.kind: action for action in actions([moved(DRAFT, HOUR_MS)], ledger)}
    assert todo[ActionKind.CANCEL].obstacle.startswith("N1 was sent without a number")
    ledger = numbered(ledger, ledger.sendings[0], NUMBER, SENT_MS + 2 * HOUR_MS)
    ledger = parse("\n".join(ledger.lines), "file")
    assert [one.number for one in ledger.sendings] == [NUMBER, "NAVAREA XI 0130/26"]
    todo = {action.kind: action for action in actions([moved(DRAFT, HOUR_MS)], ledger)}
    assert f"CANCEL {NUMBER}." in todo[ActionKind.CANCEL].text


def test_a_text_that_cancels_another_notice_by_mistake_ends_that() -> None:
    other = replace(DRAFT, id="N2", areas=(DraftArea(footprint=box(corner=at(33.0, 134.0))),))
    ledger = carried_out(Ledger(), actions([DRAFT, other], Ledger()), SENT_MS)
    (number,) = (one.number for one in ledger.sendings if one.id == "N2")
    changed = moved(DRAFT, HOUR_MS)
    action = next(one for one in actions([changed, other], ledger) if one.kind is ActionKind.REPLACE)
    (old,) = action.draft.cancels if action.draft else ()
    ledger = record(ledger, action, "0150/26", SENT_MS, action.text.replace(old, number))
    todo = {(one.id, one.kind) for one in actions([changed, other], ledger)}
    assert todo == {("N1", ActionKind.CANCEL), ("N1", ActionKind.KEEP), ("N2", ActionKind.SEND)}


def test_a_notam_that_replaces_one_of_two_leaves_the_other() -> None:
    plan = replace(NOTAMS, parts=NOTAMS.parts[:1])
    (action,) = notam_actions([plan], Ledger(), SENT_MS)
    ledger = record(Ledger(), action, "A0001/26, A0002/26", SENT_MS)
    later = replace(plan, windows=(day(22, 1, 9),), parts=())
    (action,) = notam_actions([later], ledger, SENT_MS)
    slip = action.text.partition("(A____/26 NOTAMC")[0].strip()
    assert slip != action.text
    ledger = record(ledger, action, "A0003/26", SENT_MS, slip)
    ledger = parse("\n".join(ledger.lines), "file")
    assert [one.number for one in ledger.in_force(SENT_MS)] == ["A0002/26", "A0003/26"]
    todo = {one.kind: one for one in notam_actions([later], ledger, SENT_MS)}
    assert set(todo) == {ActionKind.KEEP, ActionKind.CANCEL}
    assert "NOTAMC A0002/26" in todo[ActionKind.CANCEL].text


def test_a_text_that_was_to_cancel_and_does_not_is_not_recorded() -> None:
    (action,) = actions([DRAFT], Ledger())
    ledger = record(Ledger(), action, NUMBER, SENT_MS, action.text)
    (action,) = actions([], ledger)
    with pytest.raises(
        LedgerError, match="does not cancel NAVAREA XI 0123/26, which stays in force; send one that does"
    ):
        record(ledger, action, "0131/26", SENT_MS, action.text.replace("0123/26", "0132/26"))


def grouped(*days: int, id_: str, corner: Position = CENTRE) -> Draft:
    """A proposed notice of gunnery on some days."""
    windows = tuple(day(number) for number in days)
    ends = windows[-1].end_ms + HOUR_MS
    return replace(DRAFT, id=id_, areas=(DraftArea(footprint=box(corner=corner)),), windows=windows, cancel_ms=ends)


def test_a_proposed_notice_that_gets_an_earlier_serial_replaces_the_one_that_was_sent() -> None:
    ledger = sent(Ledger(), grouped(22, 23, id_="PROPOSED-S2"), "text", NUMBER, SENT_MS)
    now = grouped(21, 22, 23, id_="PROPOSED-S1")
    (action,) = actions([now], ledger)
    assert (action.kind, action.id, action.is_urgent) == (ActionKind.REPLACE, "PROPOSED-S1", True)
    assert action.sentence.startswith("PROPOSED-S2 (NAVAREA XI 0123/26): is to be PROPOSED-S1 now, also 21")
    assert f"CANCEL {NUMBER}." in action.text
    done = parse("\n".join(record(ledger, action, "0130/26", SENT_MS).lines), "file")
    assert [(one.id, one.status) for one in done.sendings] == [
        ("PROPOSED-S2", Status.REPLACED),
        ("PROPOSED-S1", Status.SENT),
    ]
    assert [one.kind for one in actions([now], done)] == [ActionKind.KEEP]


def test_notices_that_become_one_are_replaced_by_it_together() -> None:
    ledger = sent(Ledger(), grouped(22, id_="PROPOSED-S1"), "text", NUMBER, SENT_MS)
    ledger = sent(ledger, grouped(23, id_="PROPOSED-S2"), "text", "0124/26", SENT_MS)
    (action,) = actions([grouped(22, 23, id_="PROPOSED-S1")], ledger)
    assert action.kind is ActionKind.REPLACE
    assert not action.is_urgent
    assert action.draft is not None
    assert action.draft.cancels == (NUMBER, "NAVAREA XI 0124/26")
    done = record(ledger, action, "0130/26", SENT_MS)
    assert [one.number for one in done.in_force(SENT_MS)] == ["NAVAREA XI 0130/26"]


def test_of_proposed_notices_the_one_of_the_same_place_takes_the_text_whatever_its_id() -> None:
    ledger = sent(Ledger(), grouped(22, 23, id_="PROPOSED-S1"), "text", NUMBER, SENT_MS)
    away = grouped(22, id_="PROPOSED-S1", corner=at(33.0, 134.0))
    todo = {one.id: one for one in actions([away, grouped(23, id_="PROPOSED-S2")], ledger)}
    assert (todo["PROPOSED-S1"].kind, todo["PROPOSED-S2"].kind) == (ActionKind.SEND, ActionKind.REPLACE)
    named = sent(Ledger(), grouped(22, 23, id_="N1"), "text", NUMBER, SENT_MS)
    todo = {one.id: one for one in actions([replace(away, id="N1"), grouped(23, id_="N2")], named)}
    assert (todo["N1"].kind, todo["N2"].kind) == (ActionKind.REPLACE, ActionKind.SEND)


def test_notices_that_swap_their_ids_are_kept() -> None:
    there = at(33.0, 134.0)
    ledger = sent(Ledger(), grouped(22, id_="N1"), "text", NUMBER, SENT_MS)
    ledger = sent(ledger, grouped(22, id_="N2", corner=there), "text", "0124/26", SENT_MS)
    swapped = [grouped(22, id_="N2"), grouped(22, id_="N1", corner=there)]
    todo = actions(swapped, ledger)
    assert [one.kind for one in todo] == [ActionKind.KEEP, ActionKind.KEEP]
    later = [swapped[0], moved(swapped[1], HOUR_MS)]
    (action,) = (one for one in actions(later, ledger) if one.kind is not ActionKind.KEEP)
    assert (action.kind, action.id, action.sending and action.sending.id) == (ActionKind.REPLACE, "N1", "N2")
    done = parse("\n".join(record(ledger, action, "0130/26", SENT_MS).lines), "file")
    assert [one.kind for one in actions(later, done)] == [ActionKind.KEEP, ActionKind.KEEP]


def without_line(text: str, words: str) -> str:
    """A text without its line that has some words."""
    return "\n".join(line for line in text.splitlines() if words not in line)


NOTAMS = replace(
    DRAFT,
    kind="notam",
    series="",
    firs=("RJJJ",),
    windows=(day(22),),
    parts=tuple(DraftPart(areas=DRAFT.areas, windows=(day(number),)) for number in (23, 24)),
    cancel_ms=None,
)
"""Three NOTAMs, one for each of three days."""


def notam_actions(planned: Sequence[Draft], ledger: Ledger, now_ms: int) -> tuple[Action, ...]:
    """What is to be done, in the words of NOTAMs."""
    return amendments(planned, ledger, now_ms=now_ms, write=notam.write)


def test_only_what_is_still_to_come_is_sent_anew_and_takes_the_number_of_its_own_time() -> None:
    (action,) = notam_actions([NOTAMS], Ledger(), SENT_MS)
    ledger = record(Ledger(), action, "A0001/26, A0002/26, A0003/26", SENT_MS, action.text)
    last = replace(NOTAMS, parts=(NOTAMS.parts[0], replace(NOTAMS.parts[1], windows=(day(24, 1, 10),))))
    now_ms = day(24).start_ms - HOUR_MS
    (action,) = notam_actions([last], ledger, now_ms)
    assert re.findall(r"NOTAM.*", action.text) == ["NOTAMR A0003/26"]
    assert "B) 2607240100 C) 2607241000" in action.text
    ledger = record(ledger, action, "A0004/26", now_ms)
    assert [one.kind for one in notam_actions([last], ledger, now_ms)] == [ActionKind.KEEP]
    (gone,) = notam_actions([], ledger, now_ms)
    assert re.findall(r"NOTAM.*", gone.text) == ["NOTAMC A0004/26"]


def test_a_text_that_goes_on_takes_its_own_number_and_the_one_without_is_cancelled() -> None:
    (action,) = notam_actions([NOTAMS], Ledger(), SENT_MS)
    ledger = record(Ledger(), action, "A0001/26, A0002/26, A0003/26", SENT_MS)
    shorter = replace(NOTAMS, areas=(), windows=(), parts=NOTAMS.parts[1:])
    (action,) = notam_actions([shorter], ledger, SENT_MS)
    assert re.findall(r"NOTAM.*", action.text) == ["NOTAMR A0003/26", "NOTAMC A0001/26", "NOTAMC A0002/26"]


def test_a_cancellation_has_its_circle_where_no_region_is_named() -> None:
    nowhere = replace(NOTAMS, firs=())
    ledger = record(Ledger(), notam_actions([nowhere], Ledger(), SENT_MS)[0], "A0001/26, A0002/26, A0003/26", SENT_MS)
    (action,) = notam_actions([], ledger, SENT_MS)
    assert len(re.findall(r"/000/999/\d{4}N\d{5}E\d{3}\n", action.text)) == 3


def test_no_notam_begins_in_the_past() -> None:
    daily = replace(NOTAMS, windows=(day(22), day(23)), parts=())
    now_ms = day(22, 6).start_ms
    (action,) = notam_actions([daily], Ledger(), now_ms)
    assert "B) 2607220600 C) 2607230900" in action.text
    ledger = record(Ledger(), action, "A0001/26", now_ms)
    assert [one.kind for one in notam_actions([daily], ledger, now_ms + HOUR_MS)] == [ActionKind.KEEP]
    (action,) = notam_actions([daily], Ledger(), day(23, 6).start_ms)
    assert "B) 2607230600 C) 2607230900" in action.text
    (warning,) = actions([DRAFT], Ledger(), day(23, 6).start_ms)
    assert "230000Z TO 230900Z JUL" in warning.text


@given(plan=plans(), share=st.floats(0.0, 1.0))
@calm
def test_what_was_sent_halfway_is_kept_afterwards(plan: tuple[Draft, ...], share: float) -> None:
    edges = [
        edge
        for draft in plan
        for part in draft.paragraphs
        for one in part.windows
        for edge in (one.start_ms, one.end_ms)
    ]
    now_ms = round(min(edges) + share * (max(edges) - min(edges))) // MINUTE_MS * MINUTE_MS
    ledger = carried_out(Ledger(), actions(plan, Ledger(), now_ms), now_ms)
    again = actions(plan, ledger, now_ms)
    assert {action.kind for action in again} <= {ActionKind.KEEP, ActionKind.TOO_LATE}


def test_renamed_drafts_are_found_without_comparing_each_with_each(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = [replace(DRAFT, id=f"N{n}", areas=(DraftArea(footprint=box(10.0 + n)),)) for n in range(12)]
    ledger = carried_out(Ledger(), actions(plan, Ledger()), SENT_MS)
    calls: list[str] = []

    def counted(draft: Draft, notation: Notation) -> Said:
        calls.append(draft.id)
        return said(draft, notation)

    for module in ("amending", "pairing"):
        monkeypatch.setattr(f"waterspace.notices.ledger.{module}.said", counted)
    todo = actions([replace(draft, id=f"M{draft.id}") for draft in plan], ledger)
    assert {action.kind for action in todo} == {ActionKind.KEEP}
    assert len(calls) <= 2 * len(plan)


def test_a_notice_under_another_name_is_not_sent_twice() -> None:
    proposed = replace(DRAFT, id="PROPOSED-S1")
    action = after(DRAFT, was=proposed)
    assert (action.kind, action.id) == (ActionKind.KEEP, "N1")
    assert action.sentence == "PROPOSED-S1 (NAVAREA XI 0123/26): says what N1 is to say; nothing to do."


def test_another_coordinator_gets_a_notice_of_its_own_and_the_first_a_cancellation() -> None:
    ledger = sent(Ledger(), DRAFT, "text", NUMBER, SENT_MS)
    todo = actions([replace(DRAFT, series="NAVAREA XIII", issuer=Issuer.RUSSIA)], ledger)
    assert [action.kind for action in todo] == [ActionKind.SEND, ActionKind.CANCEL]


def test_dangers_nobody_was_warned_of_come_first() -> None:
    names = ("N1", "N2", "N3", "N4", "N5")
    plan = [replace(DRAFT, id=name) for name in names]
    ledger = carried_out(Ledger(), actions(plan, Ledger()), SENT_MS)
    narrower = replace(plan[0], windows=(day(22),))
    todo = actions([narrower, plan[1], moved(plan[4], HOUR_MS), moved(replace(DRAFT, id="N6"), 3 * DAY_MS)], ledger)
    kinds = [(action.id, action.kind, action.is_urgent) for action in todo]
    assert kinds == [
        ("N5", ActionKind.REPLACE, True),
        ("N6", ActionKind.SEND, False),
        ("N1", ActionKind.REPLACE, False),
        ("N3", ActionKind.CANCEL, False),
        ("N4", ActionKind.CANCEL, False),
        ("N2", ActionKind.KEEP, False),
    ]


def test_a_notam_in_two_states_is_one_for_each_office() -> None:
    plan = replace(DRAFT, kind="notam", series="", firs=("RJJJ", "UHHH"), cancel_ms=None)
    todo = amendments([plan], Ledger(), now_ms=SENT_MS, write=notam.write)
    assert [action.id for action in todo] == ["N1-RJJJ", "N1-UHHH"]
    assert "ACT ALSO IN UHHH FIR, SEE NOTAM OF THAT FIR." in todo[0].text.replace("\n", " ")
    ledger = Ledger()
    for action, number in zip(todo, ("A0123/26", "G0456/26"), strict=True):
        ledger = record(ledger, action, number, SENT_MS, action.text)
    todo = amendments([moved(plan, HOUR_MS)], ledger, now_ms=SENT_MS, write=notam.write)
    assert ["NOTAMR A0123/26" in todo[0].text, "NOTAMR G0456/26" in todo[1].text] == [True, True]
    nowhere = replace(plan, firs=())
    (action,) = amendments([nowhere], Ledger(), now_ms=SENT_MS, write=notam.write)
    assert action.id == "N1"


def test_two_drafts_of_one_name_are_refused() -> None:
    with pytest.raises(LedgerError, match="two drafts are called N1"):
        actions([DRAFT, DRAFT], Ledger())


def test_a_draft_that_has_no_words_stands_in_nobodys_way() -> None:
    def write(draft: Draft) -> str:
        if draft.id == "N1":
            raise DraftError("no words")
        return navarea.write(draft)

    small = replace(DRAFT, id="N3", areas=(DraftArea(footprint=box(0.001, 0.001)),))
    todo = amendments([DRAFT, replace(DRAFT, id="N2"), small], Ledger(), now_ms=SENT_MS, write=write)
    assert [bool(action.text) for action in todo if action.id == "N2"] == [True]
    blocked = {action.id: action.obstacle for action in todo if action.obstacle}
    assert blocked.keys() == {"N1", "N3"}
    assert blocked["N1"] == "no words."
    assert "too small" in blocked["N3"]


@pytest.mark.parametrize("issuer", Issuer)
@pytest.mark.parametrize("write", [navarea.write, hydropac.write, navtex.write, safetynet.write])
def test_a_cancellation_is_read_as_one(issuer: Issuer, write: Callable[[Draft], str]) -> None:
    was = replace(DRAFT, issuer=issuer, general_area="SEA OF JAPAN")
    ledger = sent(Ledger(), was, "text", NUMBER, SENT_MS)
    (action,) = amendments([], ledger, now_ms=SENT_MS, write=write)
    reading = read(Message(id="", text=action.text))
    assert (reading.verdict, reading.cancels, reading.areas) == (Verdict.NO_AREA, (NUMBER,), ())


# ---------------------------------------------------------------------------------------------------------- a real plan


def real_drafts(text: str) -> tuple[Draft, ...]:
    """The drafts of a plan file; of its NOTAM those for the region of Fukuoka, which the file does not name."""
    found = draft_all(planfile.loads(text))
    return tuple(replace(draft, firs=("RJJJ",)) if draft.kind == "notam" else draft for draft in found)


def written(draft: Draft) -> str:
    """A text in the form of the kind."""
    return notam.write(draft) if draft.kind == "notam" else navarea.write(draft)


def real_actions(text: str, ledger: Ledger, now_ms: int) -> tuple[Action, ...]:
    """What is to be done for a plan file."""
    return amendments(real_drafts(text), ledger, now_ms=now_ms, write=written)


def serial_text(name: str) -> str:
    """The lines of a serial of the real plan."""
    starts = [NORTHERN.index(f"\n  S{number}:\n") for number in range(109, 112)]
    ends = dict(zip(("S109", "S110"), pairwise(starts), strict=True))
    start, end = ends[name]
    return NORTHERN[start:end]


REAL_MS = instant(2023, 7, 14, 12)
REAL_NUMBERS = {"N1": "NAVAREA XIII 120/23", "N2": "NAVAREA XIII 121/23", "N3": "A0120/23, A0121/23, A0122/23"}


def real_ledger() -> Ledger:
    """All notices of the real plan, as they were sent."""
    ledger = Ledger()
    for action in real_actions(NORTHERN, ledger, REAL_MS):
        assert action.kind is ActionKind.SEND
        ledger = record(ledger, action, REAL_NUMBERS[action.id], REAL_MS)
    return ledger


def test_a_real_plan_that_did_not_change_keeps_its_notices() -> None:
    assert {action.kind for action in real_actions(NORTHERN, real_ledger(), REAL_MS)} == {ActionKind.KEEP}


@pytest.mark.parametrize(("serial", "others"), [("S109", {"N1", "N3"}), ("S110", {"N2", "N3"})])
def test_a_serial_an_hour_later_replaces_exactly_the_notices_that_cover_it(serial: str, others: set[str]) -> None:
    before = serial_text(serial)
    later = before.replace("start: 2023-07-22T00:00Z", "start: 2023-07-22T01:00Z")
    later = later.replace("start: 2023-07-22T01:30Z", "start: 2023-07-22T02:30Z")
    assert later != before
    todo = real_actions(NORTHERN.replace(before, later), real_ledger(), REAL_MS + HOUR_MS)
    replaced = {action.id for action in todo if action.kind is ActionKind.REPLACE}
    assert replaced == others
    assert all(action.is_urgent for action in todo if action.id in replaced)
    assert {action.kind for action in todo if action.id not in replaced} == {ActionKind.KEEP}
    for action in todo:
        if action.id in replaced:
            assert "begins and ends 1 h later on 22 JUL" in action.sentence
            numbers = REAL_NUMBERS[action.id].split(", ")
            assert all(number in action.text for number in numbers)


def test_a_real_plan_an_hour_later_replaces_them_all_and_then_keeps_them() -> None:
    def later(match: re.Match[str]) -> str:
        return f"{match[1]}{int(match[2]) + 1:02}{match[3]}"

    head, serials = NORTHERN.split("\nserials:\n")
    moved_text = f"{head}\nserials:\n" + re.sub(r"(2023-07-2[23]T)(\d\d)(:\d\dZ)", later, serials)
    ledger = real_ledger()
    todo = real_actions(moved_text, ledger, REAL_MS + HOUR_MS)
    assert {action.id: action.kind for action in todo} == dict.fromkeys(REAL_NUMBERS, ActionKind.REPLACE)
    for number, action in enumerate(todo):
        ledger = record(
            ledger,
            action,
            "A0997/23, A0998/23, A0999/23" if action.id == "N3" else f"{number}999/23",
            REAL_MS + HOUR_MS,
        )
    assert {action.kind for action in real_actions(moved_text, ledger, REAL_MS + DAY_MS)} == {ActionKind.KEEP}


def test_a_real_notice_that_covers_nothing_any_more_is_cancelled() -> None:
    without = NORTHERN.replace("covers: [S110]", "covers: [S101]")
    todo = {action.id: action for action in real_actions(without, real_ledger(), REAL_MS)}
    assert todo["N2"].kind in {ActionKind.CANCEL, ActionKind.REPLACE}
    assert "NAVAREA XIII 121/23" in todo["N2"].text


@pytest.mark.parametrize(("off_deg", "kind"), [(0.002, ActionKind.KEEP), (0.04, ActionKind.REPLACE)])
def test_a_sector_is_another_only_where_its_text_writes_other_bearings(off_deg: float, kind: ActionKind) -> None:
    whole = Sector(centre=CENTRE, bearing_deg=60.0, half_angle_deg=15.0, radius_m=20_000.0)
    was, now = (
        replace(DRAFT, areas=(DraftArea(footprint=place),))
        for place in (whole, replace(whole, half_angle_deg=whole.half_angle_deg + off_deg))
    )
    assert (navarea.write(was) == navarea.write(now)) is (kind is ActionKind.KEEP)
    assert after(now, was=was).kind is kind
