"""Campaign page: a campaign as one HTML file that needs nothing else, neither network nor server nor script."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from typing import TYPE_CHECKING

from waterspace.campaigns.folder import TABLE
from waterspace.campaigns.intervals import CONFIDENCE
from waterspace.errors import CampaignError
from waterspace.notation import format_time
from waterspace.reports.campaign_rows import (
    campaign_command,
    difference_rows,
    influence_rows,
    spread_text,
    subject_rows,
    too_few_text,
    variant_measures,
    variant_rows,
)
from waterspace.version import __version__
from waterspace.whole_files import write_whole

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from waterspace.campaigns import Campaign

__all__ = ["render_campaign", "write_campaign_report"]

_STYLE = """
.histogram{display:block;fill:var(--ws-bar);stroke:none}.histogram line{stroke:var(--ws-muted);stroke-width:1}
.spread{display:flex;justify-content:space-between;max-width:192px;gap:10px;font-size:11.5px;color:var(--ws-muted)}
.share{display:block;width:100%;max-width:120px;height:6px;margin-top:3px}
.share .track{fill:var(--soft)}.share .length{fill:var(--ws-bar)}
@media screen and (min-width:901px){.subject+table,.wide{table-layout:fixed}
.subject+table th:first-child{width:26%}
.subject+table th:nth-child(3){width:22%}.subject+table th:nth-child(5){width:7%}
.subject+table th:last-child{width:20%}}
.steady{margin:6px 0 0;font-size:13px;color:var(--ws-muted)}.subject{margin:20px 0 6px}
td.amount,th.amount{text-align:right;white-space:nowrap}.column{font-family:ui-monospace,monospace;font-size:11.5px}
.column,.method{color:var(--ws-muted);display:block;font-weight:400}
.variants thead th{white-space:normal;vertical-align:bottom}
.method.note{white-space:normal}.differs{font-weight:650}.command{white-space:normal;overflow-wrap:anywhere}
@media screen and (max-width:900px){td.amount,th.amount{text-align:left}}
@media print{.histogram{width:150px}}
"""


def write_campaign_report(campaign: Campaign, path: str | os.PathLike[str], show: Sequence[str] = ()) -> None:
    """Write the page of a campaign, whole or not at all; the folder must exist.

    Args:
        campaign: what is shown.
        path: of the page.
        show: measures to put beside each variant; without any those that differ most.

    Raises:
        CampaignError: it cannot be written.
    """
    try:
        write_whole(path, [render_campaign(campaign, show).encode("utf-8", errors="replace")])
    except OSError as error:
        raise CampaignError(f"cannot write {path}: {error.strerror or error}; the table is kept") from error


def render_campaign(campaign: Campaign, show: Sequence[str] = ()) -> str:
    """The page of a campaign as HTML. The same campaign gives the same text, whenever and wherever it is made."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader("waterspace.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["drawing"] = Markup  # of numbers, by campaign_rows
    environment.filters["breakable"] = _breakable
    style = (files("waterspace.reports") / "assets" / "report.css").read_text(encoding="utf-8") + _STYLE
    exercise = campaign.plan.plans[0]
    return environment.get_template("campaign.html.jinja").render(
        policy=f"default-src 'none'; style-src '{_hash(style)}'; base-uri 'none'; form-action 'none'",
        style=Markup(style),  # noqa: S704  # built by us
        exercise=exercise,
        period=[format_time(time_ms) for time_ms in (exercise.window.start_ms, exercise.window.end_ms)],
        plans=[_plan(campaign, index) for index in range(len(campaign.plan.plans))],
        campaign=campaign,
        factors=[
            {"path": factor.path, "given": text.partition("=")[2].strip()}
            for factor, text in zip(campaign.plan.factors, campaign.plan.wishes.vary, strict=True)
        ],
        variant_count=len(campaign.plan.variants),
        replication_count=len(set(campaign.table["replication"])),
        confidence=round(CONFIDENCE * 100),
        subjects=subject_rows(campaign),
        influences=influence_rows(campaign),
        variants=variant_rows(campaign, show),
        variant_columns=[(name, spread_text(campaign, name)) for name in variant_measures(campaign, show)],
        too_few=too_few_text(campaign),
        asked=bool(show),
        differences=difference_rows(campaign),
        command=campaign_command(campaign, show),
        table=TABLE,
        version=__version__,
    )


def _plan(campaign: Campaign, index: int) -> dict[str, str]:
    source = campaign.plan.plans[index].source
    return {"file": source.file, "sha256": hashlib.sha256(source.content).hexdigest()}


def _breakable(name: str) -> str:
    """A path or column that may go on in the next line after a dot or an underscore."""
    from markupsafe import Markup, escape

    return Markup(str(escape(name)).replace(".", ".<wbr>").replace("_", "_<wbr>"))  # noqa: S704  # escaped just here


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
