"""The language server as an editor knows it: a process that is talked with over standard input and output."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsp_editor import Editor, in_editor
from source_tree import ROOT

if TYPE_CHECKING:
    from lsprotocol import types

EXAMPLE = ROOT / "examples" / "northern-interaction-2023.exercise.yaml"
TEXT = EXAMPLE.read_text(encoding="utf-8")
URI = EXAMPLE.as_uri()


def test_findings_of_the_example_come_with_code_severity_and_the_value_at_fault() -> None:
    async def act(editor: Editor) -> types.PublishDiagnosticsParams:
        editor.open(URI, TEXT, 7)
        return await editor.diagnostics()

    found = in_editor(act)
    assert found.version == 7
