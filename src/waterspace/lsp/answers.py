"""The answers: what the server says to each question of an editor.

What goes wrong in an answer is logged, and the editor is told nothing; it never ends the server.
"""

from __future__ import annotations

import logging
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from lsprotocol import types
from pygls.capabilities import get_capability
from pygls.exceptions import JsonRpcException

from waterspace import checks
from waterspace.errors import UnknownRuleError
from waterspace.lsp import spoken
from waterspace.lsp.actions import remedies
from waterspace.lsp.completion import complete
from waterspace.lsp.hover import hover
from waterspace.lsp.outline import outline
from waterspace.lsp.pages import page_of
from waterspace.lsp.rename import RenameError, renamable, rename
from waterspace.lsp.server import DELAY_S, OpenFile, Server

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator, Sequence

    from waterspace.lsp.marks import Mark
    from waterspace.lsp.names import Name
    from waterspace.lsp.plan import Plan

__all__ = ["EXPLAIN", "FIX_ALL", "make_server"]

_LOG = logging.getLogger(__name__)

EXPLAIN = "waterspace.explainRule"
"""The command that explains a rule; its argument is the code."""

FIX_ALL = "source.fixAll.waterspace"
"""The kind of the action that applies every safe fix."""

_ALL_TITLE = "Apply every safe fix"

_REQUEST_FAILED = -32803
"""Source: Language Server Protocol 3.17, `LSPErrorCodes.RequestFailed`."""

P = ParamSpec("P")
R = TypeVar("R")


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


def _quiet_later(handler: Callable[P, Coroutine[Any, Any, R]]) -> Callable[P, Coroutine[Any, Any, R | None]]:
    """`_quiet`, of an answer that takes its time."""

    @wraps(handler)
    async def answer(*args: P.args, **kwargs: P.kwargs) -> R | None:
        try:
            return await handler(*args, **kwargs)
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
    server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=kinds, resolve_provider=True)
    )(_actions)
    server.feature(types.CODE_ACTION_RESOLVE)(_resolve)
    server.command(EXPLAIN)(_explain)
    return server


def _goodbye(ls: Server, *_: object) -> None:
    ls.has_said_goodbye = True


@_quiet_later
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


def _named(ls: Server, uri: str, position: types.Position) -> tuple[OpenFile, Name] | None:
    at = ls.at(uri, position)
    names = None if at is None else at[0].plan.names
    name = None if at is None or names is None else names.at(at[1])
    return None if at is None or name is None else (at[0], name)


def _occurrences(file: OpenFile, name: Name) -> tuple[Name, ...]:
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


@_quiet_later
async def _actions(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction] | None:
    file = ls.exercise_file(params.text_document.uri)
    if file is None:
        return None
    only = params.context.only
    actions = [one for one in _offers(ls, file, params.range) or () if only is None or _is_wanted(one.kind, only)]
    if only is not None and _is_wanted(FIX_ALL, only):
        return [*actions, *filter(None, (await _mending_all(ls, file),))]
    if only is None and file.has_safe_fixes:
        if _resolves(ls):
            return [*actions, types.CodeAction(title=_ALL_TITLE, kind=FIX_ALL, data={"uri": file.uri})]
        return [*actions, *filter(None, (await _mending_all(ls, file),))]
    return actions


@_quiet_later
async def _resolve(ls: Server, action: types.CodeAction) -> types.CodeAction:
    """The action that applies every safe fix, with what it changes."""
    uri = action.data.get("uri", "") if isinstance(action.data, dict) else ""
    file = ls.exercise_file(str(uri))
    found = None if file is None else await _mending_all(ls, file)
    return action if found is None else found


def _resolves(ls: Server) -> bool:
    """Whether the editor asks what an action changes only when somebody chooses it."""
    properties = get_capability(ls.client_capabilities, "text_document.code_action.resolve_support.properties")
    return "edit" in (properties or ())


@_quiet
def _offers(ls: Server, file: OpenFile, range_: types.Range) -> list[types.CodeAction]:
    text = file.plan.text
    first, last = (spoken.offset_of(text, at) for at in (range_.start, range_.end))
    marks = [mark for mark in file.marks if mark.span[0] <= last and first <= mark.span[1]]
    return [*_mending(ls, file, marks), *_explaining(file, marks)]


def _is_wanted(given: types.CodeActionKind | str | None, only: Sequence[types.CodeActionKind | str]) -> bool:
    """Whether a kind, or one that it is a part of, is among those asked for."""
    kind = str(getattr(given, "value", given) or "")
    asked = [str(getattr(one, "value", one)) for one in only]
    return any(not one or kind == one or kind.startswith(f"{one}.") for one in asked)


def _mending(ls: Server, file: OpenFile, marks: Sequence[Mark]) -> Iterator[types.CodeAction]:
    for mark in marks:
        for remedy in remedies(file.plan, mark):
            yield types.CodeAction(
                title=remedy.title,
                kind=types.CodeActionKind.QuickFix.value,
                diagnostics=[_diagnostic(file, mark)],
                is_preferred=remedy.is_safe,
                edit=ls.workspace_edit(file, remedy.changes),
            )


def _explaining(file: OpenFile, marks: Sequence[Mark]) -> Iterator[types.CodeAction]:
    for code in dict.fromkeys(mark.code for mark in marks):
        title = f"Explain {code}"
        yield types.CodeAction(
            title=title,
            kind=types.CodeActionKind.QuickFix.value,
            diagnostics=[_diagnostic(file, mark) for mark in marks if mark.code == code],
            command=types.Command(title=title, command=EXPLAIN, arguments=[code]),
        )


@_quiet_later
async def _mending_all(ls: Server, file: OpenFile) -> types.CodeAction | None:
    """The action that does to the text what `waterspace check --fix` does to a file; None where that is nothing."""
    changes = await ls.mending(file)
    return types.CodeAction(title=_ALL_TITLE, kind=FIX_ALL, edit=ls.workspace_edit(file, changes)) if changes else None


def _diagnostic(file: OpenFile, mark: Mark) -> types.Diagnostic:
    return spoken.diagnostic(mark, file.plan.text, file.uri, page_of(mark.code))


@_quiet
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
