"""An editor for tests: it starts the real server as a process of its own and talks with it over standard input."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import TypeVar

from lsprotocol import types
from pygls.lsp.client import LanguageClient

__all__ = ["Editor", "in_editor", "open_editor"]

T = TypeVar("T")

_PATIENCE_S = 100.0
"""A test that waits longer has failed; nothing is measured by it."""


class Editor:
    """One editor with its server."""

    def __init__(self, client: LanguageClient) -> None:
        self.client = client
        self.capabilities = types.ServerCapabilities()
        self.shown: list[types.ShowDocumentParams] = []
        self.messages: list[types.ShowMessageParams] = []
        self._published: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()
        self._listen()

    def _listen(self) -> None:
        def published(params: types.PublishDiagnosticsParams) -> None:
            self._published.put_nowait(params)

        def told(params: types.ShowMessageParams) -> None:
            self.messages.append(params)

        def showed(params: types.ShowDocumentParams) -> types.ShowDocumentResult:
            self.shown.append(params)
            return types.ShowDocumentResult(success=True)

        self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(published)
        self.client.feature(types.WINDOW_SHOW_MESSAGE)(told)
        self.client.feature(types.WINDOW_SHOW_DOCUMENT)(showed)

    def open(self, uri: str, text: str, version: int = 1) -> None:
        item = types.TextDocumentItem(uri=uri, language_id="yaml", version=version, text=text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def change(self, uri: str, version: int, *changes: types.TextDocumentContentChangeEvent) -> None:
        document = types.VersionedTextDocumentIdentifier(version=version, uri=uri)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, list(changes)))

    def replace_all(self, uri: str, version: int, text: str) -> None:
        self.change(uri, version, types.TextDocumentContentChangeWholeDocument(text))

    async def diagnostics(self, version: int | None = None) -> types.PublishDiagnosticsParams:
        """The next diagnostics, or the first for a version of a document."""
        while True:
            found = await self._published.get()
            if version is None or found.version == version:
                return found

    def at(self, uri: str, text: str, word: str, after: str = "") -> types.TextDocumentPositionParams:
        """The position one character into a word that stands behind another text."""
        offset = text.index(word, text.index(after)) + 1
        line = text.count("\n", 0, offset)
        start = text.rfind("\n", 0, offset) + 1
        column = len(text[start:offset].encode("utf-16-le")) // 2
        return types.TextDocumentPositionParams(types.TextDocumentIdentifier(uri), types.Position(line, column))


@asynccontextmanager
async def open_editor(
    capabilities: types.ClientCapabilities | None = None, *, says_goodbye: bool = True
) -> AsyncIterator[Editor]:
    """An editor whose server is up; the server's process is ended and waited for, whatever happens."""
    client = LanguageClient("editor", "1")
    await client.start_io(sys.executable, "-m", "waterspace", "lsp")
    process = client._server
    assert process is not None
    editor = Editor(client)
    try:
        answer = await client.initialize_async(
            types.InitializeParams(capabilities=capabilities or types.ClientCapabilities())
        )
        editor.capabilities = answer.capabilities
        client.initialized(types.InitializedParams())
        yield editor
        if says_goodbye:
            await client.shutdown_async(None)
            client.exit(None)
            await process.wait()
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        await client.stop()  # type: ignore[no-untyped-call]  # of pygls
        process._transport.close()  # type: ignore[attr-defined]


def in_editor(act: Callable[[Editor], Awaitable[T]], capabilities: types.ClientCapabilities | None = None) -> T:
    """Do something in an editor with a server of its own, and end both."""

    async def session() -> T:
        async with open_editor(capabilities) as editor:
            return await act(editor)

    async def bounded() -> T:
        return await asyncio.wait_for(session(), _PATIENCE_S)

    return asyncio.run(bounded())
