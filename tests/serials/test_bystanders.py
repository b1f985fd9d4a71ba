"""Units that a serial names but cannot use have no part in its plan, and hold nobody up."""

from __future__ import annotations

import pytest

from serial_cases import HERE, exercise_of, rehearsed
from waterspace.domain import SerialStatus
from waterspace.geometry.geodesic import destination
from waterspace.serials.escort import EscortParameters
from waterspace.serials.transit import TransitParameters

ROUTE = (HERE, destination(HERE, 45.0, 40_000.0))

CASES = [
    ("air_escort", {"fighters": ["fighter", "frigate"]}, None, "fighters2"),
    ("assembly", {"units": ["frigate", "helicopter"]}, None, "units2"),
    ("escort", {"convoy": ["tanker"], "screen": ["frigate", "fighter"]}, EscortParameters(route=ROUTE), "screen2"),
    ("gunnery", {"firing": ["frigate"], "safety": ["frigate", "submarine"]}, None, "safety2"),
    ("manoeuvres", {"ships": ["frigate", "frigate", "helicopter"]}, None, "ships3"),
    ("transit", {"units": ["frigate", "headquarters"]}, TransitParameters(route=ROUTE), "units2"),
]


@pytest.mark.parametrize(("key", "roles", "parameters", "bystander"), CASES, ids=[case[0] for case in CASES])
def test_a_bystander_holds_nobody_up(key: str, roles: dict[str, list[str]], parameters: object, bystander: str) -> None:
    run = rehearsed(exercise_of(key, roles, parameters))
    assert run.record.status is SerialStatus.COMPLETED
    assert run.record.actual == run.record.planned
    assert not run.tracks.get(bystander)
    assert not [event for event in run.events if event.unit == bystander]
