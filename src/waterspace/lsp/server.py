"""The server: keeps the open files, has them checked in the background, and answers what editors ask.

What goes wrong in an answer is logged, and the editor is told nothing; it never ends the server. Checking waits until
nobody has typed for a moment, and what is found out about a text that has changed since is not shown.
"""

from __future__ import annotations

import asyncio
import logging
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial, wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from lsprotocol import types
from pygls.capabilities import get_capability
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method
from pygls.uris import to_fs_path

from waterspace import checks
from waterspace.checks.session import Session
from waterspace.errors import UnknownRuleError
from waterspace.lsp import spoken
from waterspace.lsp.actions import remedies
from waterspace.lsp.completion import complete
from waterspace.lsp.hover import hover
from waterspace.lsp.inspection import Inspection, inspect
from waterspace.lsp.outline import outline
from waterspace.lsp.pages import page_of
from waterspace.lsp.plan import Plan
from waterspace.lsp.rename import RenameError, renamable, rename
from waterspace.lsp.text import Encoding, Text
from waterspace.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from waterspace.lsp.actions import Remedy
    from waterspace.lsp.marks import Mark
    from waterspace.lsp.names import Name
    from waterspace.lsp.rename import Change

__all__ = ["DELAY_S", "EXPLAIN", "FIX_ALL", "Server", "make_server"]

_LOG = logging.getLogger(__name__)

DELAY_S = 0.15
"""How long nobody must have typed before a text is checked."""

EXPLAIN = "waterspace.explainRule"
"""The command that explains a rule; its argument is the code."""

FIX_ALL = "source.fixAll.waterspace"
"""The kind of the action that applies every safe fix."""

_REQUEST_FAILED = -32803
"""Source: Language Server Protocol 3.17, `LSPErrorCodes.RequestFailed`."""

