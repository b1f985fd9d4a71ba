"""What happens at sea: horizons, detection, reception, links, breakdowns, weather and decisions, as models alone.

Every model is a function or a frozen value. None knows the kernel, the clock or the exercise; chance comes in as
numbers from 0 to below 1, or as a generator that the caller names after its owner.
"""

__all__ = [
    "ais",
    "area_search",
    "coverage",
    "decisions",
    "detection",
    "draws",
    "failures",
    "fuel",
    "horizon",
    "lateral_range",
    "links",
    "relative_motion",
    "seakeeping",
    "working_limits",
]
