"""The keys of a serial's parameters come from its type's dataclass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import pytest

from plan_texts import SMALL
from waterspace import planfile
from waterspace.domain import Position
from waterspace.errors import PlanFileError, PluginError
from waterspace.planfile.parameters import COMMON_KEYS, parameter_keys
from waterspace.quantity import KNOT_MPS, MINUTE_MS, NAUTICAL_MILE_M
from waterspace.serials import registry
from waterspace.serials.base import Briefing, Plan, SerialParameters, SerialType, parameter

if TYPE_CHECKING:
    from decimal import Decimal  # noqa: TC004  # absent at run time, on purpose


class Colour(StrEnum):
    LIGHT_RED = "light red"
    GREEN = "green"


@dataclass(frozen=True, slots=True, kw_only=True)
class EveryKind(SerialParameters):
    """A parameter of every kind."""

    must_m: float = parameter(text="Has to be given.")
    range_m: float = parameter(text="How far.", default=NAUTICAL_MILE_M, minimum=100.0, maximum=10 * NAUTICAL_MILE_M)
    speed_mps: float | None = parameter(text="How fast.", default=None, minimum=0.1)
    pause_ms: int = parameter(text="How long.", default=5 * MINUTE_MS, minimum=MINUTE_MS)
    delay_s: float = parameter(text="How late.", default=90.0)
    course_deg: float = parameter(text="Where to.", default=45.0)
    half_angle_deg: float = parameter(text="How wide.", default=15.0, minimum=0.0, maximum=180.0)
    mass_kg: float = parameter(text="How heavy.", default=1000.0)
    rounds_count: int = parameter(text="How many.", default=3)
    share_ratio: float = parameter(text="What part.", default=0.5)
    ceiling_m: float = parameter(text="How high.", default=3048.0)
    who: str = parameter(text="Who.", default="")
    fast: bool = parameter(text="Whether.", default=False)
    number: int = parameter(text="A whole number.", default=1)
    factor: float = parameter(text="A number.", default=1.5)
    datum: Position | None = parameter(text="Where.", default=None)
    route: tuple[Position, ...] = parameter(text="Which way.", default=())
    names: tuple[str, ...] = parameter(text="Names.", default=("a", "b"))
    steps_m: tuple[float, ...] = parameter(text="Steps.", default=())
    colour: Colour = parameter(text="Which.", default=Colour.GREEN)
    schema: str = parameter(text="A key that is also a name in pydantic.", default="x")

    def __post_init__(self) -> None:
        if self.rounds_count > self.number + 100:
            message = "rounds are more than number allows"
            raise ValueError(message)


class Kinds(SerialType[EveryKind]):
    """A serial type for these tests."""

    key = "every_kind"
    title = "every kind"
    summary = "Every kind of parameter."
    parameters = EveryKind
    roles = ()

    def plan(self, briefing: Briefing[EveryKind]) -> Plan:
        return {}


@pytest.fixture(autouse=True)
def _own_types(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Serial types of these tests beside those that are installed, as a plug-in would add them."""
    own: Mapping[str, SerialType[Any]] = {"every_kind": Kinds()}
    get, keys = registry.get, registry.keys
    monkeypatch.setattr(registry, "get", lambda key: own[key] if key in own else get(key))
    monkeypatch.setattr(registry, "keys", lambda: (*keys(), *own))
    parameter_keys.cache_clear()
    yield
    parameter_keys.cache_clear()


def load(parameters: str) -> Any:  # noqa: ANN401  # the parameters of a type of these tests
    text = f"{SMALL}serials:\n  S1: {{type: every_kind, {parameters}}}\n"
    return planfile.loads(text).serials["S1"].parameters


def fault_of(parameters: str) -> str:
    with pytest.raises(PlanFileError) as caught:
        load(parameters)
    (fault,) = caught.value.faults
    return str(fault)


