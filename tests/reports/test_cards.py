"""A unit's card: what is on it, in the order of time, in 80 columns and on paper."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from builders import bad_exercises, plan
from waterspace import planfile
from waterspace.checks import check
from waterspace.checks.example import whole
from waterspace.domain import CheckResult, Circle, Corridor, Exercise, Leg, Position, Sector, Severity
from waterspace.environment.sky import light
from waterspace.environment.sky.light import LightKind
from waterspace.geometry.footprints import centre, contains, distance_between_m
from waterspace.geometry.geodesic import destination
from waterspace.geometry.legs import position_at
from waterspace.geometry.visits import visits
from waterspace.notation import format_position, format_time
from waterspace.programme import build
from waterspace.quantity import DAY_MS, HOUR_MS, MINUTE_MS, NAUTICAL_MILE_M
from waterspace.reports.cards import Card, make_cards
from waterspace.reports.cards.dangers import NEAR_M, dangers_near
from waterspace.reports.cards.page import as_html
from waterspace.reports.cards.text import as_text
from waterspace.reports.cards.words import danger_words, day_words, notice_words, plot_words

EXAMPLE = Path(__file__).parents[2] / "examples" / "northern-interaction-2023.exercise.yaml"


@cache
def exercise() -> Exercise:
    return planfile.load(EXAMPLE)


@cache
def result() -> CheckResult:
    return check(exercise())


@cache
def cards() -> dict[str, Card]:
    return {card.unit: card for card in make_cards(exercise(), check_result=result())}


# ------------------------------------------------------------------------------------------------------- what is on it


def test_every_unit_has_one_card_in_the_order_of_the_plan() -> None:
    assert list(cards()) == list(exercise().units)
    assert [card.unit for card in make_cards(exercise(), ("IL38", "QIQIHAR"), result())] == ["QIQIHAR", "IL38"]


def test_a_card_says_who_the_unit_is_and_under_whom() -> None:
    card = cards()["QIQIHAR"]
    assert (card.name, card.hull, card.nation, card.kind, card.home) == (
        "Qiqihar",
        "121",
        "CHN",
        "destroyer",
        "Qingdao",
    )
    assert card.command == (
        "command ship: a commander is embarked",
        "Joint headquarters (commander Commander joint forces; flagship this unit; OCE, OTC)",
        "Chinese group (flagship this unit)",
    )
    assert cards()["Z9-RIZHAO"].home == "carried by Rizhao"


def test_its_serials_are_those_it_is_in_by_name_or_by_group_in_order_of_time() -> None:
    for unit, card in cards().items():
        plan_ = exercise()
        expected = {id_ for id_, serial in plan_.serials.items() if unit in plan_.units_in(serial)}
        assert {serial.id for serial in card.serials} == expected
        starts = [serial.window.start_ms for serial in card.serials if serial.window]
        assert starts == sorted(starts)


def test_a_serial_says_where_as_what_with_whom_and_under_whose_eye() -> None:
    gunnery = next(one for one in cards()["RIZHAO"].serials if one.id == "S109")
    assert gunnery.role == "safety"
    assert gunnery.area == "SIERRA"
    assert gunnery.safety == "Safety officer in Rizhao"
    assert [(one.role, one.units) for one in gunnery.partners] == [
        ("firing", ("Qiqihar", "Admiral Tributs", "Zaozhuang")),
        ("target", ("Support vessel",)),
    ]
    transit = next(one for one in cards()["RIZHAO"].serials if one.id == "S201")
    assert [one.units for one in transit.partners] == [("the others of Chinese group", "Russian group")]
    assert ("Chinese group", ("Qiqihar", "Guiyang", "Zaozhuang", "Rizhao", "Taihu")) in cards()["RIZHAO"].groups


def test_a_serial_without_a_time_comes_last_and_says_why() -> None:
    row = """
serials:
  S1: {type: assembly, area: WEST, units: {units: [ALFA, BRAVO]}, after: S2, duration: 2 h}
  S2: {type: assembly, area: WEST, units: {units: [ALFA, BRAVO]}, after: S1, duration: 2 h}
  S3: {type: assembly, area: WEST, units: {units: [ALFA, BRAVO]}, start: 2026-06-08T00:00Z, duration: 2 h}
"""
    card = make_cards(plan(row))[0]
    assert [serial.id for serial in card.serials] == ["S3", "S1", "S2"]
    assert "it waits for itself" in card.serials[-1].untimed
    assert "no planned time: it waits for itself" in as_text([card])


def test_a_passage_that_cannot_be_made_says_so() -> None:
    row = """
