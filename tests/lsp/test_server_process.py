"""The language server as an editor knows it: a process that is talked with over standard input and output."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

import waterspace
from lsp_editor import Editor, in_editor, open_editor
from source_tree import ROOT
from waterspace import planfile
from waterspace.checks.example import whole

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLE = ROOT / "examples" / "northern-interaction-2023.exercise.yaml"
START = types.Range(types.Position(0, 0), types.Position(0, 0))
TEXT = EXAMPLE.read_text(encoding="utf-8")
URI = EXAMPLE.as_uri()
PASSEX = (ROOT / "examples" / "passex.exercise.yaml").read_text(encoding="utf-8")
ABLE = types.ClientCapabilities(
    general=types.GeneralClientCapabilities(position_encodings=[types.PositionEncodingKind.Utf8]),
    workspace=types.WorkspaceClientCapabilities(
        workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True)
    ),
    window=types.WindowClientCapabilities(show_document=types.ShowDocumentClientCapabilities(support=True)),
    text_document=types.TextDocumentClientCapabilities(rename=types.RenameClientCapabilities(prepare_support=True)),
)


def _lines(text: str) -> list[str]:
    return text.split("\n")


def _marked(text: str, range_: types.Range) -> str:
    assert range_.start.line == range_.end.line
    return _lines(text)[range_.start.line][range_.start.character : range_.end.character]


def _severity(finding: waterspace.Finding) -> types.DiagnosticSeverity:
    return types.DiagnosticSeverity(["error", "warning", "advice"].index(finding.severity.value) + 1)


def test_an_editor_is_told_what_the_check_finds_with_code_severity_page_and_the_value_at_fault() -> None:
    async def act(editor: Editor) -> types.PublishDiagnosticsParams:
        editor.open(URI, TEXT, 7)
        return await editor.diagnostics()

    published = in_editor(act)
    assert (published.uri, published.version) == (URI, 7)
    findings = waterspace.check(waterspace.load(EXAMPLE)).findings
    told = [one for one in published.diagnostics if one.severity is not types.DiagnosticSeverity.Hint]
    assert Counter((one.code, one.message, one.severity) for one in told) == Counter(
        (finding.code, finding.message, _severity(finding)) for finding in findings
    )
    assert [one.range.start.line + 1 for one in told] == [finding.place.line for finding in findings]
    assert all(one.source == "waterspace" for one in told)
    pages = (ROOT / "docs" / "reference" / "rules.md").read_text(encoding="utf-8")
    assert all((one.code_description is not None) is (f"## {one.code} " in pages) for one in told)
    assert any(one.code_description is not None for one in told)
    assert all(_marked(TEXT, one.range).strip() for one in told)
    danger = next(one for one in told if one.code == "WS201")
    assert _marked(TEXT, danger.range) == "S110"
    assert [_marked(TEXT, one.location.range) for one in danger.related_information or ()] == ["S109"]
    unused = {one.code for one in told if types.DiagnosticTag.Unnecessary in (one.tags or ())}
    assert unused == {"WS002"}


def test_while_somebody_types_newer_texts_take_the_place_of_older_ones() -> None:
    typed = [PASSEX + "environment: {firz: x}\n"[: 8 + length] for length in range(16)]

    async def act(editor: Editor) -> list[types.PublishDiagnosticsParams]:
        editor.open(URI, PASSEX, 1)
        told = [await editor.diagnostics(1)]
        for version, text in enumerate(typed, start=2):
            editor.replace_all(URI, version, text)
        while told[-1].version != 17:
            told.append(await editor.diagnostics())
        editor.replace_all(URI, 99, PASSEX)
        return [*told, await editor.diagnostics(99)]

    told = in_editor(act)
    versions = [one.version or 0 for one in told]
    assert versions == sorted(set(versions))
    assert not told[0].diagnostics
    assert [(one.code, _marked(typed[-1], one.range)) for one in told[-2].diagnostics] == [("WS000", "firz")]
    assert not told[-1].diagnostics


def test_edits_of_parts_give_the_diagnostics_of_the_whole_text_in_crlf_with_a_mark_and_signs_of_two_units() -> None:
    start = "\ufeff" + PASSEX.replace("\n", "\r\n").replace("name: ", "name: \U0001f6a2 ", 1)
    lines = start.split("\r\n")
    line = next(number for number, text in enumerate(lines) if "\U0001f6a2" in text)
    column = len(lines[line].encode("utf-16-le")) // 2
    whole = "\r\n".join([*lines[:line], lines[line] + ", hul: 1", *lines[line + 1 :]])
    at = types.Position(line, column)

    async def act(editor: Editor) -> list[types.PublishDiagnosticsParams]:
        editor.open(URI, start, 1)
        await editor.diagnostics(1)
        for number, letter in enumerate(", hul: 1"):
            here = types.Position(at.line, at.character + number)
            editor.change(URI, 2 + number, types.TextDocumentContentChangePartial(types.Range(here, here), letter))
        told = [await editor.diagnostics(9)]
        editor.replace_all(URI, 20, whole)
        return [*told, await editor.diagnostics(20)]

    part, full = in_editor(act)
    assert part.diagnostics == full.diagnostics


def test_hover_completion_definition_references_and_outline_answer_in_a_half_typed_text() -> None:
    typed = TEXT.replace("  S101:\n", "  S900:\n    type: gunnery\n    units: {fir\n  S101:\n", 1)

    async def act(editor: Editor) -> None:
        client = editor.client
        editor.open(URI, TEXT)
        editor.replace_all(URI, 2, typed)
        at = editor.at(URI, typed, "fir", "S900")
        end = types.Position(at.position.line, at.position.character + 2)
        offered = await client.text_document_completion_async(types.CompletionParams(at.text_document, end))
        assert isinstance(offered, types.CompletionList)
        assert [item.label for item in offered.items] == ["firing", "target", "safety"]
        edit = offered.items[0].text_edit
        assert isinstance(edit, types.TextEdit)
        assert (_marked(typed, edit.range), edit.new_text) == ("fir", "firing: ")
        assert offered.items[0].documentation is not None
        name = editor.at(URI, typed, "SIERRA", "S109:")
        shown = await client.text_document_hover_async(types.HoverParams(name.text_document, name.position))
        assert shown is not None
        assert isinstance(shown.contents, types.MarkupContent)
        assert "Surface firing area" in shown.contents.value
        place = await client.text_document_definition_async(types.DefinitionParams(name.text_document, name.position))
        assert isinstance(place, types.Location)
        assert _lines(typed)[place.range.start.line].startswith("  SIERRA:")
        context = types.ReferenceContext(include_declaration=True)
        uses = await client.text_document_references_async(
            types.ReferenceParams(context, name.text_document, name.position)
        )
        assert [_marked(typed, use.range) for use in uses or ()] == ["SIERRA"] * typed.count("SIERRA")
        symbols = await client.text_document_document_symbol_async(types.DocumentSymbolParams(name.text_document))
        serials = next(one for one in symbols or () if one.name == "serials")
        assert isinstance(serials, types.DocumentSymbol)
        assert len(serials.children or ()) > 20

    in_editor(act)


def test_the_encoding_of_positions_that_an_editor_prefers_is_used() -> None:
    text = PASSEX.replace("name: ", "name: \U0001f6a2名 ", 1).replace("}", ", hul: 1}", 1)

    async def act(editor: Editor) -> types.PublishDiagnosticsParams:
        assert editor.capabilities.position_encoding == types.PositionEncodingKind.Utf8
        editor.open(URI, "name: \U0001f6a2名 é: x\nwaterspace: 1\n")
        return await editor.diagnostics()

    assert text
    (fault,) = in_editor(act, ABLE).diagnostics[:1]
    assert fault.range.start.line == 0
    assert fault.range.start.character == len("name: \U0001f6a2名 é".encode())


def test_an_entry_is_renamed_in_every_place_and_a_bad_id_is_refused_in_words() -> None:
    async def act(editor: Editor) -> tuple[types.WorkspaceEdit | None, str]:
        editor.open(URI, TEXT, 3)
        at = editor.at(URI, TEXT, "TAIHU")
        ready = await editor.client.text_document_prepare_rename_async(
            types.PrepareRenameParams(at.text_document, at.position)
        )
        assert isinstance(ready, types.PrepareRenamePlaceholder)
        assert ready.placeholder == "TAIHU"
        edit = await editor.client.text_document_rename_async(types.RenameParams(at.text_document, at.position, "LAKE"))
        with pytest.raises(JsonRpcException) as refused:
            await editor.client.text_document_rename_async(types.RenameParams(at.text_document, at.position, "9 9"))
        return edit, str(refused.value)

    edit, refused = in_editor(act, ABLE)
    assert edit is not None
    (change,) = edit.document_changes or ()
    assert isinstance(change, types.TextDocumentEdit)
    assert change.text_document.version == 3
    lines = _lines(TEXT)
    for one in sorted(change.edits, key=lambda one: (one.range.start.line, -one.range.start.character)):
        assert isinstance(one, types.TextEdit)
        line, start, end = one.range.start.line, one.range.start.character, one.range.end.character
        lines[line] = lines[line][:start] + one.new_text + lines[line][end:]
    renamed = planfile.loads("\n".join(lines))
    assert "TAIHU" not in renamed.units
    assert "LAKE" in renamed.groups["CHN-GROUP"].units
    assert "cannot be an id" in refused


def test_a_slip_is_mended_and_a_rule_explained_by_actions() -> None:
    slip = PASSEX + "environment: {firz: x}\n"

    async def act(editor: Editor) -> None:
        editor.open(URI, slip)
        (fault,) = (await editor.diagnostics()).diagnostics
        document = types.TextDocumentIdentifier(URI)
        context = types.CodeActionContext([fault])
        actions = await editor.client.text_document_code_action_async(
            types.CodeActionParams(document, fault.range, context)
        )
        by_title = {one.title: one for one in actions or ()}
        assert set(by_title) == {"Write firs instead of firz", "Explain WS000"}
        mending = by_title["Write firs instead of firz"]
        assert isinstance(mending, types.CodeAction)
        edit = mending.edit
        assert edit is not None
        assert edit.changes is not None
        (change,) = edit.changes[URI]
        assert (_marked(slip, change.range), change.new_text) == ("firz", "firs")
        said = await editor.client.workspace_execute_command_async(
            types.ExecuteCommandParams("waterspace.explainRule", ["WS000"])
        )
        assert "file-fault" in str(said)
        assert [message for message in editor.messages if "file-fault" in message.message]
        only = types.CodeActionContext([], only=["source.fixAll"])
        every = await editor.client.text_document_code_action_async(types.CodeActionParams(document, START, only))
        assert not every

    in_editor(act)


MENDABLE = whole("""
units:
  ALFA: {name: Alfa 🚢, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E, command_ship: yes}
  BRAVO: {name: Bravo, nation: KOR, class: cutter, start: 38-31.0N 134-00.0E}
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVVO}  # misspelt
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Alfa
notices:
  N1: {kind: navarea, covers: S11, originator: JPN, planned: 2026-06-01T00:00Z}
