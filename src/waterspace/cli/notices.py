"""`waterspace notices`: drafts of the notices that an exercise needs, and what a changed plan makes of those sent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from waterspace.cli.notices_forms import FORMS, Format, Language, Wishes, own_form, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from waterspace.messages.draft import Draft
    from waterspace.notices.promulgation import Promulgation


__all__ = ["command"]

_OF_LEDGERS = (Format.TEXT, Format.JSON, Format.CALENDAR)


def command(
    file: Annotated[str, typer.Argument(metavar="FILE", help="An exercise file; `-` for standard input.")],
    format_: Annotated[
        Format,
        typer.Option(
            "--format",
            help="What to write: `text` for the promulgation plan and each draft in the form of its kind, `json` and "
            "`calendar` for the plan alone, `all` for every form, or one form.",
        ),
    ] = Format.TEXT,
    only: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only the notice with this id; as often as wanted.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Folder for a file of each text.", show_default=False),
    ] = None,
    language: Annotated[
        list[Language] | None,
        typer.Option(
            help="Of cards, side by side, and of warnings, as that coast's own service writes them; as often "
            "as wanted. English where none is named."
        ),
    ] = None,
    general_area: Annotated[
        str, typer.Option(help="The general area that the texts begin with, such as `SEA OF JAPAN`.")
    ] = "",
    mmsi: Annotated[int | None, typer.Option(help="Identity of the station that sends AIS area notices.")] = None,
    ledger: Annotated[
        Path | None,
        typer.Option(
            metavar="LEDGER",
            help="The file of what was sent: tells what is to be sent, replaced and cancelled now.",
            show_default=False,
        ),
    ] = None,
    sent: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID=NUMBER",
            help="Write into the ledger that this was sent as it stands, under the number that the coordinator gave.",
        ),
    ] = None,
    as_sent: Annotated[
        Path | None,
        typer.Option(
            metavar="TEXT",
            help="With one --sent: the file with the text exactly as it was sent, where that is not the draft.",
            show_default=False,
        ),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(
            help="The time that counts as now: drafts tell what is still to come, no text is dated before it, and what "
            "was due before is late. With a ledger the clock's, where it is not given.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Draft the notices that an exercise needs, and plan who hands them in, to whom and when.

    Those that its file plans, and one for each firing that none of them covers. Numbers are the coordinator's to give,
    and are left blank. Nothing is sent.

    Exit status 0 where every draft is written, 1 where a form cannot carry one, or where the ledger says that something
    is to be sent; 2 where a file cannot be understood or written.
    """
    from waterspace.cli import spots
    from waterspace.cli.names import require_known
    from waterspace.notices.drafting import drafted
    from waterspace.notices.ledger.offices import each_office

    if not file:
        raise typer.BadParameter("it is empty; name an exercise file, or `-` for standard input", param_hint="FILE")
    _check_ledger(ledger, sent or [], as_sent, out)
    plan = spots.exercise_of(file)
    assert plan is not None, "a file was named"
    now_ms = _now_ms(at, has_ledger=ledger is not None)
    told = drafted(plan, now_ms)
    pairs = [(part, one.draft.id) for one in told if one.draft is not None for part in each_office(one.draft)]
    found, parts = tuple(one for one, _ in pairs), {one.id: whole for one, whole in pairs}
    if general_area:
        found = tuple(replace(draft, general_area=general_area) for draft in found)
    languages = tuple(dict.fromkeys(language or [Language.ENGLISH]))
    wishes = Wishes(mmsi=mmsi, languages=languages, local_offset_ms=plan.local_offset_ms)
    from waterspace.notices.promulgation import promulgation_plan

    if ledger is not None:
        assert now_ms is not None, "a ledger goes by the clock"
        book = _Book(ledger, tuple(sent or ()), as_sent, tuple(only or ()), now_ms, at is None)
        if format_ is Format.CALENDAR and not sent:
            _follow(promulgation_plan(plan, told), found, book, wishes)
        else:
            _amend(found, book, format_, wishes)
        return
    promulgation = promulgation_plan(plan, told, now_ms)
    found = _coming(found, promulgation.now_ms)
    known = dict.fromkeys([*parts, *(step.notice for step in promulgation.steps)])
    require_known(only or [], known, "notice", "--only")
    if only:
        found = tuple(draft for draft in found if draft.id in only or parts[draft.id] in only)
        named = {*only, *(parts[draft.id] for draft in found)}
        steps = tuple(step for step in promulgation.steps if step.notice in named)
        promulgation = replace(promulgation, steps=steps)
    if not found and not promulgation.steps:
        needless = "No notice is needed: nothing that is planned endangers shipping or aircraft."
        typer.echo("\n".join((needless, *promulgation.left_out)), err=True)
        return
    files, refusals = _files(found, format_, wishes)
    _show(_sheets(promulgation, format_) | files, out)
    for sentence in (*_unwritten(promulgation, found, format_, mmsi), *refusals):
        typer.echo(sentence, err=True)
    if refusals:
        raise typer.Exit(1)


