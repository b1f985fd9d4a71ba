"""The ledger of notices: what goes in comes out, what contradicts it is refused, and a changed file is found."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from draft_cases import at, drafts, instant
from source_tree import ROOT
from waterspace.domain import (
    Band,
    Circle,
    Corridor,
    Footprint,
    Joined,
    MovingBox,
    NotamCircle,
    Polygon,
    Sector,
    Window,
    Without,
)
from waterspace.errors import DraftError, LedgerError
from waterspace.geometry.legs import hold
from waterspace.messages.draft import Draft, DraftArea, DraftPart, Issuer, Restriction
from waterspace.messages.reading import Category
from waterspace.messages.writing import navarea
from waterspace.notices.ledger.book import Ledger, Status, cancelled, channel_of, numbered, sent
from waterspace.notices.ledger.content import notation_of, said
from waterspace.notices.ledger.file import load, parse, save
from waterspace.notices.ledger.folding import Fold
from waterspace.notices.ledger.records import as_record, digest, from_record
from waterspace.notices.ledger.sending import Sending, parts_of
from waterspace.quantity import HOUR_MS, NAUTICAL_MILE_M

calm = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

SENT_MS = instant(2026, 7, 15, 6)
DAY = Window(start_ms=instant(2026, 7, 22), end_ms=instant(2026, 7, 22, 9))
BOX = Polygon(vertices=(at(39.0, 134.0), at(39.0, 134.5), at(39.5, 134.5), at(39.5, 134.0)))
TEXT = "NAVAREA XI ___/26\nGUNNERY 海 \t \r\n\u2028 with blanks at its end  "
DRAFT = Draft(
    id="N1",
    kind="navarea",
    issuer=Issuer.JAPAN,
    series="NAVAREA XI",
    category=Category.GUNNERY,
    areas=(DraftArea(footprint=BOX),),
    windows=(DAY,),
    cancel_ms=DAY.end_ms + HOUR_MS,
    restriction=Restriction.WIDE_BERTH,
)
NUMBER = "NAVAREA XI 0123/26"


def once() -> Ledger:
    """A ledger with one notice."""
    return sent(Ledger(), DRAFT, TEXT, NUMBER, SENT_MS)


def content_of(draft: Draft) -> dict[str, object]:
    """What a draft says, as a ledger keeps it."""
    return as_record(said(draft, notation_of(draft)))


# -------------------------------------------------------------------------------------------------------------- content


@given(draft=drafts())
@calm
def test_what_a_draft_says_comes_out_of_the_file_as_it_went_in(draft: Draft) -> None:
    what = said(draft, notation_of(draft))
    record = as_record(what)
    read = json.loads(json.dumps(record))
    assert from_record(read) == what
    assert digest(read) == digest(record)


@given(draft=drafts(), data=st.data())
@calm
def test_order_words_and_cut_do_not_change_what_is_said(draft: Draft, data: st.DataObject) -> None:
    parts = data.draw(st.permutations(draft.paragraphs))
    single = [replace(part, areas=(area,)) for part in parts for area in part.areas]
    turned = [replace(part, areas=tuple(replace(area, label="X") for area in part.areas)) for part in single]
    other = replace(draft, areas=(), windows=(), reserves=(), parts=tuple(turned))
    other = replace(other, remarks=("ANOTHER REMARK",), number="7/26", issued_ms=None)
    notation = notation_of(draft)
    assert said(other, notation) == said(draft, notation)


def test_a_polygon_is_the_same_from_any_corner_and_either_way_round() -> None:
    corners = BOX.vertices
    for line in (corners[2:] + corners[:2], corners[::-1], (*corners, corners[0])):
        turned = replace(DRAFT, areas=(DraftArea(footprint=Polygon(vertices=line)),))
        assert content_of(turned) == content_of(DRAFT)


def test_less_than_the_last_digit_is_no_change_and_more_is() -> None:
    for move_deg, is_same in ((0.0001, True), (0.0003, False)):
        corners = (at(39.0 + move_deg, 134.0), *BOX.vertices[1:])
        moved = replace(DRAFT, areas=(DraftArea(footprint=Polygon(vertices=corners)),))
        assert (content_of(moved) == content_of(DRAFT)) is is_same


def test_shapes_that_are_the_same_water_are_the_same() -> None:
    centre = at(10.0, 179.99999999)
    circle = Circle(centre=centre, radius_m=9260.0)
    alike = (
        circle,
        Circle(centre=at(10.0, -180.0), radius_m=9242.0),
        Sector(centre=centre, bearing_deg=77.0, half_angle_deg=180.0, radius_m=9260.0),
        Corridor(waypoints=(centre,), half_width_m=9260.0),
    )
    records = {json.dumps(content_of(replace(DRAFT, areas=(DraftArea(footprint=one),)))) for one in alike}
    assert len(records) == 1


def test_lengths_are_compared_as_they_are_written() -> None:
    centre = at(39.0, 134.0)
    ring = {"centre": centre, "bearing_deg": 0.0, "half_angle_deg": 45.0}

    def record_of(shape: Footprint) -> dict[str, object]:
        return content_of(replace(DRAFT, areas=(DraftArea(footprint=shape),)))

    pairs: tuple[tuple[Footprint, Footprint], ...] = (
        (Circle(centre=centre, radius_m=9260.0), Circle(centre=centre, radius_m=9269.0)),
        (
            Corridor(waypoints=(centre, at(40.0, 134.0)), half_width_m=NAUTICAL_MILE_M),
            Corridor(waypoints=(centre, at(40.0, 134.0)), half_width_m=1853.0),
        ),
        (Sector(**ring, radius_m=9260.0), Sector(**ring | {"half_angle_deg": 45.02}, radius_m=9260.0)),  # type: ignore[arg-type]
    )
    for shape, larger in pairs:
        drafted = [replace(DRAFT, areas=(DraftArea(footprint=one),)) for one in (shape, larger)]
        texts = {navarea.write(one) for one in drafted}
        assert len(texts) == 2
        assert record_of(shape) != record_of(larger)
    hole = [
        Without(base=BOX, holes=(Circle(centre=at(39.2, 134.2), radius_m=radius_m),))
        for radius_m in (NAUTICAL_MILE_M, 1845.0)
    ]
    assert record_of(hole[0]) != record_of(hole[1])


def test_heights_are_compared_as_they_are_written() -> None:
    foot_m = 0.3048

    def band_of(ceiling_m: float) -> Band:
        area = DraftArea(footprint=BOX, band=Band(floor_m=0.0, ceiling_m=ceiling_m))
        air = replace(DRAFT, kind="notam", firs=("RJJJ",), areas=(area,))
        return said(air, notation_of(air)).places[0].band

    assert band_of(3000 * foot_m) == band_of(2999.6 * foot_m)
    assert band_of(3000.2 * foot_m).ceiling_m == pytest.approx(3001 * foot_m)


def test_words_count_where_the_category_does_not_tell_what_goes_on() -> None:
    mines = replace(DRAFT, category=Category.MILITARY_EXERCISE, activity="MINE EXERCISES")
    flying = replace(mines, activity="FLYING EXERCISES")
    assert content_of(mines) != content_of(flying)
    assert content_of(mines) == content_of(replace(mines, activity=" mine  exercises."))
    plain = replace(mines, activity="")
    assert content_of(plain) == content_of(replace(plain, activity="NAVAL EXERCISES"))
    part = DraftPart(areas=DRAFT.areas, windows=DRAFT.windows, category=Category.MILITARY_EXERCISE)
    own = replace(DRAFT, areas=(), windows=(), parts=(part,))
    assert said(own, notation_of(own)).places[0].category is Category.MILITARY_EXERCISE
    what = said(mines, notation_of(mines))
    assert from_record(as_record(what)) == what


def test_joined_and_cut_shapes_are_kept() -> None:
    hole = Circle(centre=at(39.2, 134.2), radius_m=NAUTICAL_MILE_M)
    for shape in (Joined(parts=(BOX, hole)), Without(base=Without(base=BOX, holes=()), holes=(Joined(parts=(hole,)),))):
        what = said(replace(DRAFT, areas=(DraftArea(footprint=shape),)), notation_of(DRAFT))
        assert from_record(as_record(what)) == what


def test_a_place_in_two_paragraphs_has_the_times_of_both() -> None:
    later = Window(start_ms=DAY.end_ms, end_ms=DAY.end_ms + HOUR_MS)
    whole = replace(DRAFT, windows=(Window(start_ms=DAY.start_ms, end_ms=later.end_ms),))
    cut = replace(DRAFT, parts=(DraftPart(areas=DRAFT.areas, windows=(later,)),))
    assert content_of(cut) == content_of(whole)


def test_heights_regions_and_circle_count_for_airmen_only() -> None:
    high = replace(DRAFT, areas=(DraftArea(footprint=BOX, band=Band(floor_m=0.0, ceiling_m=3048.0)),), firs=("RJJJ",))
    high = replace(high, circle=NotamCircle(centre=at(39.2, 134.2), radius_m=90_000.0))
    assert content_of(high) == content_of(DRAFT)
    air = said(replace(high, kind="notam"), notation_of(replace(high, kind="notam")))
    assert air.places[0].band == Band(floor_m=0.0, ceiling_m=3048.0)
    assert air.firs == ("RJJJ",)
    assert air.circle is not None
    assert air.cancel_ms is None
    assert from_record(as_record(air)) == air


def test_what_moves_or_is_nothing_cannot_be_compared() -> None:
    box = MovingBox(legs=(hold(at(39.0, 134.0), DAY),), ahead_m=100.0, astern_m=100.0, abeam_m=100.0)
    tiny = Polygon(vertices=(at(39.0, 134.0), at(39.00001, 134.0), at(39.0, 134.00001)))
    sliver = Sector(centre=at(39.0, 134.0), bearing_deg=0.0, half_angle_deg=0.01, radius_m=9260.0)
    narrow = Without(base=BOX, holes=(sliver,))
    for shape, reason in ((box, "moves"), (tiny, "too small"), (narrow, "no width")):
        with pytest.raises(DraftError, match=reason):
            content_of(replace(DRAFT, areas=(DraftArea(footprint=shape),)))


# ------------------------------------------------------------------------------------------------------------ recording


def test_a_notice_is_kept_word_for_word() -> None:
    (sending,) = once().sendings
    assert (sending.text, sending.number, sending.sent_ms) == (TEXT, NUMBER, SENT_MS)
    assert sending.name == "N1 (NAVAREA XI 0123/26)"
    assert sending.until_ms == DRAFT.cancel_ms
    assert sending.is_in_force(SENT_MS)
    assert not sending.is_in_force(DAY.end_ms + HOUR_MS)


def test_a_text_that_cancels_the_old_replaces_it() -> None:
    newer = replace(DRAFT, cancels=(NUMBER,))
    ledger = sent(once(), newer, "new", "NAVAREA XI 0130/26", SENT_MS + HOUR_MS)
    old, new = ledger.sendings
    assert (old.status, old.ended_by) == (Status.REPLACED, "NAVAREA XI 0130/26")
    assert (new.status, ledger.last("N1", channel_of(DRAFT))) == (Status.SENT, new)


def test_a_text_that_does_not_cancel_the_old_is_refused() -> None:
    with pytest.raises(LedgerError, match="does not cancel it; send one that cancels NAVAREA XI 0123/26"):
        sent(once(), DRAFT, "new", "NAVAREA XI 0130/26", SENT_MS + HOUR_MS)


def test_a_notice_that_has_ended_may_be_sent_anew() -> None:
    assert DRAFT.cancel_ms is not None
    ledger = sent(once(), DRAFT, TEXT, "NAVAREA XI 0200/26", DRAFT.cancel_ms)
    assert [sending.status for sending in ledger.sendings] == [Status.SENT, Status.SENT]


def test_a_number_may_come_later_and_is_needed_before_anything_else() -> None:
    ledger = sent(Ledger(), DRAFT, TEXT, "", SENT_MS)
    (sending,) = ledger.sendings
    with pytest.raises(LedgerError, match="N1 was sent at 150600Z JUL 26 and has no number yet"):
        cancelled(ledger, sending, "CANCEL", "", SENT_MS + HOUR_MS)
    with pytest.raises(LedgerError, match="has no number yet"):
        sent(ledger, DRAFT, "new", NUMBER, SENT_MS + HOUR_MS)
    ledger = numbered(ledger, sending, "NAVAREA  XI 0123/26", SENT_MS + HOUR_MS)
    assert ledger.sendings[0].number == NUMBER
    with pytest.raises(LedgerError, match="has the number NAVAREA XI 0123/26 already"):
        numbered(ledger, ledger.sendings[0], "NAVAREA XI 0124/26", SENT_MS + HOUR_MS)
    ledger = cancelled(ledger, ledger.sendings[0], "CANCEL", "NAVAREA XI 0131/26", SENT_MS + 2 * HOUR_MS)
    assert (ledger.sendings[0].status, ledger.sendings[0].ended_by) == (Status.CANCELLED, "NAVAREA XI 0131/26")


@pytest.mark.parametrize("number", ["NAVAREA XI ___/26", "A____/26", "---/26", "none", "x" * 90 + "1", "A0123/26, ___"])
def test_what_is_no_number_is_refused(number: str) -> None:
    with pytest.raises(LedgerError, match="is no number of a notice; give it as others cite it"):
        sent(Ledger(), DRAFT, TEXT, number, SENT_MS)


def three_notams() -> Draft:
    """A draft that becomes three NOTAMs."""
    later = [Window(start_ms=DAY.start_ms + n * 24 * HOUR_MS, end_ms=DAY.end_ms + n * 24 * HOUR_MS) for n in (1, 2)]
    parts = tuple(DraftPart(areas=DRAFT.areas, windows=(window,)) for window in later)
    return replace(DRAFT, kind="notam", series="", firs=("RJJJ",), parts=parts, cancel_ms=None)


def test_each_text_has_its_number() -> None:
    notams = three_notams()
    for number in ("A0001/26", "A0001/26, A0002/26"):
        with pytest.raises(LedgerError, match=r"N1 became 3 NOTAMs, and . number"):
            sent(Ledger(), notams, TEXT, number, SENT_MS)
    with pytest.raises(LedgerError, match="N1 became one text, and 2 numbers"):
        sent(Ledger(), DRAFT, TEXT, "NAVAREA XI 1/26, NAVAREA XI 2/26", SENT_MS)
    ledger = sent(Ledger(), notams, TEXT, "", SENT_MS)
    with pytest.raises(LedgerError, match="became 3 NOTAMs"):
        numbered(ledger, ledger.sendings[0], "A0001/26", SENT_MS)
    ledger = numbered(ledger, ledger.sendings[0], "A0001/26, A0002/26, A0003/26", SENT_MS)
    (sending,) = parse("\n".join(ledger.lines), "file").sendings
    assert sending.numbers_at(DAY.end_ms) == ("A0002/26", "A0003/26")


def test_a_number_is_given_once() -> None:
    with pytest.raises(LedgerError, match="is the number of N1, sent at 150600Z JUL 26"):
        sent(once(), replace(DRAFT, id="N2"), TEXT, "navarea xi 0123/26", SENT_MS)
    other = replace(DRAFT, id="N2", kind="notam", series="", firs=("RJJJ",))
    assert len(sent(once(), other, TEXT, "A0123/26", SENT_MS).sendings) == 2


def test_a_number_without_its_series_gets_it() -> None:
    bare = sent(Ledger(), DRAFT, TEXT, "0123/26", SENT_MS)
    assert bare.sendings[0].number == NUMBER
    hydropac = replace(DRAFT, id="N2", kind="hydropac", series="")
    assert sent(Ledger(), hydropac, TEXT, "2395/26", SENT_MS).sendings[0].number == "HYDROPAC 2395/26"
    later = sent(Ledger(), DRAFT, TEXT, "", SENT_MS)
    later = numbered(later, later.sendings[0], "0123/26", SENT_MS)
    assert later.sendings[0].number == NUMBER
    gone = cancelled(later, later.sendings[0], "", "0131/26", SENT_MS)
    assert gone.sendings[0].ended_by == "NAVAREA XI 0131/26"


@pytest.mark.parametrize("number", ["456", "1234/26", "A123/26", "A1234/2026", "NAVAREA XI 0123/26"])
def test_a_number_that_no_notam_has_is_refused(number: str) -> None:
    other = replace(DRAFT, kind="notam", series="", firs=("RJJJ",), cancel_ms=None)
    with pytest.raises(LedgerError, match="is no number of a NOTAM; give it as others cite it: a letter, four digits"):
        sent(Ledger(), other, TEXT, number, SENT_MS)
    assert sent(Ledger(), other, TEXT, "a1234/26", SENT_MS).sendings[0].number == "A1234/26"


def test_a_notice_by_another_way_is_another_notice() -> None:
    other = replace(DRAFT, kind="coastal", series="COASTAL WARNING")
    ledger = sent(once(), other, "text", "COASTAL WARNING 12/26", SENT_MS)
    assert [sending.channel for sending in ledger.latest] == ["navarea NAVAREA XI", "coastal COASTAL WARNING"]
    assert all(sending.status is Status.SENT for sending in ledger.latest)


def test_what_cannot_be_is_refused() -> None:
    ledger = once()
    (sending,) = ledger.sendings
    gone = cancelled(ledger, sending, "", "", SENT_MS + HOUR_MS)
    cases: tuple[tuple[Callable[[], Ledger], str], ...] = (
        (lambda: cancelled(gone, sending, "", "", SENT_MS + 2 * HOUR_MS), "was cancelled at 150700Z JUL 26"),
        (lambda: cancelled(ledger, sending, "", "", DAY.end_ms + HOUR_MS), "ended by itself"),
        (lambda: cancelled(ledger, sending, "", "", SENT_MS - 1), "give the times in their order"),
        (lambda: cancelled(Ledger(), sending, "", "", SENT_MS), "nothing was sent for N1"),
        (lambda: sent(Ledger(), replace(DRAFT, areas=()), TEXT, NUMBER, SENT_MS), "names no place"),
        (lambda: sent(Ledger(), DRAFT, "a\ud800", NUMBER, SENT_MS), "which no file can"),
    )
    for attempt, reason in cases:
        with pytest.raises(LedgerError, match=reason):
            attempt()


# ------------------------------------------------------------------------------------------------------------- the file


def whole() -> Ledger:
    """A ledger with every event."""
    ledger = sent(once(), replace(DRAFT, id="N2"), "second", "", SENT_MS)
    ledger = numbered(ledger, ledger.sendings[1], "NAVAREA XI 0124/26", SENT_MS + HOUR_MS)
    ledger = sent(ledger, replace(DRAFT, cancels=(NUMBER,)), "new", "NAVAREA XI 0130/26", SENT_MS + HOUR_MS)
    return cancelled(ledger, ledger.sendings[1], "CANCEL", "NAVAREA XI 0131/26", SENT_MS + 2 * HOUR_MS)


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "plan.ledger.jsonl"
    assert load(path) == Ledger()
    save(once(), path)
    assert load(path) == once()
    before = path.read_bytes()
    save(whole(), path)
    assert load(path) == whole()
    assert path.read_bytes().startswith(before)
    assert [child.name for child in tmp_path.iterdir()] == [path.name]


@given(draft=drafts(), text=st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
@calm
def test_any_notice_is_saved_and_loaded(draft: Draft, text: str) -> None:
    ledger = sent(Ledger(), replace(draft, kind="navarea"), text, NUMBER, 0)
    assert parse("".join(f"{line}\n" for line in ledger.lines), "file") == ledger
    assert parse("\r\n".join(ledger.lines), "file") == ledger


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_a_character_that_was_changed_is_found(data: st.DataObject) -> None:
    lines = list(whole().lines)
    number = data.draw(st.integers(1, len(lines) - 1))
    at_ = data.draw(st.integers(0, len(lines[number]) - 1))
    sign = data.draw(st.characters(codec="utf-8", exclude_characters="\n"))
    line = lines[number]
    changed = line[:at_] + sign + line[at_ + 1 :]
    try:
        is_same = json.loads(changed) == json.loads(line)
    except ValueError:
        is_same = False
    lines[number] = changed
    if is_same:
        assert parse("\n".join(lines), "file").sendings == whole().sendings
        return
    with pytest.raises(LedgerError) as caught:
        parse("\n".join(lines), "plan.jsonl")
    assert [(fault.file, fault.line) for fault in caught.value.faults] == [("plan.jsonl", number + 1)]


def test_a_text_that_was_edited_is_named(tmp_path: Path) -> None:
    path = tmp_path / "plan.jsonl"
    save(whole(), path)
    path.write_text(path.read_text(encoding="utf-8").replace("GUNNERY", "MISSILE"), encoding="utf-8")
    reason = r"plan\.jsonl:2:1: the text of N1 \(NAVAREA XI 0123/26\) is not the one that was sent"
    with pytest.raises(LedgerError, match=reason):
        load(path)
    content = path.read_bytes()
    with pytest.raises(LedgerError, match=reason):
        save(whole(), path)
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda lines: lines[1:], "1:1: this is no ledger of notices"),
        (lambda _: ["{}"], "1:1: this is no ledger of notices"),
        (lambda lines: [*lines[:2], lines[2][:40]], "3:1: the line is not one event in JSON"),
        (lambda lines: [*lines[:2], "<<<<<<< HEAD"], "3:1: the line is not one event in JSON"),
        (lambda lines: [*lines[:2], "[" * 100_000], "3:1: the line is not one event in JSON"),
        (lambda lines: [*lines, '{"event": "burnt"}'], "7:1: there is no event 'burnt'"),
        (lambda lines: [*lines, '{"event": "numbered"}'], "7:1: an event of the kind numbered lacks 'at'"),
        (lambda lines: [*lines[:2], *lines[3:]], "3:1: nothing was sent for N2"),
        (lambda lines: [*lines, lines[1]], "7:1: N1 .NAVAREA XI 0130/26. has an event at"),
        (lambda lines: [*lines, lines[-1]], "7:1: N2 .NAVAREA XI 0124/26. was cancelled by NAVAREA XI 0131/26"),
    ],
)
def test_a_file_that_is_no_ledger_is_an_error_with_its_line(
    change: Callable[[list[str]], list[str]], reason: str
) -> None:
    with pytest.raises(LedgerError, match=f"^plan:{reason}"):
        parse("\n".join(change(list(whole().lines))), "plan")


def test_all_lines_that_were_changed_are_told_at_once() -> None:
    lines = [line.replace("N", "M") if number in {2, 4} else line for number, line in enumerate(whole().lines)]
    with pytest.raises(LedgerError) as caught:
        parse("\n".join(lines), "plan")
    assert [fault.line for fault in caught.value.faults] == [3, 5]


def test_events_of_others_are_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "plan.jsonl"
    save(whole(), path)
    with pytest.raises(LedgerError, match="has other events by now; read it again"):
        save(sent(once(), replace(DRAFT, id="N7"), "x", "NAVAREA XI 0150/26", SENT_MS), path)
    assert load(path) == whole()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not lock folders")
def test_who_saves_while_another_does_waits_and_is_told(tmp_path: Path) -> None:
    import fcntl
    from concurrent.futures import ThreadPoolExecutor, wait

    path = tmp_path / "plan.jsonl"
    folder = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    with ThreadPoolExecutor(1) as pool:
        late = pool.submit(save, sent(Ledger(), replace(DRAFT, id="N7"), "x", "NAVAREA XI 0150/26", SENT_MS), path)
        wait([late], timeout=0.3)
        path.write_bytes("".join(f"{line}\n" for line in whole().lines).encode())
        os.close(folder)
        with pytest.raises(LedgerError, match="has other events by now"):
            late.result()
    assert load(path) == whole()


def test_a_long_ledger_is_read_once_through(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[int] = []

    def numbers(sending: Sending) -> tuple[str, ...]:
        looks.append(1)
        return parts_of(sending.number)

    def looks_at(count: int) -> int:
        fold = Fold()
        line = json.loads(once().lines[1])
        events = [{**line, "id": f"N{at_}", "number": f"NAVAREA XI {at_}/26"} for at_ in range(count)]
        looks.clear()
        for event in events:
            fold.add(event)
        assert len(fold.sendings) == count
        return len(looks)

    monkeypatch.setattr(Sending, "numbers", property(numbers))
    assert looks_at(80) <= 2 * looks_at(40)


def test_what_is_no_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="cannot read the ledger"):
        load(tmp_path)
    with pytest.raises(LedgerError, match="cannot write the ledger"):
        save(once(), tmp_path / "no such folder" / "plan.jsonl")
    (tmp_path / "latin.jsonl").write_bytes(b"\n\xe9")
    with pytest.raises(LedgerError, match=r"latin\.jsonl:2:1: it is not UTF-8"):
        load(tmp_path / "latin.jsonl")


def test_permissions_stay_and_a_link_is_followed(tmp_path: Path) -> None:
    path, link = tmp_path / "plan.jsonl", tmp_path / "link.jsonl"
    save(once(), path)
    path.chmod(0o640)
    link.symlink_to(path)
    save(whole(), link)
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640
    assert load(path) == whole()


def test_the_example_of_the_documentation_is_a_ledger() -> None:
    page = (ROOT / "docs" / "reference" / "formats" / "ledger.md").read_text(encoding="utf-8")
    example = page.split("```json\n")[1].split("```")[0]
    (sending,) = parse(example, "ledger.md").sendings
    assert (sending.number, sending.status, sending.ended_by) == (
        "NAVAREA XI 0124/26",
        Status.CANCELLED,
        "NAVAREA XI 0131/26",
    )


def test_the_program_of_the_documentation_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (ROOT / "docs" / "reference" / "formats" / "ledger.md").read_text(encoding="utf-8")
    program = page.split("```py\n")[1].split("```")[0]
    example = (ROOT / "examples" / "northern-interaction-2023.exercise.yaml").read_text(encoding="utf-8")
    (tmp_path / "plan.exercise.yaml").write_text(re.sub(r"\b2023-", "2123-", example), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    exec(compile(program, "ledger.md", "exec"), {})  # noqa: S102  # our own page
    (sending,) = load(tmp_path / "plan.ledger.jsonl").sendings
    assert sending.number == "NAVAREA XI 0123/26"