weather:
  - {start: 2026-06-08T00:00Z, end: 2026-06-12T00:00Z, sea_state: 3}
  # the calm before
  - {start: 2026-06-01T00:00Z, end: 2026-06-08T00:00Z, sea_state: 2}
""")
"""The cancel time of the notice is missing only when the serial that it covers is known."""


def _applied(text: str, edit: types.WorkspaceEdit | None) -> str:
    """The text after an edit, as an editor applies it that counts columns in pairs of bytes."""
    assert edit is not None
    assert edit.changes is not None
    lines = [line.encode("utf-16-le") for line in text.split("\n")]
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 2)
    raw = text.encode("utf-16-le")
    for one in sorted(
        edit.changes[URI], key=lambda one: (one.range.start.line, one.range.start.character), reverse=True
    ):
        first, last = (starts[at.line] + 2 * at.character for at in (one.range.start, one.range.end))
        raw = raw[:first] + one.new_text.encode("utf-16-le") + raw[last:]
    return raw.decode("utf-16-le")


@pytest.mark.parametrize(
    ("can_resolve", "ending"),
    [
        (False, "\n"),
        (True, "\r\n"),
        pytest.param(False, "\r\n", marks=pytest.mark.deep),
        pytest.param(True, "\n", marks=pytest.mark.deep),
    ],
)
def test_every_safe_fix_together_does_what_the_command_line_does(
    tmp_path: Path, ending: str, can_resolve: bool
) -> None:
    text = MENDABLE.replace("\n", ending)
    plan = tmp_path / "plan.exercise.yaml"
    plan.write_bytes(text.encode())
    done = subprocess.run(
        [sys.executable, "-m", "waterspace", "check", "--fix", str(plan)], capture_output=True, check=False, timeout=100
    )
    assert done.stdout.decode().count(": mended ") == 4
    resolving = types.ClientCodeActionResolveOptions(properties=["edit"])
    able = types.CodeActionClientCapabilities(resolve_support=resolving if can_resolve else None, data_support=True)

    async def act(editor: Editor) -> tuple[types.WorkspaceEdit | None, types.WorkspaceEdit | None]:
        editor.open(URI, text)
        await editor.diagnostics()
        document = types.TextDocumentIdentifier(URI)
        offered = await editor.client.text_document_code_action_async(
            types.CodeActionParams(document, START, types.CodeActionContext([]))
        )
        (every,) = (one for one in offered or () if one.title == "Apply every safe fix")
        assert isinstance(every, types.CodeAction)
        assert (every.edit is None) == can_resolve
        if can_resolve:
            every = await editor.client.code_action_resolve_async(every)
        only = types.CodeActionContext([], only=["source.fixAll"])
        (saved,) = (
            await editor.client.text_document_code_action_async(types.CodeActionParams(document, START, only)) or ()
        )
        assert isinstance(saved, types.CodeAction)
        return every.edit, saved.edit

    capabilities = types.ClientCapabilities(text_document=types.TextDocumentClientCapabilities(code_action=able))
    chosen, saved = in_editor(act, capabilities)
    assert _applied(text, chosen).encode() == plan.read_bytes()
    assert chosen == saved


@pytest.mark.parametrize(("ignored", "mended"), [('"WS001"', ["WS012"]), ('"WS001", "WS012"', [])])
def test_every_safe_fix_heeds_the_settings(tmp_path: Path, ignored: str, mended: list[str]) -> None:
    (tmp_path / "waterspace.toml").write_text(f"[check]\nignore = [{ignored}]\n", encoding="utf-8")
    uri = (tmp_path / "plan.exercise.yaml").as_uri()

    async def act(editor: Editor) -> list[str]:
        editor.open(uri, MENDABLE)
        await editor.diagnostics()
        offered = await editor.client.text_document_code_action_async(
            types.CodeActionParams(
                types.TextDocumentIdentifier(uri), START, types.CodeActionContext([], only=["source"])
            )
        )
        changes = [one.edit.changes for one in offered or () if isinstance(one, types.CodeAction) and one.edit]
        return [edit.new_text for change in changes if change is not None for edit in change[uri]]

    changes = in_editor(act)
    assert bool(changes) == bool(mended)
    assert not any("BRAVO" in text for text in changes)


def test_the_page_of_a_rule_is_opened_where_the_editor_can() -> None:
    async def act(editor: Editor) -> None:
        await editor.client.workspace_execute_command_async(
            types.ExecuteCommandParams("waterspace.explainRule", ["WS201"])
        )
        await asyncio.sleep(0)
        assert [one.uri.rpartition("#")[2] for one in editor.shown] == ["ws201-danger-meets-danger"]

    in_editor(act, ABLE)


def test_other_yaml_is_left_alone_until_it_becomes_an_exercise_and_a_closed_file_has_no_marks() -> None:
    new = "untitled:Untitled-1"

    async def act(editor: Editor) -> list[types.PublishDiagnosticsParams]:
        editor.open("file:///compose.yaml", "services: {}\n")
        at = types.Position(0, 1)
        shown = await editor.client.text_document_hover_async(
            types.HoverParams(types.TextDocumentIdentifier("file:///compose.yaml"), at)
        )
        assert shown is None
        editor.open(new, "", 1)
        editor.replace_all(new, 2, "waterspace: 1\n")
        told = [await editor.diagnostics()]
        editor.replace_all(new, 3, "services: {}\n")
        told.append(await editor.diagnostics())
        editor.replace_all(new, 4, "waterspace: 2\n")
        told.append(await editor.diagnostics())
        document = types.TextDocumentIdentifier(new)
        editor.client.text_document_did_close(types.DidCloseTextDocumentParams(document))
        return [*told, await editor.diagnostics()]

    told = in_editor(act)
    assert {one.uri for one in told} == {new}
    assert [bool(one.diagnostics) for one in told] == [True, False, True, False]


def test_odd_texts_do_not_end_the_server() -> None:
    texts = ["\0", "\ud800: \udc00", "{" * 5000, "a:\n" * 3000, "serials: {S1: {type: \U0001f6a2"]

    async def act(editor: Editor) -> None:
        end = types.Position(10_000, 10_000)
        document = types.TextDocumentIdentifier(URI)
        editor.open(URI, PASSEX)
        for version, text in enumerate(texts, start=2):
            editor.replace_all(URI, version, text)
            assert (await editor.diagnostics(version)).diagnostics
            await editor.client.text_document_completion_async(types.CompletionParams(document, end))
            await editor.client.text_document_hover_async(types.HoverParams(document, end))
        editor.replace_all(URI, 99, PASSEX)
        assert not (await editor.diagnostics(99)).diagnostics

    in_editor(act)


def test_the_server_ends_with_status_0_when_it_was_told_goodbye_and_1_when_the_editor_just_went() -> None:
    async def goodbye() -> int | None:
        async with open_editor() as editor:
            process = editor.client._server
        return None if process is None else process.returncode

    assert asyncio.run(asyncio.wait_for(goodbye(), 100)) == 0
    gone = subprocess.run(
        [sys.executable, "-m", "waterspace", "lsp"], input=b"", capture_output=True, check=False, timeout=100
    )
    assert (gone.returncode, gone.stdout) == (1, b"")
