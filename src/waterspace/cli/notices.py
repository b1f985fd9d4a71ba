"""`waterspace notices`: drafts of the warnings that an exercise needs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from waterspace.cli.notices_forms import FORMS, Format, Wishes, own_form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.messages.draft import Draft

__all__ = ["command"]


def command(
    file: Annotated[str, typer.Argument(metavar="FILE", help="An exercise file; `-` for standard input.")],
    format_: Annotated[
        Format, typer.Option("--format", help="The form of the drafts; `text` writes each in that of its kind.")
    ] = Format.TEXT,
    only: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only the draft with this id; as often as wanted.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Folder for one file for each draft.", show_default=False),
    ] = None,
    general_area: Annotated[
        str, typer.Option(help="The general area that the texts begin with, such as `SEA OF JAPAN`.")
    ] = "",
    mmsi: Annotated[int | None, typer.Option(help="Identity of the station that sends AIS area notices.")] = None,
) -> None:
    """Draft the notices that an exercise needs.

    Those that its file plans, and one for each firing that none of them covers. Numbers are the coordinator's to give,
    and are left blank. Nothing is sent.

    Exit status 0 where every draft is written, 1 where a form cannot carry one, 2 where the file cannot be understood.
    """
    from waterspace.cli import spots
    from waterspace.cli.names import require_known
    from waterspace.notices import drafts

    if not file:
        raise typer.BadParameter("it is empty; name an exercise file, or `-` for standard input", param_hint="FILE")
    plan = spots.exercise_of(file)
    assert plan is not None, "a file was named"
    found = drafts(plan)
    require_known(only or [], [draft.id for draft in found], "notice", "--only")
    wanted = [draft for draft in found if not only or draft.id in only]
    if general_area:
        wanted = [replace(draft, general_area=general_area) for draft in wanted]
    if not wanted:
        typer.echo("No warning to mariners is needed: nothing that is planned endangers shipping.", err=True)
        return
    wishes = Wishes(mmsi=mmsi, local_offset_ms=plan.local_offset_ms)
    files, refusals = _files(wanted, format_, wishes)
    _show(files, out)
    for refusal in refusals:
        typer.echo(refusal, err=True)
    if refusals:
        raise typer.Exit(1)


def _files(drafts: Sequence[Draft], format_: Format, wishes: Wishes) -> tuple[dict[str, str], list[str]]:
    """Texts by the names of their files, and why others could not be written."""
    from waterspace.cli.folders import file_names
    from waterspace.errors import DraftError
    from waterspace.messages.draft import STATUS
    from waterspace.messages.writing import geojson

    if format_ is Format.GEOJSON:
        return {"notices.geojson": geojson.write(drafts)}, []
    files: dict[str, str] = {}
    refusals: list[str] = []
    for draft, name in zip(drafts, file_names([draft.id for draft in drafts], noun="notice"), strict=True):
        for wanted in _forms(draft, format_, wishes):
            if wanted not in FORMS:
                refusals.append(f"{draft.id}: this form is not written yet (--format {wanted})")
                continue
            form = FORMS[wanted]
            if form.is_for_airmen is not (own_form(draft) is Format.NOTAM):
                continue
            try:
                text = form.write(draft, wishes)
            except DraftError as error:
                refusals.append(f"{draft.id}: {error} (--format {wanted})")
                continue
            head = "" if form.is_document else f"--- {STATUS} --- {draft.id}\n\n"
            files[f"{name}.{form.suffix}" if form.is_document else f"{name}.{wanted}.{form.suffix}"] = f"{head}{text}\n"
    return files, refusals


def _forms(draft: Draft, format_: Format, wishes: Wishes) -> tuple[Format, ...]:
    """The forms in which a draft is wanted; all of them have that for AIS only where a station is known."""
    if format_ is Format.TEXT:
        return (own_form(draft),)
    if format_ is Format.ALL:
        return tuple(form for form in FORMS if form is not Format.AIS or wishes.mmsi is not None)
    return (format_,)


def _show(files: dict[str, str], out: Path | None) -> None:
    """Write texts to a folder, or one below the other to standard output where they can stand so.

    Raises:
        BadParameter: they are several documents, and no folder was named.
    """
    from waterspace.cli.folders import write_texts

    if out is not None:
        for path in write_texts(files, out):
            typer.echo(f"notice {path}")
        return
    documents = {form.suffix for form in FORMS.values() if form.is_document}
    if len(files) > 1 and any(name.rpartition(".")[2] in documents for name in files):
        raise typer.BadParameter(
            f"{len(files)} documents cannot stand in one; name a folder for them, or one draft with --only",
            param_hint="--out",
        )
    typer.echo("\n".join(files.values()), nl=False)
