"""Quick to make: a constructor for frozen slotted dataclasses of which there are very many.

The constructor that `dataclass` writes for a frozen class looks each attribute up by its name before it sets it, which
makes it take two to three times as long. A plan of ten thousand serials has some 200,000 legs.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, fields
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["maker", "quick"]

Made = TypeVar("Made")


def quick(cls: type[Made]) -> type[Made]:
    """Give a class a constructor that takes the same arguments and sets the slots themselves.

    Args:
        cls: a frozen dataclass with slots, without `__post_init__`, whose fields are all keyword-only or none of them.

    Raises:
        TypeError: it is something else.
    """
    known = _plain_fields(cls)
    given = ", ".join(one.name if one.default is MISSING else f"{one.name}=_default_{one.name}" for one in known)
    defaults = {f"_default_{one.name}": one.default for one in known if one.default is not MISSING}
    first = "self, *, " if known[0].kw_only else "self, "
    made, usual = _written(cls, first + given, defaults), cls.__init__
    made.__name__, made.__qualname__, made.__module__ = usual.__name__, usual.__qualname__, usual.__module__
    made.__annotations__ = usual.__annotations__
    cls.__init__ = made  # type: ignore[method-assign]
    return cls


def maker(cls: type[Made]) -> Callable[..., Made]:
    """A function that makes one of a class from the values of all its fields, in their order, in the least time.

    Args:
        cls: as `quick` takes it.

    Raises:
        TypeError: as there.
    """
    given = ", ".join(one.name for one in _plain_fields(cls))
    made: Callable[..., Made] = _written(cls, given, {"_new": cls.__new__, "_class": cls}, "self = _new(_class)")
    return made


def _plain_fields(cls: type) -> tuple[Field[Any], ...]:
    known = fields(cls)
    odd = [
        one.name
        for one in known
        if not one.init or one.kw_only is not known[0].kw_only or one.default_factory is not MISSING
    ]
    if odd or "__slots__" not in cls.__dict__ or hasattr(cls, "__post_init__"):
        raise TypeError(f"{cls.__name__} must have slots, plain fields of one kind and no __post_init__: {odd}")
    return known


def _written(cls: type, given: str, names: dict[str, object], first: str = "") -> Any:  # noqa: ANN401  # a function
    """A function that sets all slots of `self`, and returns it where it has first made it."""
    own = [one.name for one in fields(cls)]
    names |= {f"_set_{name}": cls.__dict__[name].__set__ for name in own}
    lines = (
        f"def made({given}):",
        first,
        *(f"_set_{name}(self, {name})" for name in own),
        "return self" if first else "",
    )
    exec("\n ".join(filter(None, lines)), names)  # noqa: S102  # of our own names alone, as `dataclass` itself does
    return names["made"]
