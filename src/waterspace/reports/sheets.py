"""Sheets: pages for paper as one HTML file that needs nothing else, neither network nor server nor script."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from typing import TYPE_CHECKING

from waterspace.reports.lines import WHOLE

if TYPE_CHECKING:
    from markupsafe import Markup

__all__ = ["render_sheet", "unbroken"]


def render_sheet(template: str, style: str, **values: object) -> str:
    """A page of HTML. The same values give the same text, whenever and wherever it is made.

    Args:
        template: name of the template in the folder `templates`.
        style: name of the style sheet beside it.
        **values: what the template shows; every text is escaped.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader("waterspace.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["unbroken"] = unbroken
    text = (files("waterspace.reports") / "templates" / style).read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
    return environment.get_template(template).render(
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        style=Markup(text),  # noqa: S704  # our own
        **values,
    )


def unbroken(text: str) -> Markup:
    """A text, escaped, of which no line breaks within a position, a time or an amount."""
    from markupsafe import Markup, escape

    return Markup(WHOLE.sub(r'<span class="whole">\g<0></span>', str(escape(text))))  # noqa: S704  # escaped before
