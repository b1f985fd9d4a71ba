"""Classes that are quick to make are made as any dataclass is."""

import copy
import inspect
import pickle
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waterspace.domain import Leg, Position, Provenance, Reservation, Track, Window
from waterspace.domain.quick import maker, quick

_CLASSES = (Leg, Position, Provenance, Reservation, Track, Window)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Usual:
    name: str
    place: Position
    height_m: float = 2.5
    parts: tuple[int, ...] = ()


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class _Quick:
    name: str
    place: Position
    height_m: float = 2.5
    parts: tuple[int, ...] = ()


@given(
    st.fixed_dictionaries(
        {"name": st.text(), "place": st.builds(Position, lat_deg=st.floats(-90, 90), lon_deg=st.floats(-180, 180))},
        optional={"height_m": st.floats(allow_nan=False), "parts": st.tuples(st.integers(), st.integers())},
    )
)
def test_a_quick_class_holds_what_a_usual_one_holds(values: dict[str, object]) -> None:
    usual, made = _Usual(**values), _Quick(**values)  # type: ignore[arg-type]
    assert repr(made) == repr(usual).replace("_Usual", "_Quick")
    assert hash(made) == hash(usual)
    assert made == _Quick(**values)  # type: ignore[arg-type]
    assert replace(made, name="another") == _Quick(**{**values, "name": "another"})  # type: ignore[arg-type]
    assert pickle.loads(pickle.dumps(made)) == copy.deepcopy(made) == made  # noqa: S301  # its own


@pytest.mark.parametrize("cls", _CLASSES)
def test_the_arguments_are_those_of_the_fields(cls: type) -> None:
    arguments = inspect.signature(cls).parameters
    known = {one.name: one for one in fields(cls)}
    assert list(arguments) == list(known)
    for name, argument in arguments.items():
        assert argument.kind is inspect.Parameter.KEYWORD_ONLY
        assert argument.default == (inspect.Parameter.empty if known[name].default is MISSING else known[name].default)


def test_a_missing_argument_an_unknown_one_and_one_by_place_are_refused_by_name() -> None:
    with pytest.raises(TypeError, match=r"Position\.__init__\(\) missing 1 required keyword-only argument: 'lon_deg'"):
        Position(lat_deg=1.0)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match=r"unexpected keyword argument 'height'"):
        Position(lat_deg=1.0, lon_deg=2.0, height=3.0)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match=r"positional"):
        Position(1.0, 2.0)  # type: ignore[call-arg]


@given(st.integers(), st.integers(), st.floats(-90, 90), st.floats(-180, 180), st.text())
def test_a_maker_makes_what_the_constructor_makes(start_ms: int, end_ms: int, lat: float, lon: float, id_: str) -> None:
    here, there = maker(Position)(lat, lon), Position(lat_deg=lon / 2.0, lon_deg=lat)
    assert repr(here) == repr(Position(lat_deg=lat, lon_deg=lon))
    leg = Leg(start_ms=start_ms, end_ms=end_ms, start=here, end=there, height_m=lat, serial=id_)
    made = maker(Leg)(start_ms, end_ms, here, there, lat, id_)
    assert type(made) is Leg
    assert (repr(made), hash(made)) == (repr(leg), hash(leg))
    assert made == leg == replace(made)


def test_a_maker_wants_every_value() -> None:
    with pytest.raises(TypeError, match="missing 2 required positional arguments"):
        maker(Leg)(1, 2, Position(lat_deg=1.0, lon_deg=2.0), Position(lat_deg=1.0, lon_deg=2.0))


def test_a_quick_class_is_still_frozen() -> None:
    position = Position(lat_deg=1.0, lon_deg=2.0)
    with pytest.raises(FrozenInstanceError):
        position.lat_deg = 3.0  # type: ignore[misc]
    assert position.lat_deg == 1.0


def test_a_quick_class_takes_its_arguments_by_place_where_the_usual_one_does() -> None:
    @quick
    @dataclass(frozen=True, slots=True, order=True)
    class Placed:
        start: int
        end: int = 3

    assert Placed(1) == Placed(1, 3) == Placed(end=3, start=1) < Placed(1, end=4)
    with pytest.raises(TypeError, match=r"Placed\.__init__\(\) missing 1 required positional argument: 'start'"):
        Placed()  # type: ignore[call-arg]


def test_a_class_that_needs_more_than_plain_fields_is_refused() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Filled:
        names: list[str] = field(default_factory=list)

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Checked:
        name: str

        def __post_init__(self) -> None:
            raise AssertionError

    @dataclass(frozen=True, kw_only=True)
    class Loose:
        name: str

    @dataclass(frozen=True, slots=True)
    class Mixed:
        name: str
        place: str = field(kw_only=True)

    for cls in (Filled, Checked, Loose, Mixed):
        with pytest.raises(TypeError, match=f"{cls.__name__} must have slots"):
            quick(cls)
        with pytest.raises(TypeError, match=f"{cls.__name__} must have slots"):
            maker(cls)
