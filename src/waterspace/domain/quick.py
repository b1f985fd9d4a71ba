"""Quick to make: a constructor for frozen slotted dataclasses of which there are very many.

The constructor that `dataclass` writes for a frozen class looks each attribute up by its name before it sets it, which
makes it take two to three times as long. A plan of ten thousand serials has some 200,000 legs.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import TypeVar

__all__ = ["quick"]

Made = TypeVar("Made")


def quick(cls: type[Made]) -> type[Made]:
    """Give a class a constructor that takes the same arguments and sets the slots themselves.

    Args:
        cls: a frozen dataclass with slots and keyword-only fields, without `__post_init__`.

    Raises:
        TypeError: it is something else.
    """
    known = fields(cls)  # type: ignore[arg-type]  # says itself what is wrong with anything else
    odd = [one.name for one in known if not (one.init and one.kw_only) or one.default_factory is not MISSING]
    if odd or "__slots__" not in cls.__dict__ or hasattr(cls, "__post_init__"):
        raise TypeError(f"{cls.__name__} must have slots, plain keyword-only fields and no __post_init__: {odd}")
    given = ", ".join(one.name if one.default is MISSING else f"{one.name}=_default_{one.name}" for one in known)
    lines = (f"def __init__(self, *, {given}):", *(f" _set_{one.name}(self, {one.name})" for one in known))
    names = {f"_set_{one.name}": cls.__dict__[one.name].__set__ for one in known}
    names.update({f"_default_{one.name}": one.default for one in known if one.default is not MISSING})
    exec("\n".join(lines), names)  # noqa: S102  # of our own names alone, as `dataclass` itself does
    made, usual = names["__init__"], cls.__init__
    made.__qualname__, made.__module__, made.__doc__ = usual.__qualname__, usual.__module__, usual.__doc__
    made.__annotations__ = usual.__annotations__
    cls.__init__ = made  # type: ignore[method-assign]
    return cls