def _coming(drafts: tuple[Draft, ...], now_ms: int | None) -> tuple[Draft, ...]:
    """What of drafts is still to come, where a time counts as now; those that are over have no text."""
    from waterspace.notices.ledger.coming import still_to_come

    if now_ms is None:
        return drafts
    return tuple(left for draft in drafts if (left := still_to_come(draft, now_ms)).paragraphs)


def _unwritten(promulgation: Promulgation, drafts: Sequence[Draft], format_: Format, mmsi: int | None) -> Iterator[str]:
    """What is not written though nothing is wrong, where the sheet that is written does not say so."""
    if promulgation.over and format_ is not Format.TEXT:
        yield f"Over, and not drafted: {', '.join(promulgation.over)}."
    if format_ is Format.ALL and mmsi is None and any(own_form(draft) is not Format.NOTAM for draft in drafts):
        yield "No AIS area notices are written: name the station that sends them with --mmsi."


class _Book(NamedTuple):
    """A ledger and what is to be done with it: what was sent, the text of one, what to show, and what counts as now."""

    path: Path
    sent: tuple[str, ...]
    as_sent: Path | None
    only: tuple[str, ...]
    now_ms: int
    is_by_clock: bool


def _check_ledger(ledger: Path | None, sent: Sequence[str], as_sent: Path | None, out: Path | None) -> None:
    """Refuse what needs a ledger where none is named, and what does not go with one.

    Raises:
        BadParameter: there is such a thing.
    """
    if ledger is None and sent:
        raise typer.BadParameter("name the file with --ledger", param_hint="--sent")
    if as_sent is not None and len(sent) != 1:
        raise typer.BadParameter("it is the text of one notice; name that with --sent", param_hint="--as-sent")
    if ledger is not None and out is not None:
        raise typer.BadParameter("with a ledger the texts go to standard output", param_hint="--out")


def _amend(drafts: Sequence[Draft], book: _Book, format_: Format, wishes: Wishes) -> None:
    """Tell what is to be done about notices that were sent, or write down what was."""
    from waterspace.cli import notices_ledger as ledgers
    from waterspace.cli.names import require_known
    from waterspace.messages.drafted import AMENDMENTS
    from waterspace.notation import format_time

    if format_ not in _OF_LEDGERS:
        raise typer.BadParameter("with a ledger there are text, json and calendar", param_hint="--format")
    if book.sent:
        text = None if book.as_sent is None else _text_of(book.as_sent)
        said, warnings = ledgers.record_all(drafts, book.path, book.sent, ledgers.Sent(book.now_ms, text), wishes)
        for line in said:
            typer.echo(line)
        for line in warnings:
            typer.echo(line, err=True)
        return
    actions = ledgers.pending(drafts, ledgers.load(book.path), book.now_ms, wishes)
    require_known(book.only, [action.id for action in actions], "notice", "--only")
    actions = tuple(action for action in actions if not book.only or action.id in book.only)
    if format_ is Format.JSON:
        typer.echo(ledgers.as_json(actions))
    else:
        clock = ", by this computer's clock" if book.is_by_clock else ""
        heading = f"{AMENDMENTS}{book.path} at {format_time(book.now_ms)}{clock}:"
        typer.echo("\n".join(ledgers.as_text(actions, heading)))
    if any(action.draft is not None for action in actions):
        raise typer.Exit(1)


def _follow(promulgation: Promulgation, drafts: Sequence[Draft], book: _Book, wishes: Wishes) -> None:
    """Write the calendar of a plan as the ledger has it."""
    from waterspace.cli import notices_ledger as ledgers
    from waterspace.cli import spots
    from waterspace.notices.promulgation import as_calendar, as_entries_so_far

    if book.only:
        raise typer.BadParameter("with a ledger the calendar is that of all notices", param_hint="--only")
    ledger = ledgers.load(book.path)
    actions = ledgers.pending(drafts, ledger, book.now_ms, wishes)
    entries = as_entries_so_far(promulgation, ledger, actions, book.now_ms)
    typer.echo(as_calendar(entries, name=promulgation.exercise, stamp_ms=spots.this_minute()), nl=False)
    if any(action.draft is not None for action in actions):
        raise typer.Exit(1)


