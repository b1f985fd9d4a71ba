"""Showing: how a value shows itself in a notebook.

A notebook asks a value for `_repr_html_`. How that looks is the business of the reports, which know the domain and not
the other way round; so the one step outwards is taken by name, and only when a notebook asks.
"""

from __future__ import annotations

from importlib import import_module

__all__ = ["shown"]

_ARTIST = "waterspace.reports.notebook"


def shown(value: object) -> str:
    """A value as a piece of HTML that needs nothing else."""
    text = import_module(_ARTIST).html_of(value)
    assert isinstance(text, str), "html_of gives text"
    return text
