"""The server's own handlers, in this process: whatever is typed, they answer, and log nothing."""

from __future__ import annotations

import asyncio
import logging
import threading
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from lsprotocol import types
from pygls.workspace import Workspace

from plan_texts import FULL
from waterspace.lsp import answers
from waterspace.lsp import server as served
from waterspace.lsp.answers import make_server
from waterspace.lsp.inspection import Inspection, inspect
from waterspace.lsp.text import Encoding

if TYPE_CHECKING:
    import pytest

    from waterspace.checks.session import Session
    from waterspace.lsp.plan import Plan
    from waterspace.lsp.server import Server

URI = "file:///typed.exercise.yaml"
DOCUMENT = types.TextDocumentIdentifier(URI)
NEVER_S = 1e6
"""Nothing is checked in the background meanwhile."""

Positions = st.builds(types.Position, st.integers(0, FULL.count("\n") + 2), st.integers(0, 90))
Ranges = st.tuples(Positions, Positions).map(
    lambda ends: types.Range(*sorted(ends, key=lambda end: (end.line, end.character)))
)
Words = st.sampled_from(
    ["\n", "  ", ": ", "{", "}", "[", "- ", '"', "#", "S9", "units", "\U0001f6a2", "\r", "\ufeff", "\0"]
)
Changes = st.lists(
    st.builds(types.TextDocumentContentChangePartial, Ranges, Words | st.text(max_size=4))
    | st.builds(types.TextDocumentContentChangeWholeDocument, st.just(FULL) | st.text(max_size=20)),
    min_size=1,
    max_size=4,
)


def _server(encoding: Encoding) -> Server:
    server = make_server(NEVER_S)
    server.protocol.client_capabilities = types.ClientCapabilities()
    server.protocol._workspace = Workspace(None, position_encoding=encoding.value)
    return server


async def _ask(server: Server, at: types.Position) -> None:
    await answers._hover(server, types.HoverParams(DOCUMENT, at))
    answers._completion(server, types.CompletionParams(DOCUMENT, at))
    answers._definition(server, types.DefinitionParams(DOCUMENT, at))
    answers._references(server, types.ReferenceParams(types.ReferenceContext(True), DOCUMENT, at))  # noqa: FBT003
    answers._highlights(server, types.DocumentHighlightParams(DOCUMENT, at))
    answers._prepare_rename(server, types.PrepareRenameParams(DOCUMENT, at))
    answers._symbols(server, types.DocumentSymbolParams(DOCUMENT))
    context = types.CodeActionContext([])
    await answers._actions(server, types.CodeActionParams(DOCUMENT, types.Range(at, at), context))


@settings(max_examples=25)
@given(st.lists(Changes, min_size=1, max_size=3), Positions, st.sampled_from(Encoding))
def test_whatever_is_typed_every_answer_is_given_and_nothing_is_logged(
    typed: list[list[types.TextDocumentContentChangeEvent]], at: types.Position, encoding: Encoding
) -> None:
    said: list[str] = []

    class _Ears(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage() + str(record.exc_info))

    async def session() -> None:
        server = _server(encoding)
        server.opened(types.TextDocumentItem(URI, "yaml", 1, FULL))
        for version, changes in enumerate(typed, start=2):
            identifier = types.VersionedTextDocumentIdentifier(version=version, uri=URI)
            server.changed(types.DidChangeTextDocumentParams(identifier, changes))
            await _ask(server, at)
        for file in server.files.values():
            assert file.waiting is not None
            file.waiting.cancel()
        server.stop()

    ears = _Ears(logging.WARNING)
    logging.getLogger("waterspace.lsp").addHandler(ears)
    try:
        asyncio.run(session())
    finally:
        logging.getLogger("waterspace.lsp").removeHandler(ears)
    assert not said


def test_an_answer_that_fails_is_logged_and_is_no_answer(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(answers, "hover", fail)

    async def session() -> types.Hover | None:
        server = _server(Encoding.UTF_16)
        server.opened(types.TextDocumentItem(URI, "yaml", 1, FULL))
        shown = await answers._hover(server, types.HoverParams(DOCUMENT, types.Position(0, 0)))
        server.stop()
        return shown

    assert asyncio.run(session()) is None
    assert "broken on purpose" in caplog.text


def test_what_is_found_out_about_a_text_that_has_changed_since_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, may_end = threading.Event(), threading.Event()
    seen: list[str] = []

    def slow(plan: Plan, session: Session) -> Inspection:
        seen.append(plan.text.source)
        begun.set()
        assert may_end.wait(60)
        return inspect(plan, session)

    async def session() -> list[int | None]:
        monkeypatch.setattr(served, "inspect", slow)
        server = _server(Encoding.UTF_16)
        server.delay_s = 0.0
        published: list[types.PublishDiagnosticsParams] = []
        monkeypatch.setattr(server, "text_document_publish_diagnostics", published.append)
        server.opened(types.TextDocumentItem(URI, "yaml", 1, FULL))
        await asyncio.to_thread(begun.wait, 60)
        for version in (2, 3):
            identifier = types.VersionedTextDocumentIdentifier(version=version, uri=URI)
            whole = types.TextDocumentContentChangeWholeDocument(f"{FULL}# {version}\n")
            server.changed(types.DidChangeTextDocumentParams(identifier, [whole]))
            await asyncio.sleep(0)
        may_end.set()
        waiting = server.files[URI].waiting
        assert waiting is not None
        await waiting
        server.stop()
        return [one.version for one in published]

    assert asyncio.run(session()) == [3]
    assert seen == [FULL, f"{FULL}# 3\n"]


def test_changes_and_questions_for_a_file_that_is_not_open_are_passed_over() -> None:
    async def session() -> None:
        server = _server(Encoding.UTF_16)
        identifier = types.VersionedTextDocumentIdentifier(version=1, uri=URI)
        server.changed(types.DidChangeTextDocumentParams(identifier, []))
        server.closed(URI)
        await _ask(server, types.Position(0, 0))
        assert not server.files
        server.stop()

    asyncio.run(session())