areas:
  WEST: {circle: {centre: 38-30.0N 134-00.0E, radius: 15 nm}}
  EAST: {circle: {centre: 38-30.0N 136-00.0E, radius: 15 nm}}
serials:
  S1: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-08T00:00Z, duration: 2 h}
  S2: {type: assembly, area: EAST, units: {units: ALFA}, start: 2026-06-08T03:00Z, duration: 2 h}
"""
    passage = make_cards(plan(row), ("ALFA",))[0].passages[-1]
    assert (passage.origin, passage.destination) == ("S1", "S2")
    assert passage.too_fast
    assert passage.required_speed_mps == pytest.approx(passage.distance_m * 1000 / HOUR_MS)
    text = " ".join(as_text(make_cards(plan(row), ("ALFA",))).split())
    assert "kn needed, more than its 24.0 kn" in text


def test_the_sun_is_that_of_where_the_unit_is_at_noon() -> None:
    card = cards()["QIQIHAR"]
    legs = build(exercise()).tracks["QIQIHAR"].legs
    assert len(card.days) == 10
    for day in card.days:
        assert (day.noon_ms + card.local_offset_ms) % DAY_MS == DAY_MS // 2
        assert day.position == position_at(legs, day.noon_ms)
        midnight_ms = day.noon_ms - DAY_MS // 2
        assert day.sunrise_ms == light.next_event(day.position, LightKind.SUNRISE, midnight_ms)
        assert day.sunset_ms == light.next_event(day.position, LightKind.SUNSET, midnight_ms)


def test_where_the_sun_does_not_set_the_card_says_polar_day() -> None:
    row = """
areas:
  WEST: {circle: {centre: 75-00.0N 020-00.0E, radius: 15 nm}}
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 75-00.0N 020-00.0E}
serials:
  S1: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-08T00:00Z, duration: 2 h}
