"""Page: a run as one HTML file that needs nothing else, neither network nor server."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from importlib.resources import files
from typing import TYPE_CHECKING

from waterspace.reports.area_chart import draw_area_chart
from waterspace.reports.claims import claims_as_run
from waterspace.reports.conduct import approach_rows, event_rows, measure_groups, programme_rows, unit_rows
from waterspace.reports.glance import finding_rows, glance, header
from waterspace.reports.origins import fact_groups, identity
from waterspace.reports.payload import build_payload
from waterspace.reports.wording import nations
from waterspace.whole_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.domain import Run

__all__ = ["render_page", "write_report"]

_NEAR_APPROACHES = 12
"""Closest approaches in sight; the others are folded away."""

_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def write_report(run: Run, path: str | os.PathLike[str]) -> None:
    """Write the report of a run, whole or not at all; the folder must exist.

    Args:
        run: one rehearsal.
        path: of the HTML file; an older one is replaced.
    """
    write_whole(path, [render_page(run).encode("utf-8", errors="replace")])


def render_page(run: Run) -> str:
    """The report of a run as HTML. The same run gives the same text, whenever and wherever it is made."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader("waterspace.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    script, style = _asset("report.js"), _asset("report.css")
    return environment.get_template("report.html.jinja").render(
        **_sections(run),
        policy=_policy(script, style),
        script=Markup(script),  # noqa: S704  # built by us, see web/
        style=Markup(style),  # noqa: S704
    )


def _sections(run: Run) -> Mapping[str, object]:
    from markupsafe import Markup

    findings = finding_rows(run)
    approaches = approach_rows(run)
    events, later_event_count = event_rows(run)
    claims = claims_as_run(run)
    payload = build_payload(run, findings, claims)
    return {
        "header": header(run),
        "nations": nations(run.exercise),
        "glance": glance(run, findings),
        "findings": findings,
        "programme": programme_rows(run),
        "measures": measure_groups(run),
        "units": unit_rows(run),
        "near_approaches": approaches[:_NEAR_APPROACHES],
        "far_approaches": approaches[_NEAR_APPROACHES:],
        "events": events,
        "later_event_count": later_event_count,
        "others": next((event.text for event in run.events if event.kind == "traffic.begun"), ""),
        "area_chart": Markup(draw_area_chart(run, claims)),  # noqa: S704  # escaped by its writer
        "facts": fact_groups(run),
        "identity": identity(run),
        "has_nights": bool(payload["nights"]),
        "payload": Markup(_script_json(payload)),  # noqa: S704  # escaped just here
    }


def _asset(name: str) -> str:
    return (files("waterspace.reports") / "assets" / name).read_text(encoding="utf-8")


def _script_json(value: object) -> str:
    """JSON that can stand inside a script element: nothing in it can end the element or start another."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return text


def _policy(script: str, style: str) -> str:
    """A content security policy: our one script and our one style sheet, and nothing from anywhere."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash(script)}",
            f"style-src {_hash(style)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
    return f"'sha256-{digest}'"
