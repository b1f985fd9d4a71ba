"""From an exercise to drafts of warnings, and from their texts back to its dangers."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings

from draft_cases import at, faults, instant
from source_tree import ROOT
from strategies import moving_boxes, waters
from waterspace import planfile
from waterspace.domain import (
    Area,
    Circle,
    Exercise,
    Hazard,
    Joined,
    MovingBox,
    Permission,
    PlannedNotice,
    Polygon,
    Serial,
    Unit,
    Window,
    Without,
)
from waterspace.geometry import footprints
from waterspace.geometry.plane import Plane
from waterspace.messages.audience import Kind
from waterspace.messages.draft import Draft, Issuer, Restriction
from waterspace.messages.phrasing.positions import Notation
from waterspace.messages.practices import PRACTICES, SHOOTING
from waterspace.messages.reader import read
from waterspace.messages.reading import Category, Message
from waterspace.messages.writing import hydropac, navarea, navtex, safetynet
from waterspace.notices import draft_all
from waterspace.notices.drafting.drafts import drafted
from waterspace.notices.drafting.originating import issuer_of, series_of
from waterspace.notices.drafting.sweeping import still
from waterspace.notices.promulgation.plan import promulgation_plan
from waterspace.notices.waters.navareas import navarea as navarea_numbers
from waterspace.notices.waters.navareas import navareas
from waterspace.programme import build
from waterspace.programme.subjects import fired
from waterspace.quantity import HOUR_MS

EXAMPLES = (*sorted((ROOT / "examples").glob("*.yaml")), *sorted((ROOT / "src/waterspace/serials/examples").glob("*")))
NORTHERN = ROOT / "examples" / "northern-interaction-2023.exercise.yaml"
FIRING = ROOT / "src" / "waterspace" / "serials" / "examples" / "gunnery.exercise.yaml"


def load(path: Path) -> Exercise:
    """The exercise in a file."""
    return planfile.load(str(path))


def warnings(exercise: Exercise) -> list[Draft]:
    """The drafts for ships."""
    return [draft for draft in draft_all(exercise) if draft.kind != Kind.NOTAM]


def firing(day: int, hour: int, area: str = "ECHO", name: str = "") -> Serial:
    """The serial of the example for two hours of another day of June, without an alternate time."""
    start_ms = instant(2026, 6, day, hour)
    end_ms = start_ms + 2 * HOUR_MS
    serial = replace(load(FIRING).serials["S1"], area=area, name=name, duration_ms=None, reserve=())
    return replace(serial, start_ms=start_ms, end_ms=end_ms)


def planned(*serials: Serial, covers: tuple[str, ...] = (), kind: str = "navarea") -> Exercise:
    """The example with other serials, numbered from S1, and one notice that covers all of them or what is named."""
    exercise = load(FIRING)
    numbered = {f"S{number}": replace(serial, id=f"S{number}") for number, serial in enumerate(serials, 1)}
    notice = replace(
        exercise.notices["N1"], kind=kind, covers=covers or tuple(numbered), planned_ms=None, cancel_ms=None
    )
    foxtrot = Area(id="FOXTROT", name="Area Foxtrot", footprint=Circle(centre=at(38.0, 132.0), radius_m=18_520.0))
    return replace(
        exercise,
        serials=numbered,
        notices={"N1": notice},
        areas={**exercise.areas, "FOXTROT": foxtrot},
    )


def text(exercise: Exercise) -> str:
    """What the notice of an exercise says, below its heading, in one line."""
    (draft,) = (draft for draft in draft_all(exercise) if draft.id == "N1")
    return " ".join(navarea.write(draft).split("\n")[1:])


@pytest.mark.parametrize("path", [path for path in EXAMPLES if path.suffix == ".yaml"], ids=lambda path: path.stem)
@pytest.mark.parametrize("form", [navarea, hydropac, navtex, safetynet], ids=lambda form: form.__name__)
def test_every_draft_of_the_examples_is_read_back(path: Path, form: ModuleType) -> None:
    for draft in warnings(load(path)):
        meant = replace(draft, general_area="SEA OF JAPAN")
        reading = read(Message(id="", text=form.write(meant)))
        assert not faults(meant, reading, Notation.HUNDREDTHS.resolution_deg)


def test_each_planned_notice_has_a_draft_of_its_kind() -> None:
    found = draft_all(load(NORTHERN))
    assert [(draft.id, draft.kind) for draft in found] == [("N1", "navarea"), ("N2", "navarea"), ("N3", "notam")]
    for draft in found[:2]:
        assert draft.issuer is Issuer.RUSSIA
        assert draft.series == "NAVAREA XIII"
        assert draft.restriction is Restriction.DANGEROUS


def test_serials_at_other_times_are_other_paragraphs() -> None:
    first, *_ = draft_all(load(NORTHERN))
    assert len(first.paragraphs) == 2
    assert all(part.areas and part.windows for part in first.paragraphs)


def test_a_firing_that_no_notice_covers_gets_a_warning_and_a_notam_proposed() -> None:
    exercise = replace(load(FIRING), notices={})
    draft, notam = draft_all(exercise)
    claims = [claim for claim in build(exercise).reservations if claim.hazard.endangers_shipping]
    assert (draft.id, draft.kind) == ("PROPOSED-S1", "navarea")
    assert (notam.id, notam.kind) == ("PROPOSED-NOTAM-S1", "notam")
    assert [area.footprint for area in draft.areas] == [claim.footprint for claim in claims]
    assert [area.band for area in notam.areas] == [claim.band for claim in claims]
    assert draft.category is Category.GUNNERY
    assert draft.cancel_ms == exercise.serials["S1"].reserve[-1].end_ms + HOUR_MS


def test_the_same_in_the_same_place_within_a_week_is_proposed_as_one_notice() -> None:
    days = (9, 10, 11, 18)
    exercise = planned(*(firing(day, 3) for day in days), firing(9, 3, area="FOXTROT"))
    found = drafted(replace(exercise, notices={}))
    assert [(one.notice.id, one.notice.covers) for one in found] == [
        ("PROPOSED-S1", ("S1", "S2", "S3")),
        ("PROPOSED-NOTAM-S1", ("S1", "S2", "S3")),
        ("PROPOSED-S4", ("S4",)),
        ("PROPOSED-NOTAM-S4", ("S4",)),
        ("PROPOSED-S5", ("S5",)),
        ("PROPOSED-NOTAM-S5", ("S5",)),
    ]
    assert found[0].draft is not None
    assert "DAILY 09 TO 11 JUN" in " ".join(navarea.write(found[0].draft).split())


def test_no_notam_is_proposed_for_what_stays_below_the_masts_of_ships() -> None:
    exercise = replace(load(FIRING), notices={})
    low = replace(exercise.serials["S1"].parameters, ceiling_m=30.0)  # type: ignore[type-var]
    serial = replace(exercise.serials["S1"], parameters=low)
    assert [draft.kind for draft in draft_all(replace(exercise, serials={"S1": serial}))] == ["navarea"]


@pytest.mark.parametrize("kind", ["notam", "letter", "semaphore"])
def test_what_no_ship_is_told_by_leaves_a_warning_to_be_proposed(kind: str) -> None:
    assert "PROPOSED-S1" in [draft.id for draft in draft_all(planned(firing(9, 3), kind=kind))]


def test_a_notice_that_covers_an_area_names_its_limits_at_the_times_of_its_firings() -> None:
    exercise = planned(firing(9, 3), firing(10, 6), covers=("ECHO",))
    (draft,) = warnings(exercise)
    assert [one.footprint for one in draft.areas] == [exercise.areas["ECHO"].footprint]
    assert [window.start_ms for window in draft.windows] == [instant(2026, 6, 9, 3), instant(2026, 6, 10, 6)]


def test_a_notice_that_covers_nothing_has_no_draft() -> None:
    exercise = load(NORTHERN)
    empty = replace(exercise.notices["N1"], covers=("NOBODY",))
    assert "N1" not in [draft.id for draft in draft_all(replace(exercise, notices={"N1": empty}))]


def test_a_type_that_is_not_installed_is_left_out() -> None:
    exercise = load(FIRING)
    strange = replace(exercise.serials["S1"], id="S2", type="no such type")
    assert draft_all(replace(exercise, serials={**exercise.serials, "S2": strange})) == draft_all(exercise)


@pytest.mark.parametrize(
    ("serials", "said"),
    [
        (
            (firing(9, 3), firing(10, 3), firing(11, 3)),
            "GUNNERY 0300Z TO 0500Z DAILY 09 TO 11 JUN IN AREA WITHIN 5.2 MILES OF 37-00-00N 130-30-00E.",
        ),
        (
            (firing(9, 3), firing(9, 5)),
            "GUNNERY 090300Z TO 090700Z JUN IN AREA WITHIN 5.2 MILES OF 37-00-00N 130-30-00E.",
        ),
        (
            (firing(9, 3), firing(9, 3, area="FOXTROT")),
            (
                "GUNNERY 090300Z TO 090500Z JUN IN FOLLOWING AREAS: A. AREA WITHIN 5.2 MILES OF 37-00-00N 130-30-00E. "
                "B. AREA WITHIN 5.2 MILES OF 38-00-00N 132-00-00E."
            ),
        ),
        (
            (firing(10, 3), firing(9, 6, area="FOXTROT")),
            (
                "1. GUNNERY 090600Z TO 090800Z JUN IN AREA WITHIN 5.2 MILES OF 38-00-00N 132-00-00E. "
                "2. GUNNERY 100300Z TO 100500Z JUN IN AREA WITHIN 5.2 MILES OF 37-00-00N 130-30-00E."
            ),
        ),
        (
            (firing(9, 3), firing(9, 3, area="FOXTROT"), firing(10, 3), firing(10, 3, area="FOXTROT")),
            (
                "GUNNERY 0300Z TO 0500Z DAILY 09 AND 10 JUN IN FOLLOWING AREAS: A. AREA WITHIN 5.2 MILES OF "
                "37-00-00N 130-30-00E. B. AREA WITHIN 5.2 MILES OF 38-00-00N 132-00-00E."
            ),
        ),
    ],
    ids=["same-hours-on-days", "times-that-touch", "areas-lettered", "paragraphs-by-time", "areas-on-days"],
)
def test_dangers_are_told_as_an_originator_tells_them(serials: tuple[Serial, ...], said: str) -> None:
    assert said in text(planned(*serials))


def test_alternate_times_are_told_and_outlast_the_cancellation() -> None:
    spare = (Window(start_ms=instant(2026, 6, 10, 3), end_ms=instant(2026, 6, 10, 5)),)
    serial = replace(firing(9, 3), reserve=spare)
    assert "090300Z TO 090500Z JUN, ALTERNATE 100300Z TO 100500Z JUN" in text(planned(serial))
    assert "CANCEL THIS MSG 100600Z JUN" in text(planned(serial))


def test_an_alternate_time_at_which_the_place_is_dangerous_anyway_is_no_alternate() -> None:
    spare = (Window(start_ms=instant(2026, 6, 10, 3), end_ms=instant(2026, 6, 10, 5)),)
    (draft,) = warnings(planned(replace(firing(9, 3), reserve=spare), firing(10, 3)))
    assert draft.reserves == ()
    assert len(draft.windows) == 2


def test_a_danger_within_another_at_its_times_is_told_once() -> None:
    within = Area(id="GOLF", name="Golf", footprint=Circle(centre=at(37.01, 130.51), radius_m=1_000.0))
    exercise = planned(firing(9, 3), firing(9, 3, area="GOLF"), firing(9, 4, area="GOLF"), covers=("ECHO", "GOLF"))
    exercise = replace(exercise, areas={**exercise.areas, "GOLF": within})
    (draft,) = warnings(exercise)
    assert [[area.footprint for area in part.areas] for part in draft.paragraphs] == [
        [exercise.areas["ECHO"].footprint],
        [within.footprint],
    ]
    inside = replace(exercise, serials={id_: one for id_, one in exercise.serials.items() if id_ != "S3"})
    (draft,) = warnings(inside)
    assert [area.footprint for area in draft.areas] == [exercise.areas["ECHO"].footprint]
    assert not draft.parts


def test_what_is_joined_is_told_piece_by_piece() -> None:
    parts = (Circle(centre=at(37.0, 130.5), radius_m=5_000.0), Circle(centre=at(37.5, 130.5), radius_m=5_000.0))
    hole = Circle(centre=at(37.0, 130.5), radius_m=1_000.0)
    exercise = planned(firing(9, 3), covers=("ECHO",))
    whole = Without(base=Joined(parts=parts), holes=(Joined(parts=(hole, parts[1])),))
    area = replace(exercise.areas["ECHO"], footprint=whole)
    (draft,) = warnings(replace(exercise, areas={"ECHO": area}))
    assert [one.footprint for one in draft.areas] == [Without(base=parts[0], holes=(hole,))]
    (draft,) = warnings(replace(exercise, areas={"ECHO": replace(area, footprint=Joined(parts=parts))}))
    assert [one.footprint for one in draft.areas] == list(parts)


def near_shore(lat_deg: float, lon_deg: float, originator: str, *others: PlannedNotice) -> Exercise:
    """A firing in a circle of 8 miles about a place, with one NAVAREA warning and others."""
    place = Circle(centre=at(lat_deg, lon_deg), radius_m=15_000.0)
    exercise = planned(firing(9, 3), covers=("ECHO",))
    notice = replace(exercise.notices["N1"], originator=originator)
    return replace(
        exercise,
        areas={"ECHO": replace(exercise.areas["ECHO"], footprint=place)},
        notices={"N1": notice, **{other.id: other for other in others}},
    )


def test_the_warning_at_sea_tells_of_all_and_the_host_repeats_the_part_in_its_territorial_sea() -> None:
    import shapely

    from waterspace.geometry.shapes import solid

    exercise = replace(near_shore(35.9, 134.6, "Coordinator of NAVAREA XI"), host="JPN")
    ours, coastal = warnings(exercise)
    assert [(draft.id, draft.kind) for draft in (ours, coastal)] == [("N1", "navarea"), ("N1-COASTAL-JPN", "coastal")]
    assert coastal.restriction is Restriction.PROHIBITED
    assert coastal.series == "COASTAL WARNING"
    whole = exercise.areas["ECHO"].footprint
    plane = Plane(footprints.centre(whole))
    assert [area.footprint for area in ours.areas] == [whole]
    again = shapely.union_all([solid(area.footprint, plane) for area in coastal.areas])
    assert 0.1 < again.intersection(solid(whole, plane)).area / solid(whole, plane).area < 0.9
    for draft in (ours, coastal):
        reading = read(Message(id="", text=navarea.write(draft)))
        assert not faults(draft, reading, Notation.SECONDS.resolution_deg)


def test_a_part_that_two_notices_tell_of_is_repeated_once_with_the_one_that_is_handed_in_first() -> None:
    exercise = replace(near_shore(35.9, 134.6, "Coordinator of NAVAREA XI"), host="JPN")
    first = replace(exercise.notices["N1"], planned_ms=instant(2026, 6, 3))
    early = PlannedNotice(id="N2", kind="hydropac", covers=("S1",), planned_ms=instant(2026, 6, 2))
    exercise = replace(exercise, notices={"N1": first, "N2": early})
    told = [one for one in drafted(exercise) if one.notice.kind != Kind.NOTAM]
    assert [one.notice.id for one in told] == ["N1", "N2", "N2-COASTAL-JPN"]
    assert told[-1].part_of == "N2"
    assert told[-1].remark.startswith("Proposed: part of N2 and N1 lies in the territorial sea of JPN")


@pytest.mark.parametrize("larger", ["S1", "S2"])
def test_a_part_that_is_repeated_for_two_serials_is_of_both_with_the_heights_of_both(larger: str) -> None:
    exercise = replace(near_shore(35.9, 134.6, "Coordinator of NAVAREA XI"), host="JPN")
    high = replace(exercise.serials["S1"].parameters, ceiling_m=9_000.0)  # type: ignore[type-var]
    low = replace(exercise.serials["S1"].parameters, ceiling_m=3_000.0)  # type: ignore[type-var]
    serials = {
        "S1": replace(exercise.serials["S1"], parameters=low),
        "S2": replace(exercise.serials["S1"], id="S2", parameters=high),
    }
    ends_ms = exercise.serials["S1"].end_ms
    assert ends_ms is not None
    serials[larger] = replace(serials[larger], end_ms=ends_ms + HOUR_MS)
    notices = {
        "N1": replace(exercise.notices["N1"], covers=("S1",), planned_ms=instant(2026, 6, 2)),
        "N2": replace(exercise.notices["N1"], id="N2", covers=("S2",), planned_ms=instant(2026, 6, 3)),
    }
    exercise = replace(exercise, notices=notices, serials=serials)
    (coastal,) = (one for one in drafted(exercise) if one.part_of)
    assert coastal.remark.startswith("Proposed: part of N1 and N2 lies")
    for claim in coastal.claims:
        assert set(claim.owners) == {"S1", "S2"}
        assert claim.band.ceiling_m == 9_000.0
    steps = {one.id: one for one in promulgation_plan(exercise).steps}
    assert "(S1 and S2)" in steps["N1-COASTAL-JPN-promulgate"].subject
    assert {"N1-repeat", "N2-repeat"} <= steps.keys()


def test_what_only_the_second_notice_tells_of_near_the_shore_is_repeated_besides() -> None:
    exercise = replace(near_shore(35.9, 134.6, "Coordinator of NAVAREA XI"), host="JPN")
    later = replace(firing(9, 8), id="S2")
    notices = {
        "N1": replace(exercise.notices["N1"], covers=("S1",)),
        "N2": PlannedNotice(id="N2", kind="hydropac", covers=("S1", "S2")),
    }
    exercise = replace(exercise, notices=notices, serials={**exercise.serials, "S2": later})
    told = {one.notice.id: one for one in drafted(exercise) if one.part_of}
    assert set(told) == {"N1-COASTAL-JPN", "N2-COASTAL-JPN"}
    assert {owner for claim in told["N2-COASTAL-JPN"].claims for owner in claim.owners} == {"S2"}


@pytest.mark.parametrize(
    ("kind", "lat_deg", "lon_deg", "said"),
    [
        ("hydropac", 38.0, 134.0, ""),
        ("hydrolant", 38.0, 134.0, "Its dangers lie in NAVAREA XI (limits assumed), of which HYDROPAC tells, and not"),
        ("hydropac", 33.0, -122.0, "Its dangers lie in NAVAREA XII (limits assumed), where NGA warns in the series"),
        ("hydrolant", 35.0, -70.0, "Its dangers lie in NAVAREA IV (limits assumed), where NGA warns in the series"),
        ("navarea", 33.0, -122.0, ""),
        ("navarea xi", 38.0, 134.0, ""),
        ("navarea xix", 38.0, 134.0, "Its dangers lie in NAVAREA XI (limits assumed), and not in NAVAREA XIX: ask the"),
        ("NAVAREA IIII", 38.0, 134.0, "There is no NAVAREA IIII; its dangers lie in NAVAREA XI (limits assumed), and"),
        ("coastal, NAVAREA XIX", 38.0, 134.0, "Its dangers lie in NAVAREA XI"),
    ],
)
def test_a_series_of_other_waters_is_told(kind: str, lat_deg: float, lon_deg: float, said: str) -> None:
    exercise = near_shore(lat_deg, lon_deg, "")
    exercise = replace(exercise, notices={"N1": replace(exercise.notices["N1"], kind=kind)})
    ours = next(one for one in drafted(exercise) if one.notice.id == "N1")
    assert ours.elsewhere.startswith(said)
    assert bool(ours.elsewhere) is bool(said)
    (step,) = (one for one in promulgation_plan(exercise).steps if one.id == "N1-promulgate")
    assert ours.elsewhere in step.remark


@pytest.mark.parametrize(
    ("planned_ms", "now_ms", "date"),
    [
        (instant(2026, 6, 1), None, "2026/06/01 00 UTC"),
        (instant(2026, 6, 7), None, "2026/06/04 03 UTC"),
        (instant(2026, 6, 7), instant(2026, 6, 5, 12), "2026/06/05 12 UTC"),
        (instant(2026, 6, 1), instant(2026, 6, 5, 12), "2026/06/05 12 UTC"),
        (instant(2026, 6, 4), instant(2026, 6, 3), "2026/06/04 00 UTC"),
    ],
)
def test_no_draft_promises_a_time_at_which_it_is_late_or_that_is_past(
    planned_ms: int, now_ms: int | None, date: str
) -> None:
    exercise = planned(firing(9, 3), covers=("S1",))
    late = replace(exercise.notices["N1"], planned_ms=planned_ms, originator="Coordinator of NAVAREA XI")
    exercise = replace(exercise, notices={"N1": late})
    ours = next(one for one in drafted(exercise, now_ms) if one.notice.id == "N1")
    assert ours.draft is not None
    assert f"DATE:{date}" in navarea.write(ours.draft)


LEAVE = Permission(id="L1", state="JPN", kind="territorial sea", covers=("ECHO",), date_ms=instant(2026, 5, 1))


@pytest.mark.parametrize(
    ("given", "coastal", "unasked"),
    [
        ({}, [], ("JPN",)),
        ({"L1": replace(LEAVE, kind="port call")}, [], ("JPN",)),
        ({"L1": replace(LEAVE, covers=("S9",))}, [], ("JPN",)),
        ({"L1": replace(LEAVE, state="RUS")}, [], ("JPN",)),
        ({"L1": replace(LEAVE, date_ms=instant(2026, 6, 10))}, [], ("JPN",)),
        (
            {"L1": replace(LEAVE, valid=Window(start_ms=instant(2026, 6, 9), end_ms=instant(2026, 6, 9, 4)))},
            [],
            ("JPN",),
        ),
        ({"L1": LEAVE}, ["N1-COASTAL-JPN"], ()),
        ({"L1": replace(LEAVE, covers=(), date_ms=None)}, ["N1-COASTAL-JPN"], ()),
    ],
)
def test_no_state_is_said_to_prohibit_navigation_for_what_it_gave_no_leave_for(
    given: dict[str, Permission], coastal: list[str], unasked: tuple[str, ...]
) -> None:
    exercise = near_shore(35.9, 134.6, "Coordinator of NAVAREA XI")
    exercise = replace(exercise, host="KOR", participants={}, units=_of(exercise, "KOR"), permissions=given)
    ours, *others = (one for one in drafted(exercise) if one.notice.kind != Kind.NOTAM)
    assert [one.notice.id for one in others] == coastal
    assert ours.unasked == unasked
    assert ours.draft is not None
    assert [area.footprint for area in ours.draft.areas] == [exercise.areas["ECHO"].footprint]


@pytest.mark.parametrize(
    ("given", "unasked"),
    [
        (replace(LEAVE, valid=Window(start_ms=instant(2026, 6, 8), end_ms=instant(2026, 6, 10))), ("JPN",)),
        (replace(LEAVE, valid=Window(start_ms=instant(2026, 6, 8), end_ms=instant(2026, 6, 21))), ()),
        (replace(LEAVE, date_ms=instant(2026, 6, 9)), ()),
    ],
)
def test_leave_that_has_run_out_at_an_alternate_time_is_none(given: Permission, unasked: tuple[str, ...]) -> None:
    exercise = near_shore(35.9, 134.6, "Coordinator of NAVAREA XI")
    spare = Window(start_ms=instant(2026, 6, 20, 3), end_ms=instant(2026, 6, 20, 5))
    serials = {"S1": replace(exercise.serials["S1"], reserve=(spare,))}
    exercise = replace(exercise, host="KOR", participants={}, units=_of(exercise, "KOR"), serials=serials)
    ours, *others = (
        one for one in drafted(replace(exercise, permissions={"L1": given})) if one.notice.kind != Kind.NOTAM
    )
    assert ours.unasked == unasked
    assert bool(others) is not bool(unasked)


def _of(exercise: Exercise, nation: str) -> dict[str, Unit]:
    return {id_: replace(unit, nation=nation) for id_, unit in exercise.units.items()}


@pytest.mark.parametrize("originator", ["Coordinator of NAVAREA XI", ""])
def test_a_warning_near_an_assumed_limit_names_the_neighbour_whoever_sends_it(originator: str) -> None:
    exercise = near_shore(39.9, 134.0, originator)
    ours, *_ = (one for one in drafted(exercise) if one.notice.kind != Kind.NOTAM)
    numbers = navarea_numbers((exercise.areas["ECHO"].footprint,))
    assert len(numbers) > 1
    assert set(ours.areas) == {"XI", *numbers} if originator else ours.areas == numbers


@pytest.mark.parametrize(
    ("number", "series", "issuer", "areas"),
    [
        ("XXII", "NAVAREA XI", Issuer.JAPAN, ("XI",)),
        ("IIII", "NAVAREA XI", Issuer.JAPAN, ("XI",)),
        ("XIX", "NAVAREA XIX", Issuer.USA, ("XIX",)),
        ("XI", "NAVAREA XI", Issuer.JAPAN, ("XI",)),
    ],
)
def test_an_area_that_is_none_or_another_is_neither_taken_nor_near_a_limit(
    number: str, series: str, issuer: Issuer, areas: tuple[str, ...]
) -> None:
    exercise = near_shore(38.0, 134.0, f"Coordinator of NAVAREA {number}")
    ours = next(one for one in drafted(exercise) if one.notice.id == "N1")
    assert ours.draft is not None
    assert (ours.draft.series, ours.draft.issuer, ours.areas) == (series, issuer, areas)
    assert bool(ours.elsewhere) is (number != "XI")
    (step,) = (one for one in promulgation_plan(exercise).steps if one.id == "N1-promulgate")
    assert "Near the limit" not in step.remark
    assert ours.elsewhere in step.remark


def test_a_coastal_notice_of_the_plan_leaves_the_other_whole() -> None:
    coastal = PlannedNotice(id="N2", kind="coastal", covers=("S1",), originator="JPN")
    first, _ = warnings(near_shore(35.75, 134.9, "Coordinator of NAVAREA XI", coastal))
    assert [area.footprint for area in first.areas] == [Circle(centre=at(35.75, 134.9), radius_m=15_000.0)]


@pytest.mark.parametrize("others", [(), (PlannedNotice(id="N2", kind="coastal", covers=("S1",), originator="KOR"),)])
def test_a_coastal_notice_of_the_plan_is_no_leave(others: tuple[PlannedNotice, ...]) -> None:
    exercise = near_shore(35.9, 134.6, "Coordinator of NAVAREA XI", *others)
    exercise = replace(exercise, host="KOR", participants={}, units=_of(exercise, "KOR"))
    ours = next(one for one in drafted(exercise) if one.notice.id == "N1")
    assert ours.unasked == ("JPN",)


@pytest.mark.parametrize(
    ("originator", "to", "is_repeated"),
    [
        ("KOR", (), True),
        ("KOR", ("JPN",), True),
        ("JPN", (), False),
        ("", ("JPN",), False),
        ("", (), False),
        ("HQ of the coastguard", (), False),
    ],
)
@pytest.mark.parametrize("kind", ["coastal", "navtex"])
def test_only_a_coastal_notice_of_the_same_state_stands_for_the_warning_of_a_part(
    kind: str, originator: str, to: tuple[str, ...], is_repeated: bool
) -> None:
    other = PlannedNotice(id="N2", kind=kind, covers=("S1",), originator=originator, to=to)
    exercise = replace(near_shore(35.9, 134.6, "Coordinator of NAVAREA XI", other), host="JPN")
    assert ("N1-COASTAL-JPN" in {one.notice.id for one in drafted(exercise)}) is is_repeated


def test_russia_tells_both_parts_in_one_text() -> None:
    (draft,) = warnings(near_shore(42.4, 132.0, "Coordinator of NAVAREA XIII"))
    assert [type(area.footprint) for area in draft.areas] == [Circle]
    said = " ".join(navarea.write(draft).split())
    assert draft.restriction is Restriction.PROHIBITED_INSIDE
    assert not draft.remarks
    assert "NAVIGATION PROHIBITED IN TERRITORIAL WATERS DANGEROUS OUTSIDE." in said
    assert not faults(draft, read(Message(id="", text=navarea.write(draft))), Notation.HUNDREDTHS.resolution_deg)


def test_all_in_its_own_territorial_sea_russia_prohibits() -> None:
    (draft,) = warnings(near_shore(42.7, 131.8, "Coordinator of NAVAREA XIII"))
    assert draft.restriction is Restriction.PROHIBITED
    assert not draft.remarks


@pytest.mark.parametrize(
    ("lat_deg", "lon_deg", "asked"),
    [(42.7, 131.8, Restriction.PROHIBITED), (42.4, 132.0, Restriction.PROHIBITED_INSIDE)],
    ids=["all-inside", "partly-inside"],
)
@pytest.mark.parametrize("kind", ["navtex", "coastal", "local"])
def test_a_notice_near_the_coast_takes_no_prohibition_away(
    kind: str, lat_deg: float, lon_deg: float, asked: Restriction
) -> None:
    near = PlannedNotice(id="N2", kind=kind, covers=("ECHO",), originator="RUS")
    found = warnings(near_shore(lat_deg, lon_deg, "Coordinator of NAVAREA XIII", near))
    assert [(draft.id, draft.restriction) for draft in found] == [("N1", asked), ("N2", asked)]


def test_only_what_a_coastal_notice_covers_stays_whole() -> None:
    exercise = near_shore(
        35.75,
        134.9,
        "Coordinator of NAVAREA XI",
        PlannedNotice(id="N2", kind="coastal", covers=("S1",), originator="JPN"),
    )
    other = Circle(centre=at(35.9, 134.6), radius_m=15_000.0)
    exercise = replace(
        exercise,
        serials={**exercise.serials, "S2": replace(firing(10, 3, area="GOLF"), id="S2")},
        areas={**exercise.areas, "GOLF": Area(id="GOLF", name="Golf", footprint=other)},
    )
    exercise = replace(
        exercise,
        host="JPN",
        notices={**exercise.notices, "N1": replace(exercise.notices["N1"], covers=("ECHO", "GOLF"))},
    )
    told = {one.notice.id: one.claims for one in drafted(exercise) if one.notice.kind != Kind.NOTAM}
    assert list(told) == ["N1", "N1-COASTAL-JPN", "N2"]
    assert {claim.owners for claim in told["N1-COASTAL-JPN"]} == {("S2",)}
    assert [claim.footprint for claim in told["N1"] if claim.owners == ("S1",)] == [exercise.areas["ECHO"].footprint]


def test_airmen_are_told_no_locality_and_no_coast() -> None:
    exercise = near_shore(52.3, 159.8, "Coordinator of NAVAREA XIII")
    notam = PlannedNotice(id="N9", kind="notam", covers=("ECHO",), originator="RUS", firs=("UHPP",))
    ships, air = draft_all(replace(exercise, notices={**exercise.notices, "N9": notam}))
    assert "KAMCHATKA" in ships.general_area
    assert "KAMCHATKA" not in air.general_area
    assert air.general_area
    assert air.locality == ""


def test_each_paragraph_has_the_category_of_what_goes_on_in_it() -> None:
    exercise = load(ROOT / "src" / "waterspace" / "serials" / "examples" / "crossdeck.exercise.yaml")
    both = {**exercise.serials, "S2": replace(firing(10, 3), id="S2")}
    notam = PlannedNotice(id="N1", kind="notam", covers=("S1", "S2"), originator="JPN")
    draft, *_ = draft_all(
        replace(exercise, units={**load(FIRING).units, **exercise.units}, serials=both, notices={"N1": notam})
    )
    assert draft.category is Category.GUNNERY
    assert [part.category for part in draft.paragraphs] == [Category.MILITARY_EXERCISE, Category.GUNNERY]
    (alone,) = [one for one in draft_all(planned(firing(9, 3), firing(10, 6, area="FOXTROT"))) if one.id == "N1"]
    assert [part.category for part in alone.paragraphs] == [None, None]


def test_a_warning_that_names_no_navarea_is_of_the_one_in_which_it_lies() -> None:
    (draft,) = warnings(near_shore(39.0, 134.0, "Staff of Alfa"))
    assert (draft.series, draft.issuer, draft.general_area) == ("NAVAREA XI", Issuer.JAPAN, "SEA OF JAPAN")


def test_a_notam_tells_of_firing_and_of_flying_with_their_heights() -> None:
    exercise = load(ROOT / "src" / "waterspace" / "serials" / "examples" / "crossdeck.exercise.yaml")
    told = PlannedNotice(id="N9", kind="NOTAM", covers=tuple(exercise.serials), originator="JPN", firs=("RJJJ",))
    (draft,) = draft_all(replace(exercise, notices={"N9": told}))
    flying = [claim for claim in build(exercise).reservations if claim.hazard is Hazard.FLYING]
    assert draft.firs == ("RJJJ",)
    assert draft.activity == "FLYING EXERCISES"
    assert draft.restriction is Restriction.DANGEROUS, "over the high seas there are danger areas only"
    assert {area.band for area in draft.areas} == {claim.band for claim in flying}


def test_the_regions_of_a_notam_are_those_that_its_dangers_lie_in(tmp_path: Path) -> None:
    west = [[[129, 36], [130.5, 36], [130.5, 38], [129, 38], [129, 36]]]
    east = [[[130.5, 36], [132, 36], [132, 38], [130.5, 38], [130.5, 36]]]
    far = [[[140, 36], [142, 36], [142, 38], [140, 38], [140, 36]]]
    features = [
        {"type": "Feature", "properties": {"icao": icao}, "geometry": {"type": "Polygon", "coordinates": ring}}
        for icao, ring in (("RKRR", west), ("RJJJ", east), ("PAZA", far))
    ]
    (tmp_path / "firs.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    (tmp_path / "plan.yaml").write_text(FIRING.read_text() + "environment: {firs: firs.geojson}\n")
    notam = next(draft for draft in draft_all(load(tmp_path / "plan.yaml")) if draft.kind == "notam")
    assert notam.firs == ("RJJJ", "RKRR")


def test_without_a_file_of_regions_a_notam_names_those_of_the_plan_alone() -> None:
    assert [draft.firs for draft in draft_all(load(FIRING)) if draft.kind == "notam"] == [()]


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("torpedo firing", Category.MISSILE),
        ("Gunex 1", Category.GUNNERY),
        ("MISSILEX", Category.MISSILE),
        ("TORPEX", Category.MISSILE),
        ("Sinkex", Category.MILITARY_EXERCISE),
        ("SINKEX with torpedoes", Category.MISSILE),
        ("unmanned aerial vehicle", Category.HAZARDOUS_OPERATIONS),
        ("missile_firing", Category.MISSILE),
        ("rockets", Category.ROCKET_LAUNCHING),
        ("depth-charge attack", Category.BOMBING),
        ("bombing", Category.BOMBING),
        ("naval gunfire", Category.GUNNERY),
        ("demolition of mines", Category.UNDERWATER_OPERATIONS),
        ("minesweeping", Category.MILITARY_EXERCISE),
        ("laser trial", Category.HAZARDOUS_OPERATIONS),
        ("target drone", Category.HAZARDOUS_OPERATIONS),
    ],
)
def test_what_is_fired_is_told_in_words_that_are_read_as_the_same(name: str, category: Category) -> None:
    subject = fired("live event", name)
    assert subject is not None
    assert subject.category is category
    (draft,) = warnings(planned(firing(9, 3)))
    for issuer in Issuer:
        meant = replace(draft, issuer=issuer, category=subject.category, activity=subject.words)
        assert not faults(meant, read(Message(id="", text=navarea.write(meant))), Notation.HUNDREDTHS.resolution_deg)


@pytest.mark.parametrize("name", ["Unmanned surface vessel", "LIVEX", "Firing", "Serial 12"])
def test_words_that_do_not_say_what_is_fired_tell_nothing(name: str) -> None:
    assert fired(name) is None


@pytest.mark.parametrize("category", [Category.MISSILE, Category.GUNNERY, Category.BOMBING])
def test_every_word_that_is_read_as_a_practice_is_drafted_as_the_same(category: Category) -> None:
    for word in PRACTICES[category] - SHOOTING:
        subject = fired(word)
        assert subject is not None
        assert subject.category is category


def test_the_type_tells_what_is_fired_before_the_planners_name() -> None:
    (draft,) = warnings(planned(firing(9, 3, name="Anti-missile practice with bombs")))
    assert draft.category is Category.GUNNERY


@pytest.mark.parametrize(
    ("kind", "originator", "issuer", "series"),
    [
        ("navarea", "Coordinator of NAVAREA XI", Issuer.JAPAN, "NAVAREA XI"),
        ("navarea", "Coordinator of NAVAREA XIII", Issuer.RUSSIA, "NAVAREA XIII"),
        ("navarea", "Coordinator of NAVAREA XII", Issuer.USA, "NAVAREA XII"),
        ("NAVAREA XI", "the staff", Issuer.JAPAN, "NAVAREA XI"),
        ("coastal", "CHN", Issuer.CHINA, "COASTAL WARNING"),
        ("local warnings", "CHN", Issuer.CHINA, "LOCAL WARNING"),
        ("navtex", "JPN", Issuer.JAPAN, ""),
        ("hydropac", "Coordinator of NAVAREA XI", Issuer.USA, "HYDROPAC"),
        ("HYDROLANT", "JPN", Issuer.USA, "HYDROLANT"),
        ("navarea", "the staff", Issuer.USA, ""),
    ],
)
def test_the_originator_tells_the_style(kind: str, originator: str, issuer: Issuer, series: str) -> None:
    notice = PlannedNotice(id="N1", kind=kind, covers=("S1",), originator=originator)
    assert issuer_of(replace(load(FIRING), host=""), notice) is issuer
    assert series_of(notice) == series


@pytest.mark.parametrize("number", navareas())
def test_the_coordinator_of_the_table_gives_the_style(number: str) -> None:
    styles = {"JPN": Issuer.JAPAN, "RUS": Issuer.RUSSIA, "CHN": Issuer.CHINA}
    notice = PlannedNotice(id="N1", kind="navarea", covers=("S1",), originator=f"Coordinator of NAVAREA {number}")
    style = styles.get(navareas()[number].state, Issuer.USA)
    assert issuer_of(replace(load(FIRING), host=""), notice) is style
    assert issuer_of(replace(load(FIRING), host=""), replace(notice, originator="the staff"), number) is style


@given(box=waters().filter(lambda place: abs(place.lat_deg) < 80.0).flatmap(moving_boxes))
@settings(max_examples=30, deadline=None)
def test_the_outline_of_what_moves_holds_all_that_it_sweeps(box: MovingBox) -> None:
    import shapely

    drawn = still(box)
    assert isinstance(drawn, Polygon)
    assert len(drawn.vertices) <= 8
    plane = Plane(footprints.centre(box))
    area = shapely.Polygon(plane.project_positions(drawn.vertices))
    assert area.contains(shapely.MultiPoint(plane.project_positions(footprints.outline(box))))
