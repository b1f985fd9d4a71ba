"""How kernels are compiled, and where the compiled code is kept.

Only kernels import this module: it imports Numba. Compiled code is kept in a folder named after a digest of all
kernels, for Numba itself looks only at the one file in which a function stands and would go on using what it compiled
from an older version of a kernel that this function calls. The folder lies in the first of these places that is known
when the first kernel is imported:

1. the folder given to `waterspace.geometry.compiled.warm_up`: whoever starts the engine gives the user's cache folder,
   which `environment` knows and `geometry` may not ask;
2. `$NUMBA_CACHE_DIR`, Numba's own setting;
3. `__pycache__` beside the kernels, or where Numba goes if that cannot be written.

The order of additions is never changed for speed (no `fastmath`), so that a run gives the same digest whatever the
machine has compiled before.
"""

from __future__ import annotations

import functools
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from numba import config, njit

from waterspace.geometry.compiled.folder import chosen_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    Function = TypeVar("Function", bound=Callable[..., object])

__all__ = ["kernel", "kernel_folder"]


@functools.cache
def kernel_folder() -> Path:
    """The folder in which the compiled code of exactly these kernels is kept."""
    home = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted(home.glob("*.py")):
        digest.update(path.read_bytes())
    named = os.environ.get("NUMBA_CACHE_DIR")
    place = chosen_folder() or (Path(named) if named else None) or _writable(home / "__pycache__")
    return place / f"kernels-{digest.hexdigest()[:16]}" if place is not None else Path()


def kernel(function: Function) -> Function:
    """Compile a function on its first call, or load what an earlier process compiled.

    It must hold nothing but numbers, arrays and named tuples of arrays. It runs without Python's lock; an index out of
    bounds is not noticed, and a division by zero gives infinity as in NumPy.
    """
    settings: Any = config
    before = settings.CACHE_DIR
    if kernel_folder() != Path():
        settings.CACHE_DIR = str(kernel_folder())
    try:
        compile_it: Callable[[Function], Function] = njit(cache=True, nogil=True, error_model="numpy")  # type: ignore[assignment]
        return compile_it(function)
    finally:
        settings.CACHE_DIR = before


def _writable(place: Path) -> Path | None:
    """The place, if files can be written there."""
    try:
        place.mkdir(exist_ok=True)
    except OSError:
        return None
    return place if os.access(place, os.W_OK) else None