def test_what_the_file_does_not_give_keeps_its_default() -> None:
    assert load("must: 1 m") == EveryKind(must_m=1.0)


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("range: 2 nm", "range_m", 2 * NAUTICAL_MILE_M),
        ("speed: 10 kn", "speed_mps", 10 * KNOT_MPS),
        ("pause: 10 min", "pause_ms", 10 * MINUTE_MS),
        ("delay: 2 min", "delay_s", 120.0),
        ("course: 270 T", "course_deg", 270.0),
        ("half_angle: 180", "half_angle_deg", 180.0),
        ("mass: 2 t", "mass_kg", 2000.0),
        ("rounds: 7", "rounds_count", 7),
        ("share: 25 %", "share_ratio", 0.25),
        ("ceiling: FL50", "ceiling_m", 1524.0),
        ("who: somebody", "who", "somebody"),
        ("fast: yes", "fast", True),
        ("number: 9", "number", 9),
        ("factor: 2.5", "factor", 2.5),
        ("datum: 36N 132E", "datum", Position(lat_deg=36.0, lon_deg=132.0)),
        ("route: 36N 132E", "route", (Position(lat_deg=36.0, lon_deg=132.0),)),
        ("route: [36N 132E, 37N 132E]", "route", tuple(Position(lat_deg=lat, lon_deg=132.0) for lat in (36.0, 37.0))),
        ("names: [x, y, z]", "names", ("x", "y", "z")),
        ("names: x", "names", ("x",)),
        ("steps: [1 m, 1 km]", "steps_m", (1.0, 1000.0)),
        ("colour: light red", "colour", Colour.LIGHT_RED),
        ("schema: y", "schema", "y"),
    ],
)
def test_every_kind_of_parameter_is_read_by_its_suffix_or_its_type(text: str, field: str, value: object) -> None:
    assert getattr(load(f"must: 1 m, {text}"), field) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("range: 2 nm", "serials.S1 lacks the key must: a distance with its unit"),
        ("must: 1 m, range: 99 m", "it must be at least 100 m"),
        ("must: 1 m, range: 11 nm", "it must be at most 10.0 nm"),
        ("must: 1 m, pause: 59 s", "it must be at least 1 min"),
        ("must: 1 m, half_angle: 181", "it must be at most 180 deg"),
        ("must: 1 m, speed: 0 kn", "it must be at least 0.2 kn"),
        ("must: 1 m, colour: gren", "Did you mean green?"),
        ("must: 1 m, colour: purple", "one of light red, green is expected."),
        ("must: 1 m, route: [36N 132E, nowhere]", "serials.S1.route.1 is 'nowhere'"),
        ("must: 1 m, route: {a: 36N 132E}", "serials.S1.route is a mapping, but a list"),
        ("must: 1 m, ranges: 2 nm", "Did you mean range?"),
        ("must: 1 m, must_m: 2 m", "Did you mean must?"),
        ("must: 1 m, rounds: 500", "The parameters of serial S1 do not go together: rounds are more"),
    ],
)
def test_a_parameter_that_cannot_be_read_is_a_fault(text: str, message: str) -> None:
    assert message in fault_of(text)


def test_parameters_are_described_as_a_planner_would_write_them() -> None:
    known = parameter_keys("every_kind").parameters
    defaults = {key: entry.default for key, entry in known.items() if entry.default}
    assert defaults == {
        "range": "1.0 nm",
        "pause": "5 min",
        "delay": "1 min 30 s",
        "course": "045",
        "half_angle": "15 deg",
        "mass": "1 t",
        "rounds": "3",
        "share": "0.5",
        "ceiling": "10000 ft",
        "fast": "no",
        "number": "1",
        "factor": "1.5",
        "names": "a, b",
        "colour": "green",
        "schema": "x",
    }
    assert [key for key, entry in known.items() if entry.required] == ["must"]
    assert known["range"].text == "How far."


def test_the_default_of_a_parameter_as_shown_can_be_written_in_the_file() -> None:
    known = parameter_keys("every_kind").parameters
    written = ", ".join(f"{key}: {entry.default}" for key, entry in known.items() if entry.default and key != "names")
    assert load(f"must: 1 m, {written}") == EveryKind(must_m=1.0)


def test_the_keys_of_every_installed_type_can_be_read() -> None:
    for key in registry.keys():  # noqa: SIM118  # a function of the registry
        for parameter_key, entry in parameter_keys(key).parameters.items():
            assert parameter_key not in COMMON_KEYS
            assert entry.text.endswith("."), f"{key}.{parameter_key}"


def refusal_of(parameters: type[SerialParameters], monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(Kinds, "parameters", parameters)
    with pytest.raises(PluginError) as caught:
        planfile.loads(f"{SMALL}serials: {{S1: {{type: every_kind}}}}\n")
    return str(caught.value)


def test_a_type_may_not_call_a_parameter_by_a_key_that_every_serial_has(monkeypatch: pytest.MonkeyPatch) -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Taken(SerialParameters):
        duration_ms: int = 0

    assert "'duration', which is taken" in refusal_of(Taken, monkeypatch)


def test_a_type_may_not_have_two_parameters_of_one_key(monkeypatch: pytest.MonkeyPatch) -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Twice(SerialParameters):
        range_m: float = 0.0
        range_s: float = 0.0

    assert "'range', which is taken" in refusal_of(Twice, monkeypatch)


def test_a_type_may_not_have_a_parameter_that_no_text_can_give(monkeypatch: pytest.MonkeyPatch) -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Odd(SerialParameters):
        odd: dict[str, int] | None = None

    assert "which no text can be read as" in refusal_of(Odd, monkeypatch)


def test_a_type_s_annotations_must_be_there_at_run_time(monkeypatch: pytest.MonkeyPatch) -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Absent(SerialParameters):
        amount: Decimal | None = None

    assert "names Decimal, not importable at run time" in refusal_of(Absent, monkeypatch)