_EXERCISE_FILES = (".exercise.yaml", ".exercise.yml")
_IS_EXERCISE = re.compile(r"^\ufeff?waterspace[ \t]*:", re.MULTILINE)

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(slots=True)
class _Open:
    """A file that is open in the editor."""

    uri: str
    version: int
    plan: Plan
    session: Session
    inspection: Inspection | None = None
    waiting: asyncio.Task[None] | None = field(default=None, repr=False)

    @property
    def is_exercise(self) -> bool:
        """Whether the text is for us, as it is now: editors may send every YAML file."""
        return self.uri.endswith(_EXERCISE_FILES) or _IS_EXERCISE.search(self.plan.text.source) is not None

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What is wrong with the text as it is now; nothing where that is not known yet."""
        found = self.inspection
        return () if found is None or found.plan.text is not self.plan.text else found.marks


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
        self.files: dict[str, _Open] = {}
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
        file = _Open(item.uri, item.version, Plan(Text(item.text, self.encoding)), session)
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
        self._check_soon(file, self.delay_s)

    def closed(self, uri: str) -> None:
        """Forget a text, and take its marks away."""
        file = self.files.pop(uri, None)
        if file is not None:
            if file.waiting is not None:
                file.waiting.cancel()
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri=uri, diagnostics=[]))

    def _check_soon(self, file: _Open, delay_s: float) -> None:
        if file.waiting is not None:
            file.waiting.cancel()
        file.waiting = asyncio.get_running_loop().create_task(self._check(file, delay_s))

    async def _check(self, file: _Open, delay_s: float) -> None:
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

    def _forget(self, file: _Open) -> None:
        """Take away the marks of a text that is no exercise any more."""
        if file.inspection is not None:
            file.inspection = None
            self._publish(file)

    def _publish(self, file: _Open) -> None:
        diagnostics = [spoken.diagnostic(mark, file.plan.text, file.uri, page_of(mark.code)) for mark in file.marks]
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri=file.uri, diagnostics=diagnostics, version=file.version)
        )

    # ------------------------------------------------------------------------------------------------ the answers

    def exercise_file(self, uri: str) -> _Open | None:
        """An open file; None where it is not open, or is no exercise."""
        file = self.files.get(uri)
        return file if file is not None and file.is_exercise else None

    def at(self, uri: str, position: types.Position) -> tuple[_Open, int] | None:
        """An open file and an offset in it; None where the file is not open, or is no exercise."""
        file = self.exercise_file(uri)
        return None if file is None else (file, spoken.offset_of(file.plan.text, position))

    def workspace_edit(self, file: _Open, changes: Sequence[Change]) -> types.WorkspaceEdit:
        """Changes of a file, tied to its version where the editor knows how."""
        edits = spoken.text_edits(changes, file.plan.text)
        if get_capability(self.client_capabilities, "workspace.workspace_edit.document_changes"):
            document = types.OptionalVersionedTextDocumentIdentifier(uri=file.uri, version=file.version)
            return types.WorkspaceEdit(
                document_changes=[types.TextDocumentEdit(text_document=document, edits=[*edits])]
            )
        return types.WorkspaceEdit(changes={file.uri: edits})


def _inspect_newest(file: _Open, plan: Plan) -> Inspection | None:
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


def _quiet(handler: Callable[P, R]) -> Callable[P, R | None]:
    """Log what goes wrong in an answer, and answer nothing."""

    @wraps(handler)
    def answer(*args: P.args, **kwargs: P.kwargs) -> R | None:
        try:
            return handler(*args, **kwargs)
        except JsonRpcException:
            raise
        except Exception:  # noqa: BLE001  # a bad answer must not end the server
            _LOG.exception("no answer to %s", getattr(handler, "__name__", "a request"))
            return None

    return answer


def make_server(delay_s: float = DELAY_S) -> Server:
    """A server with everything that it can answer.

    Args:
        delay_s: how long nobody must have typed before a text is checked.
    """
    server = Server(delay_s)
    server.feature(types.SHUTDOWN)(_goodbye)
    server.feature(types.TEXT_DOCUMENT_HOVER)(_hover)
    server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=[" ", "[", ",", "{"]))(
        _completion
    )
    server.feature(types.TEXT_DOCUMENT_DEFINITION)(_definition)
    server.feature(types.TEXT_DOCUMENT_REFERENCES)(_references)
    server.feature(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT)(_highlights)
    server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)(_prepare_rename)
    server.feature(types.TEXT_DOCUMENT_RENAME)(_rename)
    server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)(_symbols)
    kinds = [types.CodeActionKind.QuickFix, FIX_ALL]
    server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=kinds))(_actions)
    server.command(EXPLAIN)(_explain)
    return server


def _goodbye(ls: Server, *_: object) -> None:
    ls.has_said_goodbye = True


async def _hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
    at = ls.at(params.text_document.uri, params.position)
    return None if at is None else await ls.in_background(_shown, at[0].plan, at[1])


@_quiet
def _shown(plan: Plan, offset: int) -> types.Hover | None:
    found = hover(plan, offset)
    return None if found is None else spoken.hover(found, plan.text)


@_quiet
def _completion(ls: Server, params: types.CompletionParams) -> types.CompletionList | None:
    at = ls.at(params.text_document.uri, params.position)
    if at is None:
        return None
    file, offset = at
    offers = complete(file.plan, offset)
    items = [spoken.completion_item(offer, number, file.plan.text) for number, offer in enumerate(offers)]
    return types.CompletionList(is_incomplete=False, items=items)


def _named(ls: Server, uri: str, position: types.Position) -> tuple[_Open, Name] | None:
    at = ls.at(uri, position)
    names = None if at is None else at[0].plan.names
    name = None if at is None or names is None else names.at(at[1])
    return None if at is None or name is None else (at[0], name)


def _occurrences(file: _Open, name: Name) -> tuple[Name, ...]:
    assert file.plan.names is not None
    return file.plan.names.occurrences(name)


@_quiet
def _definition(ls: Server, params: types.DefinitionParams) -> types.Location | None:
    found = _named(ls, params.text_document.uri, params.position)
    if found is None or found[0].plan.names is None:
        return None
    definition = found[0].plan.names.definition(found[1])
    text = found[0].plan.text
    return None if definition is None else types.Location(found[0].uri, spoken.range_of(text, definition.span))


@_quiet
def _references(ls: Server, params: types.ReferenceParams) -> list[types.Location] | None:
    found = _named(ls, params.text_document.uri, params.position)
    if found is None:
        return None
    file, name = found
    return [
        types.Location(file.uri, spoken.range_of(file.plan.text, one.span))
        for one in _occurrences(file, name)
        if params.context.include_declaration or not one.is_definition
    ]


@_quiet
def _highlights(ls: Server, params: types.DocumentHighlightParams) -> list[types.DocumentHighlight] | None:
    found = _named(ls, params.text_document.uri, params.position)
    if found is None:
        return None
    file, name = found
    return [
        types.DocumentHighlight(
            spoken.range_of(file.plan.text, one.span),
            types.DocumentHighlightKind.Write if one.is_definition else types.DocumentHighlightKind.Read,
        )
        for one in _occurrences(file, name)
    ]


@_quiet
def _prepare_rename(ls: Server, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
    at = ls.at(params.text_document.uri, params.position)
    name = None if at is None else renamable(at[0].plan, at[1])
    if at is None or name is None:
        return None
    return types.PrepareRenamePlaceholder(range=spoken.range_of(at[0].plan.text, name.span), placeholder=name.id)


@_quiet
def _rename(ls: Server, params: types.RenameParams) -> types.WorkspaceEdit | None:
    at = ls.at(params.text_document.uri, params.position)
    if at is None:
        return None
    try:
        return ls.workspace_edit(at[0], rename(at[0].plan, at[1], params.new_name))
    except RenameError as error:
        raise JsonRpcException(str(error), _REQUEST_FAILED) from None


@_quiet
def _symbols(ls: Server, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol] | None:
    file = ls.exercise_file(params.text_document.uri)
    if file is None:
        return None
    return [spoken.document_symbol(heading, file.plan.text) for heading in outline(file.plan)]


# ------------------------------------------------------------------------------------------------------------ actions


@_quiet
def _actions(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction] | None:
    file = ls.exercise_file(params.text_document.uri)
    if file is None:
        return None
    text = file.plan.text
    first, last = (spoken.offset_of(text, at) for at in (params.range.start, params.range.end))
    marks = [mark for mark in file.marks if mark.span[0] <= last and first <= mark.span[1]]
    actions = [*_mending(ls, file, marks), *_explaining(file, marks), *_mending_all(ls, file)]
    only = params.context.only
    return [action for action in actions if only is None or _is_wanted(str(action.kind or ""), only)]


def _is_wanted(kind: str, only: Sequence[types.CodeActionKind | str]) -> bool:
    """Whether a kind, or one that it is a part of, is among those asked for."""
    asked = [str(getattr(one, "value", one)) for one in only]
    return any(not one or kind == one or kind.startswith(f"{one}.") for one in asked)


def _mending(ls: Server, file: _Open, marks: Sequence[Mark]) -> Iterator[types.CodeAction]:
    for mark in marks:
        for remedy in remedies(file.plan, mark):
            yield types.CodeAction(
                title=remedy.title,
                kind=types.CodeActionKind.QuickFix.value,
                diagnostics=[_diagnostic(file, mark)],
                is_preferred=remedy.is_safe,
                edit=ls.workspace_edit(file, remedy.changes),
            )


def _explaining(file: _Open, marks: Sequence[Mark]) -> Iterator[types.CodeAction]:
    for code in dict.fromkeys(mark.code for mark in marks):
        title = f"Explain {code}"
        yield types.CodeAction(
            title=title,
            kind=types.CodeActionKind.QuickFix.value,
            diagnostics=[_diagnostic(file, mark) for mark in marks if mark.code == code],
            command=types.Command(title=title, command=EXPLAIN, arguments=[code]),
        )


def _mending_all(ls: Server, file: _Open) -> Iterator[types.CodeAction]:
    """One action for every safe remedy whose changes do not meet those of another."""
    safe = [remedy for mark in file.marks for remedy in remedies(file.plan, mark) if remedy.is_safe]
    changes = _apart(safe)
    if changes:
        yield types.CodeAction(
            title="Apply every safe fix", kind=FIX_ALL, edit=ls.workspace_edit(file, sorted(changes))
        )


def _apart(remedies_: Sequence[Remedy]) -> list[Change]:
    taken: list[Change] = []
    for remedy in remedies_:
        meets = any(
            one.span[0] <= other.span[1] and other.span[0] <= one.span[1] for one in remedy.changes for other in taken
        )
        if not meets:
            taken += remedy.changes
    return taken


def _diagnostic(file: _Open, mark: Mark) -> types.Diagnostic:
    return spoken.diagnostic(mark, file.plan.text, file.uri, page_of(mark.code))


def _explain(ls: Server, code: str) -> str | None:
    """Show the page of a rule, or its text where there is no page or the editor cannot open one; the text."""
    try:
        rule = checks.get(code)
    except UnknownRuleError as error:
        _tell(ls, str(error))
        return None
    page = page_of(rule.code)
    if page is not None and get_capability(ls.client_capabilities, "window.show_document.support"):
        ls.window_show_document(types.ShowDocumentParams(uri=page, take_focus=True))
    else:
        _tell(ls, checks.explain(rule))
    return checks.explain(rule)


def _tell(ls: Server, message: str) -> None:
    ls.window_show_message(types.ShowMessageParams(type=types.MessageType.Info, message=message))