def _now_ms(at: str | None, *, has_ledger: bool) -> int | None:
    """What counts as now; with a ledger the clock's time where none is given, else none, so that one plan has one text.

    Raises:
        BadParameter: what is given is no time.
    """
    from waterspace.cli import spots

    if at is not None:
        return spots.instant(at, "--at")
    return spots.this_minute() if has_ledger else None


def _text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"cannot read {path}: {error}", param_hint="--as-sent") from None


def _sheets(promulgation: Promulgation, format_: Format) -> dict[str, str]:
    """The promulgation plan by the names of its files."""
    from waterspace.cli import spots
    from waterspace.notices.promulgation import as_calendar, as_entries, as_json, as_text

    made: dict[str, str] = {}
    if format_ in {Format.TEXT, Format.ALL}:
        made["promulgation.txt"] = as_text(promulgation)
    if format_ in {Format.JSON, Format.ALL}:
        made["promulgation.json"] = as_json(promulgation)
    if format_ in {Format.CALENDAR, Format.ALL}:
        made["promulgation.ics"] = as_calendar(
            as_entries(promulgation), name=promulgation.exercise, stamp_ms=spots.this_minute()
        )
    return made


def _files(drafts: Sequence[Draft], format_: Format, wishes: Wishes) -> tuple[dict[str, str], list[str]]:
    """Texts of drafts by the names of their files, and why others could not be written."""
    from waterspace.cli.folders import file_names
    from waterspace.errors import DraftError
    from waterspace.messages.writing import geojson

    files: dict[str, str] = {}
    refusals: list[str] = []
    if format_ in {Format.GEOJSON, Format.ALL} and drafts:
        files["notices.geojson"] = f"{geojson.write(drafts)}\n"
    names = file_names([draft.id for draft in drafts], taken=("notices", "promulgation"), noun="notice")
    for draft, name in zip(drafts, names, strict=True):
        for wanted in _forms(draft, format_, wishes):
            try:
                text = written(draft, wanted, wishes)
            except DraftError as error:
                refusals.append(f"{draft.id}: {error} (--format {wanted})")
                continue
            form = FORMS[wanted]
            suffix = form.suffix if form.is_document else f"{wanted}.{form.suffix}"
            files[f"{name}.{suffix}"] = f"{_head(draft, wanted, wishes)}{text}\n"
    return files, refusals


def _head(draft: Draft, wanted: Format, wishes: Wishes) -> str:
    """What stands above a text, outside of it; a document says the same within itself."""
    from waterspace.messages.drafted import head
    from waterspace.messages.writing import national

    form = FORMS[wanted]
    if form.is_document:
        return ""
    foreign = [one.value for one in wishes.languages if form.has_languages and one is not Language.ENGLISH]
    standing = next(filter(None, map(national.standing_text, foreign)), "")
    near_ms = draft.near_ms if wanted is Format.AIS else None
    return head(draft.id, near_ms=near_ms, beside=standing)


def _forms(draft: Draft, format_: Format, wishes: Wishes) -> tuple[Format, ...]:
    """The forms in which a draft is wanted, of those for whom it tells; for AIS of all only where a station is known.

    Raises:
        BadParameter: the form has no such language.
    """
    if format_ is Format.TEXT:
        return (own_form(draft),)
    if format_ in FORMS and wishes.languages != (Language.ENGLISH,) and not FORMS[format_].has_languages:
        raise typer.BadParameter("navarea and card have other languages than English", param_hint="--language")
    wanted = FORMS if format_ is Format.ALL else {format_}.intersection(FORMS)
    is_for_airmen = own_form(draft) is Format.NOTAM
    return tuple(
        form
        for form in FORMS
        if form in wanted
        and FORMS[form].is_for_airmen is is_for_airmen
        and (form is not Format.AIS or format_ is Format.AIS or wishes.mmsi is not None)
    )


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
    texts = sum(name.endswith((".txt", ".nmea")) for name in files)
    if len(files) > max(1, texts):
        raise typer.BadParameter(
            f"{len(files)} documents cannot stand in one; name a folder for them, or one draft with --only",
            param_hint="--out",
        )
    typer.echo("\n".join(files.values()), nl=False)
