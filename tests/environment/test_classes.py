"""The library of classes."""

import pytest

from waterspace.domain import Confidence, Medium
from waterspace.environment.classes import library
from waterspace.quantity import DAY_MS, FOOT_M, HOUR_MS, KNOT_MPS, NAUTICAL_MILE_M, SECOND_MS

SHIP_KINDS = {
    "aircraft carrier", "coast guard cutter", "coast guard patrol", "corvette", "cruiser", "destroyer",
    "destroyer / large ASW ship", "destroyer/cruiser", "fishing", "fleet tanker", "frigate", "helicopter destroyer",
    "intelligence ship", "merchant", "mine countermeasures", "patrol boat", "replenishment ship", "rescue",
    "SAR patrol",
}  # fmt: skip


def test_the_library_holds_every_published_class_once() -> None:
    assert len(library()) == 63
    assert all(key == platform.key for key, platform in library().items())


def test_the_library_is_read_once_and_cannot_be_changed() -> None:
    assert library() is library()
    with pytest.raises(TypeError):
        library()["type052d"] = library()["kilo"]  # type: ignore[index]


def test_figures_are_in_si() -> None:
    ship = library()["type052d"]
    assert (ship.length_m, ship.beam_m, ship.draught_m) == (157.0, 17.0, 6.0)
    assert ship.displacement_kg == 7_500_000.0
    assert ship.max_speed_mps == pytest.approx(30.0 * KNOT_MPS)
    assert ship.economical_speed_mps == pytest.approx(15.0 * KNOT_MPS)
    assert ship.range_m == pytest.approx(4500.0 * NAUTICAL_MILE_M)
    assert ship.helicopter_spots == 1
    assert ship.gun_calibre_m == pytest.approx(0.130)
    assert library()["ka27"].ceiling_m == pytest.approx(17_400.0 * FOOT_M)
    assert library()["ka27"].cruise_speed_mps == pytest.approx(111.0 * KNOT_MPS)


def test_the_economical_speed_is_the_one_at_which_the_range_was_given() -> None:
    speed = library()["dubna"].economical_speed_mps
    assert speed == pytest.approx(12.0 * KNOT_MPS)


def test_no_aircraft_has_a_range_that_its_endurance_contradicts() -> None:
    flown = {
        key: one.range_m / (one.cruise_speed_mps * one.endurance_ms / SECOND_MS)
        for key, one in library().items()
        if one.medium is Medium.AIR and one.range_m and one.cruise_speed_mps and one.endurance_ms
    }
    assert len(flown) > 5
    assert {key: share for key, share in flown.items() if not 0.7 <= share <= 1.4} == {}


def test_what_may_be_a_radius_of_action_is_no_range() -> None:
    seahawk = library()["mh60r"]
    assert seahawk.range_m is None
    assert seahawk.endurance_ms == 3 * HOUR_MS
    assert "245 nm is left out" in seahawk.provenance.note


@pytest.mark.parametrize(
    ("key", "medium"),
    [
        ("kilo", Medium.SUBSURFACE),
        ("ddh_generic", Medium.SURFACE),
        ("ka27", Medium.AIR),
        ("us2", Medium.AIR),
        ("y20", Medium.AIR),
        ("kj500", Medium.AIR),
        ("fishing", Medium.SURFACE),
    ],
)
def test_the_medium_follows_from_the_kind(key: str, medium: Medium) -> None:
    assert library()[key].medium is medium


def test_whatever_moves_on_the_surface_is_a_known_kind_of_ship() -> None:
    assert {platform.kind for platform in library().values() if platform.medium is Medium.SURFACE} == SHIP_KINDS


def test_every_aircraft_has_a_cruise_speed_and_every_ship_a_length_or_a_displacement() -> None:
    for platform in library().values():
        if platform.medium is Medium.AIR:
            assert platform.cruise_speed_mps is not None
        else:
            assert platform.length_m is not None or platform.displacement_kg is not None


@pytest.mark.parametrize(
    ("key", "endurance_ms", "remark"),
    [
        ("pr20380", 15 * DAY_MS, ""),
        ("su30sm", 3.5 * HOUR_MS, ""),
        ("il38", 12 * HOUR_MS, "endurance 12-14 h"),
        ("ka27", 3 * HOUR_MS, "endurance 3-4 h"),
        ("p3c", 10 * HOUR_MS, "endurance >10 h"),
        ("tu95", 13 * HOUR_MS, "endurance 13 h flown"),
        ("p8", None, "endurance 4 h on task at 1,200 nm"),
        ("vlcc", None, ""),
    ],
)
def test_of_a_span_of_endurance_the_lower_end_is_taken_and_the_text_kept(
    key: str, endurance_ms: float | None, remark: str
) -> None:
    platform = library()[key]
    assert platform.endurance_ms == endurance_ms
    assert remark in platform.provenance.note
    assert ("endurance" in platform.provenance.note) == bool(remark) or key == "pr20380"


@pytest.mark.parametrize("key", ["j16", "su30sm", "su35"])
def test_a_mach_number_is_no_speed_over_the_ground(key: str) -> None:
    assert library()[key].max_speed_mps is None
    assert "maximum speed Mach 2" in library()[key].provenance.note


def test_many_helicopters_are_no_count() -> None:
    assert library()["cvn_generic"].helicopter_spots is None
    assert "helicopter spots many" in library()["cvn_generic"].provenance.note


def test_what_nobody_has_published_stays_assumed() -> None:
    assert library()["type055"].provenance.confidence is Confidence.ASSUMED
    assert library()["type055"].provenance.source == ""
    for platform in library().values():
        if platform.provenance.confidence is not Confidence.ASSUMED:
            assert platform.provenance.source
