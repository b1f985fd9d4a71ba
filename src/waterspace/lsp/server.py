"""The server: keeps the open files, and has them checked in the background.

Checking waits until nobody has typed for a moment, and what is found out about a text that has changed since is not
shown.
"""

from __future__ import annotations

import asyncio
import logging
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from lsprotocol import types
from pygls.capabilities import get_capability
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method
from pygls.uris import to_fs_path

from waterspace.checks.session import Session
from waterspace.lsp import spoken
from waterspace.lsp.inspection import Inspection, inspect
from waterspace.lsp.mending import mended
from waterspace.lsp.pages import page_of
from waterspace.lsp.plan import Plan
from waterspace.lsp.text import Encoding, Text
from waterspace.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from waterspace.lsp.marks import Mark
    from waterspace.lsp.rename import Change

__all__ = ["DELAY_S", "OpenFile", "Server"]

_LOG = logging.getLogger(__name__)

DELAY_S = 0.15
"""How long nobody must have typed before a text is checked."""

_EXERCISE_FILES = (".exercise.yaml", ".exercise.yml")
_IS_EXERCISE = re.compile(r"^\ufeff?waterspace[ \t]*:", re.MULTILINE)

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(slots=True)
class OpenFile:
    """A file that is open in the editor."""

    uri: str
    version: int
    plan: Plan
    session: Session
    inspection: Inspection | None = None
    waiting: asyncio.Task[None] | None = field(default=None, repr=False)
    mending: tuple[Text, asyncio.Task[tuple[Change, ...]]] | None = field(default=None, repr=False)

    @property
    def is_exercise(self) -> bool:
        """Whether the text is for us, as it is now: editors may send every YAML file."""
        return self.uri.endswith(_EXERCISE_FILES) or _IS_EXERCISE.search(self.plan.text.source) is not None

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What is wrong with the text as it is now; nothing where that is not known yet."""
        found = self.inspection
        return () if found is None or found.plan.text is not self.plan.text else found.marks

    @property
    def has_safe_fixes(self) -> bool:
        """Whether the text as it is now is known to have findings with safe fixes."""
        found = self.inspection
        return found is not None and found.plan.text is self.plan.text and found.has_safe_fixes

    def drop_mending(self) -> None:
        """End what works out the mending of a text that is there no more."""
        if self.mending is not None:
            self.mending[1].cancel()
            self.mending = None


class _Protocol(LanguageServerProtocol):
    """Leaves the texts to the server, whose lines and columns are those of the protocol in every text."""

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        assert isinstance(self._server, Server)
        self._server.opened(params.text_document)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        assert isinstance(self._server, Server)
        self._server.changed(params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        assert isinstance(self._server, Server)
        self._server.closed(params.text_document.uri)


class Server(LanguageServer):
    """The language server of exercise files."""

    def __init__(self, delay_s: float = DELAY_S) -> None:
        super().__init__("waterspace", __version__, protocol_cls=_Protocol, max_workers=2)
        self.delay_s = delay_s
        self.files: dict[str, OpenFile] = {}
        self.has_said_goodbye = False
        self._background = ThreadPoolExecutor(max_workers=1, thread_name_prefix="check")

    async def in_background(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Have something done in the one thread that computes with plans, for what it computes with is shared."""
        return await asyncio.get_running_loop().run_in_executor(self._background, partial(work, *args, **kwargs))

    def stop(self) -> None:
        """End the work in the background."""
        self._background.shutdown(wait=False, cancel_futures=True)

    @property
    def encoding(self) -> Encoding:
        """What the columns of positions count, as agreed with the editor."""
        return Encoding(str(getattr(self.workspace.position_encoding, "value", self.workspace.position_encoding)))

    # -------------------------------------------------------------------------------------------------- the texts

    def opened(self, item: types.TextDocumentItem) -> None:
        """Take in a text, and have it checked."""
        session = Session(_file_name(item.uri))
        file = OpenFile(item.uri, item.version, Plan(Text(item.text, self.encoding)), session)
        self.files[item.uri] = file
        self._check_soon(file, 0.0)

    def changed(self, params: types.DidChangeTextDocumentParams) -> None:
        """Take in the changes of a text, and have it checked when nobody types any more."""
        file = self.files.get(params.text_document.uri)
        if file is None:
            return
        text, line = spoken.changed(file.plan.text, params.content_changes)
        file.plan = file.plan.edited(text, line)
        file.version = params.text_document.version
        file.drop_mending()
        self._check_soon(file, self.delay_s)

    def closed(self, uri: str) -> None:
        """Forget a text, and take its marks away."""
        file = self.files.pop(uri, None)
        if file is not None:
            if file.waiting is not None:
                file.waiting.cancel()
            file.drop_mending()
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri=uri, diagnostics=[]))

    def _check_soon(self, file: OpenFile, delay_s: float) -> None:
        if file.waiting is not None:
            file.waiting.cancel()
        file.waiting = asyncio.get_running_loop().create_task(self._check(file, delay_s))

    async def _check(self, file: OpenFile, delay_s: float) -> None:
        await asyncio.sleep(delay_s)
        plan = file.plan
        found = await self.in_background(_inspect_newest, file, plan)
        if file.plan.text is not plan.text or self.files.get(file.uri) is not file:
            return
        if found is None:
            self._forget(file)
            return
        file.inspection = found
        if found.exercise is not None:
            file.plan = _with_exercise(file.plan, found)
        self._publish(file)

    def _forget(self, file: OpenFile) -> None:
        """Take away the marks of a text that is no exercise any more."""
        if file.inspection is not None:
            file.inspection = None
            self._publish(file)

    def _publish(self, file: OpenFile) -> None:
        diagnostics = [spoken.diagnostic(mark, file.plan.text, file.uri, page_of(mark.code)) for mark in file.marks]
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri=file.uri, diagnostics=diagnostics, version=file.version)
        )

    # ------------------------------------------------------------------------------------------------ the answers

    async def mending(self, file: OpenFile) -> tuple[Change, ...]:
        """What every safe fix together changes in a text; nothing where it has changed before that was known.

        It is worked out once, however many ask while it is.
        """
        text, known = file.plan.text, file.mending
        if known is None or known[0] is not text:
            work = self.in_background(mended, file.plan, file.session.file)
            known = file.mending = text, asyncio.get_running_loop().create_task(work)
        task = known[1]
        await asyncio.wait((task,))
        return task.result() if file.plan.text is text and not task.cancelled() else ()

    def exercise_file(self, uri: str) -> OpenFile | None:
        """An open file; None where it is not open, or is no exercise."""
        file = self.files.get(uri)
        return file if file is not None and file.is_exercise else None

    def at(self, uri: str, position: types.Position) -> tuple[OpenFile, int] | None:
        """An open file and an offset in it; None where the file is not open, or is no exercise."""
        file = self.exercise_file(uri)
        return None if file is None else (file, spoken.offset_of(file.plan.text, position))

    def workspace_edit(self, file: OpenFile, changes: Sequence[Change]) -> types.WorkspaceEdit:
        """Changes of a file, tied to its version where the editor knows how."""
        edits = spoken.text_edits(changes, file.plan.text)
        if get_capability(self.client_capabilities, "workspace.workspace_edit.document_changes"):
            document = types.OptionalVersionedTextDocumentIdentifier(uri=file.uri, version=file.version)
            return types.WorkspaceEdit(
                document_changes=[types.TextDocumentEdit(text_document=document, edits=[*edits])]
            )
        return types.WorkspaceEdit(changes={file.uri: edits})


def _inspect_newest(file: OpenFile, plan: Plan) -> Inspection | None:
    """Inspect a text, if it is still the newest when its turn comes."""
    return inspect(plan, file.session) if file.plan.text is plan.text and file.is_exercise else None


def _with_exercise(plan: Plan, found: Inspection) -> Plan:
    newer = replace(plan, exercise=found.exercise)
    for known in ("layout", "names"):
        if known in plan.__dict__:
            newer.__dict__[known] = plan.__dict__[known]
    return newer


def _file_name(uri: str) -> str:
    """The path behind a URI, which is where relative paths begin; the URI itself for a text that is no file yet."""
    return (to_fs_path(uri) if uri.startswith("file:") else None) or uri
