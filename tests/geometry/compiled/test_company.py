"""A unit in company meets whom the search of a whole fleet finds, whichever of the others' tracks may change."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from fleet_cases import Track, far_tracks, straight
from strategies import tracks, waters
from waterspace.domain import Position, Window
from waterspace.geometry.compiled.company import MOST_STROKES, Company
from waterspace.geometry.compiled.fleet import Fleet
from waterspace.geometry.compiled.pieces import pieces_of
from waterspace.geometry.legs import fill
from waterspace.quantity import HOUR_MS, MINUTE_MS, NAUTICAL_MILE_M

GAP_M = 2.0
GAP_MS = 20


@st.composite
def _crowds(draw: st.DrawFn) -> tuple[Track, list[Track]]:
    place = draw(waters())
    near = (tracks(place) | far_tracks(place)).filter(lambda track: track[0].start_ms < track[-1].end_ms)
    return draw(near), draw(st.lists(near, min_size=1, max_size=6))


def _whole(track: Track) -> Track:
    """The same track with its waits as legs."""
    return tuple(fill(track, Window(start_ms=track[0].start_ms, end_ms=track[-1].end_ms)))


def _by_fleet(own: Track, others: list[Track], window: Window, range_m: float) -> list[tuple[int, int, int, float]]:
    found = Fleet.of([*others, own]).meetings(range_m, window.start_ms, window.end_ms)
    rows = zip(found.first, found.second, found.start_ms, found.end_ms, found.cpa_m, strict=True)
    return sorted((int(a), int(s), int(e), float(m)) for a, b, s, e, m in rows if b == len(others))


@given(_crowds(), st.floats(100.0, 30_000.0), st.integers(0, 6))
@settings(max_examples=25)
def test_a_unit_in_company_meets_whom_the_search_of_the_whole_fleet_finds(
    crowd: tuple[Track, list[Track]], range_m: float, changing: int
) -> None:
    own, others = _whole(crowd[0]), [_whole(track) for track in crowd[1]]
    window = Window(start_ms=own[0].start_ms, end_ms=own[-1].end_ms)
    changing = min(changing, len(others))
    known = len(others) - changing
    company = Company(pieces_of(others[:known]), changing)
    whole = Window(start_ms=-HOUR_MS, end_ms=10_000 * HOUR_MS)
    for number in range(known, len(others)):
        company.put(number, others[known], whole)
        company.put(number, others[number], whole)
    _, _ = company.meetings(own, window, range_m / 2.0)
    until_ms, contacts = company.meetings(own, window, range_m)
    expected = _by_fleet(own, others, window, range_m)
    if until_ms < window.end_ms:
        return
    lasting = [row for row in expected if row[2] - row[1] > GAP_MS and row[3] < range_m - GAP_M]
    for other, start_ms, end_ms, cpa_m in lasting:
        assert any(
            contact.other == other
            and abs(contact.start_ms - start_ms) <= GAP_MS
            and abs(contact.end_ms - end_ms) <= GAP_MS
            and abs(contact.cpa_m - cpa_m) <= GAP_M
            for contact in contacts
        )
    expected_others = {row[0] for row in expected}
    assert all(contact.other in expected_others for contact in contacts if contact.cpa_m < range_m - GAP_M)


def test_a_track_that_changes_is_met_where_it_is_now_and_no_longer_where_it_was() -> None:
    here = Position(lat_deg=0.0, lon_deg=0.0)
    own = straight(here, 90.0, 10.0, HOUR_MS)
    towards = straight(Position(lat_deg=0.0, lon_deg=0.3), 270.0, 10.0, HOUR_MS)
    away = straight(Position(lat_deg=0.5, lon_deg=0.3), 0.0, 10.0, HOUR_MS)
    window = Window(start_ms=0, end_ms=HOUR_MS)
    company = Company(pieces_of(()), changing=1)
    assert company.meetings(own, window, NAUTICAL_MILE_M) == (HOUR_MS, ())
    company.put(0, towards, window)
    (contact,) = company.meetings(own, window, NAUTICAL_MILE_M)[1]
    assert contact.cpa_m < 1.0
    assert abs(contact.cpa_ms - 27.83 * MINUTE_MS) < MINUTE_MS
    company.put(0, away, window)
    assert company.meetings(own, window, NAUTICAL_MILE_M)[1] == ()


def test_more_legs_than_there_is_room_for_are_looked_at_up_to_where_the_room_ends() -> None:
    legs = []
    here = Position(lat_deg=0.0, lon_deg=0.0)
    for number in range(MOST_STROKES + 5):
        (leg,) = straight(here, 90.0 if number % 2 else 80.0, 10.0, MINUTE_MS)
        legs.append(type(leg)(start_ms=number * MINUTE_MS, end_ms=(number + 1) * MINUTE_MS, start=here, end=leg.end))
        here = leg.end
    company = Company(pieces_of((straight(here, 0.0, 1.0, 10 * HOUR_MS),)))
    until_ms, contacts = company.meetings(legs, Window(start_ms=0, end_ms=10 * HOUR_MS), 8_000.0)
    assert until_ms == MOST_STROKES * MINUTE_MS
    assert [contact.other for contact in contacts] == [0]