"""
    (card,) = make_cards(plan(row))
    assert [day.note for day in card.days] == ["polar day"]
    assert "rises polar day" in as_text([card])


def test_notices_about_a_serial_or_its_area_are_on_the_card() -> None:
    assert [(one.id, one.covers) for one in cards()["RIZHAO"].notices] == [
        ("N1", ("S109", "S116")),
        ("N3", ("S109", "S116")),
    ]
    by_area = make_cards(plan(""))[0].notices
    assert [(one.id, one.covers) for one in by_area] == [("N1", ("WEST",)), ("N2", ("WEST",))]


def test_findings_about_the_unit_come_before_those_about_its_serials() -> None:
    for unit, card in cards().items():
        own = [one for one in result().findings if unit in one.subjects]
        order = {severity: rank for rank, severity in enumerate(Severity)}
        assert list(card.findings) == sorted(own, key=lambda one: order[one.severity])
        serials = {serial.id for serial in card.serials}
        for one in card.serial_findings:
            assert serials.intersection(one.subjects)
            assert one not in own
    assert "WS103" in {one.code for one in cards()["KA27-PANTELEYEV"].findings}
    assert "WS201" in {one.code for one in cards()["RIZHAO"].serial_findings}


def test_errors_come_before_warnings_whoever_they_are_about() -> None:
    for card in cards().values():
        section = as_text([card]).partition("FINDINGS\n")[2]
        weights = re.findall(r"^- (error|warning|advice) ", section, re.MULTILINE)
        assert weights == sorted(weights, key=["error", "warning", "advice"].index)


def test_a_sunrise_before_midnight_in_utc_has_its_own_day_there() -> None:
    card = replace(cards()["QIQIHAR"], local_offset_ms=9 * HOUR_MS)
    for day in card.days:
        name, rise, _ = day_words(day, card.local_offset_ms)
        assert day.sunrise_ms is not None
        universal, local = re.fullmatch(r"(\d{6}Z) \((\d{6}I)\)", rise).groups()  # type: ignore[union-attr]
        assert format_time(round(day.sunrise_ms / MINUTE_MS) * MINUTE_MS).startswith(universal)
        assert local[:2] == name[:2]
        assert int(universal[:2]) == int(local[:2]) - 1


def test_a_firing_ship_reads_its_line_of_fire_and_the_corners_of_its_own_danger_area() -> None:
    gunnery = next(one for one in cards()["QIQIHAR"].serials if one.id == "S109")
    assert "line of fire 000, range 18.0 nm, half angle 15 degrees" in gunnery.particulars
    (claim,) = (one for one in build(exercise()).reservations if one.id == "S109/danger-area")
    shape = claim.footprint
    assert isinstance(shape, Sector)
    sides = [destination(shape.centre, shape.bearing_deg + turn, shape.radius_m) for turn in (-15.0, 15.0)]
    corners = ", ".join(format_position(one.lat_deg, one.lon_deg) for one in sides)
    assert f"corners {corners}" in gunnery.particulars[-1]
    page = as_html([cards()["QIQIHAR"]])
    assert corners in re.sub(r"</?span[^>]*>", "", page)
    assert all(f'<span class="whole">{corner}</span>' in page for corner in corners.split(", "))


def test_a_transit_tells_its_route_and_a_serial_its_speed() -> None:
    transit = next(one for one in cards()["QIQIHAR"].serials if one.id == "S001")
    assert transit.particulars[0].startswith("route 36-01.0N 120-20.0E, 35-36.0N 121-00.0E, ")
    assert any("speed " in text for serial in cards()["QIQIHAR"].serials for text in serial.particulars)


def test_what_is_near_can_be_plotted_and_a_notice_says_when_it_ends() -> None:
    text = " ".join(as_text([cards()["SUPPORT-1"]]).split())
    for danger in cards()["SUPPORT-1"].dangers:
        assert plot_words(danger.footprint) in text
    fragment = "notices:\n  N1: {kind: navarea, covers: WEST, originator: JPN, cancel: 2026-06-08T02:00Z}\n"
    (notice,) = make_cards(plan(fragment))[0].notices
    assert notice_words(notice, 0).endswith("cancelled at 080200Z JUN 26")


def test_nets_and_links_that_it_keeps_are_on_the_card() -> None:
    fragment = "links:\n  VHF: {name: VHF channel 72, units: [ALFA]}\n"
    alfa, bravo = make_cards(plan(fragment))
    assert [(net.name, net.details) for net in alfa.nets] == [("VHF channel 72", "line of sight")]
    assert bravo.nets == ()


# ------------------------------------------------------------------------------------------------------- danger areas


def test_danger_areas_are_those_of_others_and_near() -> None:
    plan_ = exercise()
    for card in cards().values():
        own = {serial.id for serial in card.serials}
        for danger in card.dangers:
            assert danger.title.partition(" ")[0] not in own
            assert 0.0 <= danger.distance_m <= NEAR_M
            assert danger.window.start_ms - MINUTE_MS <= danger.closest_ms <= danger.window.end_ms + MINUTE_MS
    assert [danger.title for danger in cards()["SUPPORT-1"].dangers] == ["S110 Firing at air targets"]
    assert plan_.serials["S110"].name == "Firing at air targets"


def test_a_helicopter_on_the_deck_of_a_firing_ship_is_no_stranger_to_the_firing() -> None:
    assert exercise().units["KA27-PANTELEYEV"].home_unit == "PANTELEYEV"
    assert "S110" in {serial.id for serial in cards()["PANTELEYEV"].serials}
    assert not cards()["KA27-PANTELEYEV"].dangers


def test_a_unit_that_passes_through_is_told_from_when() -> None:
    claims = {claim.owner: claim for claim in build(exercise()).reservations if claim.hazard.endangers_shipping}
    window = claims["S116"].windows[0]
    middle = centre(claims["S116"].footprint)
    there, here = (destination(middle, bearing, 60_000.0) for bearing in (90.0, 270.0))
    through = (Leg(start_ms=window.start_ms, end_ms=window.start_ms + 80 * MINUTE_MS, start=here, end=there),)
    (danger,) = dangers_near(through, [("S116", claims["S116"])])
    assert danger.distance_m < 1.0
    enters_ms = visits(through, claims["S116"].footprint)[0].window.start_ms
    assert abs(danger.closest_ms - enters_ms) <= MINUTE_MS
    assert "inside it from" in danger_words(danger, 0)


def test_the_nearest_moment_is_no_farther_than_any_minute_of_the_way() -> None:
    programme = build(exercise())
    claims = {claim.owner: claim for claim in programme.reservations if claim.hazard.endangers_shipping}
    for unit, card in cards().items():
        for danger in card.dangers:
            claim = claims[danger.title.partition(" ")[0]]
            legs = programme.tracks[unit].legs
            minutes = range(danger.window.start_ms, danger.window.end_ms, 5 * MINUTE_MS)
            sampled_m = min(distance_between_m(claim.footprint, position_at(legs, minute)) for minute in minutes)
            assert danger.distance_m <= sampled_m + 1.0
            then_m = distance_between_m(claim.footprint, position_at(legs, danger.closest_ms))
            assert then_m <= sampled_m + 200.0


def test_a_danger_area_that_is_not_yet_active_is_not_told() -> None:
    claim = next(one for one in build(exercise()).reservations if one.hazard.endangers_shipping)
    assert isinstance(claim.footprint, (Circle, Corridor)) or not contains(
        claim.footprint, Position(lat_deg=0, lon_deg=0)
    )
    window = claim.windows[0]
    here = Position(lat_deg=39.2, lon_deg=134.33)

    def waits(start_ms: int, end_ms: int) -> tuple[Leg, ...]:
        return (Leg(start_ms=start_ms, end_ms=end_ms, start=here, end=here),)

    assert not dangers_near(waits(window.start_ms - DAY_MS, window.start_ms), [("S109", claim)])
    (danger,) = dangers_near(waits(window.start_ms - DAY_MS, window.start_ms + HOUR_MS), [("S109", claim)])
    assert danger.distance_m < NEAR_M


AREAS = """{"type": "FeatureCollection", "features": [
  {"type": "Feature", "properties": {"name": "Range of others", "kind": "danger area", "radius": "4 nm"},
   "geometry": {"type": "Point", "coordinates": [134.0, 38.7]}},
  {"type": "Feature", "properties": {"name": "Dived work", "kind": "submarine", "radius": "4 nm",
    "floor": "depth 300 m", "ceiling": "depth 40 m", "start": "2026-06-08T00:00Z", "end": "2026-06-09T00:00Z"},
   "geometry": {"type": "Point", "coordinates": [134.0, 38.3]}},
  {"type": "Feature", "properties": {"name": "Jets", "kind": "flying", "radius": "4 nm",
    "floor": "FL200", "ceiling": "FL300"}, "geometry": {"type": "Point", "coordinates": [134.0, 38.5]}},
  {"type": "Feature", "properties": {"name": "Holding", "kind": "anchorage", "radius": "4 nm"},
   "geometry": {"type": "Point", "coordinates": [134.0, 38.5]}},
  {"type": "Feature", "properties": {"name": "Far range", "kind": "danger area", "radius": "4 nm"},
   "geometry": {"type": "Point", "coordinates": [136.0, 38.7]}}
]}
"""
AMONG_OTHERS = """
environment: {areas: areas.geojson}
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E, command_ship: yes}
  BRAVO: {name: Bravo, nation: KOR, class: cutter, start: 38-31.0N 134-00.0E}
  KITE: {name: Kite, nation: JPN, class: hawkeye, home: ALFA}
