"""Arguments of the public functions: what is no place on earth is refused by name, place and value."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import numpy as np

from waterspace.errors import GeometryError
from waterspace.geometry.arrays import FloatArray

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = ["Degrees", "Fraction", "Metres", "Point", "Spot", "admitted", "is_scalar", "together"]

Numbers = TypeVar("Numbers", float, FloatArray)
"""What results hold: numbers where numbers were given, arrays where one argument was an array."""

Degrees: TypeAlias = float
"""A latitude, a longitude or an azimuth."""

Metres: TypeAlias = float
"""A distance."""

Fraction: TypeAlias = float
"""Of a way, 0 at its start and 1 at its end."""

Spot: TypeAlias = "tuple[float, float]"
"""A latitude and a longitude in degrees."""

Point: TypeAlias = "tuple[ArrayLike, ArrayLike]"
"""A latitude and a longitude in degrees, each a number or an array."""

_GREATEST_LATITUDE_DEG = 90.0


def admitted(**given: ArrayLike) -> tuple[Any, ...]:
    """The arguments of a public function, once every one of them can be computed with.

    Args:
        given: arguments under their names; those whose name begins with `lat` are latitudes.

    Returns:
        Floats where all are numbers, otherwise arrays of the shape to which the arguments broadcast.

    Raises:
        GeometryError: with the name, the index and the value of what is no number, infinite, or beyond a pole; also
            where shapes do not broadcast together.
    """
    if all(isinstance(value, float | int) for value in given.values()):
        for name, value in given.items():
            greatest = _GREATEST_LATITUDE_DEG if name.startswith("lat") else math.inf
            if not (abs(value) <= greatest and math.isfinite(value)):  # type: ignore[arg-type]
                raise GeometryError(_complaint(name, name, value))
        return tuple(float(value) for value in given.values())  # type: ignore[arg-type]
    arrays = {name: _finite(name, value) for name, value in given.items()}
    try:
        values = together(*arrays.values())
    except ValueError as error:
        shapes = ", ".join(f"{name} {array.shape}" for name, array in arrays.items())
        raise GeometryError(f"the shapes do not fit together: {shapes}; expected one shape, or numbers") from error
    return tuple(value.item() for value in values) if values[0].ndim == 0 else tuple(values)


def is_scalar(value: object) -> bool:
    """Whether an admitted argument is one number."""
    return isinstance(value, float)


def together(*values: ArrayLike) -> list[FloatArray]:
    """Arrays of one common shape; those that had to be stretched are copies.

    Raises:
        ValueError: where the shapes do not broadcast.
    """
    arrays = [np.asarray(value, dtype=np.float64) for value in values]
    shape = arrays[0].shape
    if any(array.shape != shape for array in arrays):
        shape = np.broadcast(*arrays).shape
        return [array if array.shape == shape else _stretched(array, shape) for array in arrays]
    return arrays


def _stretched(array: FloatArray, shape: tuple[int, ...]) -> FloatArray:
    """An array written out to a shape; for small ones ten times as quick as `numpy.broadcast_to`."""
    whole = np.empty(shape)
    whole[...] = array
    return whole


def _finite(name: str, value: ArrayLike) -> FloatArray:
    """An argument as an array in which every number can be computed with."""
    filled = getattr(value, "filled", None)
    if filled is not None:  # what is masked is not known, whatever number stands under the mask
        value = value.astype(np.float64).filled(np.nan)  # type: ignore[union-attr]
    try:
        array = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise GeometryError(f"{name} is {value!r}, expected a number or an array of numbers") from error
    greatest = _GREATEST_LATITUDE_DEG if name.startswith("lat") else np.finfo(np.float64).max
    good = np.abs(array) <= greatest
    if not good.all():
        index = np.unravel_index(int(np.argmin(good)), array.shape)
        place = f"{name}[{', '.join(str(int(part)) for part in index)}]" if array.ndim else name
        raise GeometryError(_complaint(name, place, float(array[index])))
    return array


def _complaint(name: str, place: str, value: Any) -> str:  # noqa: ANN401  # whatever was given
    """What is wrong with one number, and what to do."""
    if name.startswith("lat"):
        expected = "a latitude from -90 to 90 degrees"
    elif "fraction" in name:
        expected = "a finite number"
    else:
        expected = "a finite distance in metres" if name.endswith("_m") else "a finite number of degrees"
    advice = "the latitude comes before the longitude" if math.isfinite(value) else "leave out what is not known"
    return f"{place} is {value}, expected {expected}; {advice}"
