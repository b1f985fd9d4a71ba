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
from waterspace import checks
from waterspace.lsp import answers
from waterspace.lsp import server as served
from waterspace.lsp.answers import make_server
from waterspace.lsp.inspection import Inspection, inspect
from waterspace.lsp.rename import Change
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


def test_one_text_is_mended_once_however_many_ask_and_no_more_when_it_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, may_end = threading.Event(), threading.Event()
    seen: list[str] = []

    def slow(plan: Plan, _: str) -> tuple[Change, ...]:
        seen.append(plan.text.source)
        begun.set()
        assert may_end.wait(60)
        return (Change((0, 0), "# mended\n"),)

    def change(version: int) -> types.DidChangeTextDocumentParams:
        identifier = types.VersionedTextDocumentIdentifier(version=version, uri=URI)
        whole_ = types.TextDocumentContentChangeWholeDocument(f"{FULL}# {version}\n")
        return types.DidChangeTextDocumentParams(identifier, [whole_])

    async def session() -> list[list[tuple[Change, ...]]]:
        monkeypatch.setattr(served, "mended", slow)
        server = _server(Encoding.UTF_16)
        server.opened(types.TextDocumentItem(URI, "yaml", 1, FULL))
        file = server.files[URI]
        first = [asyncio.ensure_future(server.mending(file)) for _ in range(5)]
        await asyncio.to_thread(begun.wait, 60)
        first[0].cancel()
        server.changed(change(2))
        second = [asyncio.ensure_future(server.mending(file)) for _ in range(5)]
        await asyncio.sleep(0)
        server.changed(change(3))
        third = [asyncio.ensure_future(server.mending(file)) for _ in range(5)]
        await asyncio.sleep(0)
        may_end.set()
        answers_ = [await asyncio.gather(*some) for some in (first[1:], second, third)]
        assert await server.mending(file) == answers_[2][0]
        server.closed(URI)
        assert file.mending is None
        server.stop()
        return answers_

    assert asyncio.run(session()) == [[()] * 4, [()] * 5, [(Change((0, 0), "# mended\n"),)] * 5]
    assert seen == [FULL, f"{FULL}# 3\n"]


def test_answers_that_take_their_time_fail_as_quietly(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("broken on purpose")

    async def session() -> None:
        server = _server(Encoding.UTF_16)
        server.opened(types.TextDocumentItem(URI, "yaml", 1, FULL))
        at = types.Position(0, 0)
        whole_ = types.Range(at, at)
        action = types.CodeAction("Apply every safe fix", data={"uri": URI})
        monkeypatch.setattr(served, "mended", fail)
        asked = types.CodeActionParams(DOCUMENT, whole_, types.CodeActionContext([], only=[answers.FIX_ALL]))
        assert await answers._actions(server, asked) == []
        assert await answers._resolve(server, action) is action
        assert caplog.text.count("no answer to _mending_all") == 2
        monkeypatch.setattr(server, "exercise_file", fail)
        assert await answers._actions(server, asked) is None
        assert await answers._resolve(server, action) is None
        assert await answers._hover(server, types.HoverParams(DOCUMENT, at)) is None
        monkeypatch.setattr(checks, "get", fail)
        assert answers._explain(server, "WS201") is None
        server.stop()

    asyncio.run(session())
    said = [record.getMessage() for record in caplog.records if record.name.startswith("waterspace.lsp")]
    assert said[2:] == [f"no answer to {name}" for name in ("_actions", "_resolve", "_hover", "_explain")]