classes:
  cutter: {name: Cutter, kind: patrol vessel, medium: surface, max_speed: 24 kn, economical_speed: 12 kn}
  hawkeye: {name: Hawkeye, kind: ship helicopter, medium: air, max_speed: 130 kn, cruise_speed: 120 kn, endurance: 4 h}
serials:
  S1: {type: assembly, area: WEST, units: {units: [ALFA, BRAVO, KITE]}, start: 2026-06-08T00:00Z, duration: 2 h}
context:
  exercises:
    S1:
      name: Swift Heron
      participants: [USA]
      start: 2026-06-07T00:00Z
      end: 2026-06-09T00:00Z
      circle: {centre: 38-30.0N 134-20.0E, radius: 10 nm}
    X2: {name: Nowhere, participants: [USA], start: 2026-06-07T00:00Z, end: 2026-06-09T00:00Z}
"""


@pytest.fixture
def among_others(tmp_path: Path) -> Exercise:
    (tmp_path / "areas.geojson").write_text(AREAS, encoding="utf-8")
    return planfile.loads(whole(AMONG_OTHERS), str(tmp_path / "plan.exercise.yaml"))


def test_areas_of_the_planners_file_and_exercises_of_others_are_told_to_whom_they_matter(
    among_others: Exercise,
) -> None:
    cards_ = {card.unit: card for card in make_cards(among_others)}
    told = {unit: [danger.title for danger in card.dangers] for unit, card in cards_.items()}
    assert sorted(told["ALFA"]) == ["Dived work (underwater)", "Range of others", "Swift Heron (exercise)"]
    assert sorted(told["KITE"]) == ["Jets (flying)", "Range of others", "Swift Heron (exercise)"]
    by_title = {danger.title: danger for danger in cards_["ALFA"].dangers}
    east = Position(lat_deg=38.5, lon_deg=134.0 + 20.0 / 60.0)
    start = Position(lat_deg=38.5, lon_deg=134.0)
    apart_m = distance_between_m(Circle(centre=east, radius_m=10 * NAUTICAL_MILE_M), start)
    assert by_title["Swift Heron (exercise)"].distance_m <= apart_m
    text = " ".join(as_text(cards_.values()).split())
    always = [title for titles in told.values() for title in titles if title in {"Range of others", "Jets (flying)"}]
    assert text.count("active all the time") == len(always)
    assert "Far range" not in text
    assert "Holding" not in text


def test_a_file_of_areas_that_cannot_be_read_leaves_the_rest_of_the_card(
    among_others: Exercise, tmp_path: Path
) -> None:
    (tmp_path / "areas.geojson").write_text(AREAS[:-50], encoding="utf-8")
    known = "\n".join(line for line in AMONG_OTHERS.splitlines() if "Nowhere" not in line)
    card = make_cards(planfile.loads(whole(known), str(tmp_path / "plan.exercise.yaml")))[0]
    assert among_others.units
    assert [danger.title for danger in card.dangers] == ["Swift Heron (exercise)"]
    assert "WS302" in card.not_checked


# ------------------------------------------------------------------------------------------------ however it is written


def test_the_text_keeps_to_80_columns() -> None:
    text = as_text(cards().values())
    assert max(map(len, text.splitlines())) <= 80
    assert text.count("=" * 80) == len(cards()) - 1


class _Tags(HTMLParser):
    """What a page is made of."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_page_needs_nothing_else_and_runs_nothing() -> None:
    page = as_html(list(cards().values()))
    found = _Tags(page).tags
    assert not {tag for tag, _ in found} & {"script", "link", "img", "iframe", "object"}
    assert not any({"src", "href", "onclick"} & attributes.keys() for _, attributes in found)
    assert not re.search(r"url\(|@import", page)
    assert sum(tag == "article" for tag, _ in found) == len(cards())
    assert page == as_html(list(cards().values()))


