"""The kernels of `geometry` in compiled form: the same questions, asked of fleets of thousands.

`fleet.Fleet` holds the tracks of many units and answers where they are, who comes within a range of whom and since
when, and who is inside a footprint. `pairs` asks of two tracks what `approach` and `visits` ask in NumPy; a law of the
tests holds the two forms equal. `warming.warm_up` compiles all of it, once for each user and version.

Importing the package, `fleet` or `pairs` costs next to nothing: Numba is imported by the first question. What `check`
uses is the NumPy form, and it never comes here.
"""

from __future__ import annotations

from waterspace.geometry.compiled.warming import warm_up

__all__ = ["warm_up"]
