"""Reservations against one another: a pair asked exactly, and the index that asks many at once."""

__all__ = [
    "earthframe",
    "flatruns",
    "flatshapes",
    "fleet",
    "index",
    "joins",
    "legarrays",
    "meetings",
    "nearness",
    "neighbours",
    "pairwise",
    "sieve",
    "sweeps",
    "table",
    "verdicts",
]