def test_a_sheet_that_would_run_over_leaves_out_findings_about_serials_and_counts_them() -> None:
    card = cards()["RIZHAO"]
    grave = card.serial_findings[0]
    page = as_html([replace(card, serial_findings=(grave,) * 80)])
    left_out = re.search(r"And (\d+) more about its serials", page)
    assert left_out is not None
    assert page.count(">WS201<") + page.count(f"</span> {grave.code}") == 80 - int(left_out[1])
    assert "more about its serials" not in as_html([card])
    assert as_text([replace(card, serial_findings=(grave,) * 80)]).count(f"{grave.code}:") >= 80


def test_a_name_that_is_markup_is_shown_as_text() -> None:
    bad = "</style><script>alert(1)</script>"
    mischief = replace(exercise(), name=bad, units={"QIQIHAR": replace(exercise().units["QIQIHAR"], name=bad)})
    page = as_html(make_cards(mischief, check_result=result()))
    assert "<script" not in page
    assert "&lt;script&gt;" in page


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(bad_exercises())
def test_a_bad_plan_has_cards_too(bad: Exercise) -> None:
    made = make_cards(bad)
    assert [card.unit for card in made] == list(bad.units)
    text = as_text(made)
    assert all(len(line) <= 80 for line in text.splitlines())
    assert as_html(made).count("<article") == len(made)
    assert not any(math.isnan(passage.distance_m) for card in made for passage in card.passages)


def test_an_exercise_and_a_reservation_of_others_of_one_id_are_both_on_the_card() -> None:
    water = "circle: {centre: 38-30.0N 134-00.0E, radius: 5 nm}"
    from_to = "start: 2026-06-08T00:00Z, end: 2026-06-08T06:00Z"
    alfa, _ = make_cards(
        plan(
            "context:\n"
            f"  exercises:\n    X1: {{name: Drill, participants: [ITA], {from_to}, {water}}}\n"
            f"  reservations:\n    X1: {{name: Range, hazard: firing, {water}, windows: [{{{from_to}}}]}}\n"
        )
    )
    assert {danger.title for danger in alfa.dangers} == {"Drill (exercise)", "Range"}
