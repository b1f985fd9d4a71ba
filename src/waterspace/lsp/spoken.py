"""What the other modules say, in the words of the Language Server Protocol, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from waterspace.domain import Severity
from waterspace.lsp.completion import OfferKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from waterspace.lsp.completion import Offer
    from waterspace.lsp.hover import Shown
    from waterspace.lsp.marks import Mark
    from waterspace.lsp.outline import Heading
    from waterspace.lsp.rename import Change
    from waterspace.lsp.text import Span, Text

__all__ = [
    "SOURCE",
    "changed",
    "completion_item",
    "diagnostic",
    "document_symbol",
    "hover",
    "offset_of",
    "range_of",
    "text_edits",
]

SOURCE = "waterspace"

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.ADVICE: types.DiagnosticSeverity.Information,
    None: types.DiagnosticSeverity.Hint,
}
_OFFERS = {
    OfferKind.KEY: types.CompletionItemKind.Property,
    OfferKind.ID: types.CompletionItemKind.Reference,
    OfferKind.WORD: types.CompletionItemKind.EnumMember,
    OfferKind.TYPE: types.CompletionItemKind.Class,
    OfferKind.CLASS: types.CompletionItemKind.Class,
    OfferKind.PLACE: types.CompletionItemKind.Value,
    OfferKind.RULE: types.CompletionItemKind.Event,
    OfferKind.EXAMPLE: types.CompletionItemKind.Value,
}
_SYMBOLS = {
    "": types.SymbolKind.Namespace,
    "units": types.SymbolKind.Object,
    "groups": types.SymbolKind.Array,
    "areas": types.SymbolKind.Struct,
    "serials": types.SymbolKind.Event,
    "objectives": types.SymbolKind.Key,
    "classes": types.SymbolKind.Class,
}


def range_of(text: Text, span: Span) -> types.Range:
    """A span as lines and columns."""
    return types.Range(types.Position(*text.position(span[0])), types.Position(*text.position(span[1])))


def offset_of(text: Text, position: types.Position) -> int:
    """A position as an offset."""
    return text.offset(position.line, position.character)


def changed(text: Text, changes: Iterable[types.TextDocumentContentChangeEvent]) -> tuple[Text, int]:
    """A text after changes, one after the other, and the line of the last."""
    line = 0
    for change in changes:
        if isinstance(change, types.TextDocumentContentChangePartial):
            first, last = change.range.start, change.range.end
            text = text.replaced((first.line, first.character), (last.line, last.character), change.text)
            line = first.line + len(change.text.splitlines()[1:])
        else:
            line = _first_difference(text, change.text)
            text = text.with_source(change.text)
    return text, line


def _first_difference(old: Text, new: str) -> int:
    """The line from which two texts differ."""
    pairs = enumerate(zip(old.source, new, strict=False))
    at = next((index for index, (one, other) in pairs if one != other), min(len(old.source), len(new)))
    return old.line_of(at)


def diagnostic(mark: Mark, text: Text, uri: str, page: str | None) -> types.Diagnostic:
    """A mark as editors draw it.

    Args:
        mark: to draw.
        text: that it is in.
        uri: of the document.
        page: address of the page that explains its rule; None where there is none.
    """
    return types.Diagnostic(
        range=range_of(text, mark.span),
        message=mark.message,
        severity=_SEVERITIES[mark.severity],
        code=mark.code,
        code_description=None if page is None else types.CodeDescription(href=page),
        source=SOURCE,
        tags=[types.DiagnosticTag.Unnecessary] if mark.is_unused else None,
        related_information=[
            types.DiagnosticRelatedInformation(types.Location(uri, range_of(text, one.span)), one.message)
            for one in mark.related
        ]
        or None,
        data=None if mark.finding is None or not mark.finding.id else {"id": mark.finding.id},
    )


def hover(shown: Shown, text: Text) -> types.Hover:
    """What is shown under the pointer."""
    content = types.MarkupContent(types.MarkupKind.Markdown, shown.markdown)
    return types.Hover(contents=content, range=range_of(text, shown.span))


def completion_item(offer: Offer, number: int, text: Text) -> types.CompletionItem:
    """An offer; its number keeps it in its place of the list."""
    documentation = types.MarkupContent(types.MarkupKind.Markdown, offer.markdown) if offer.markdown else None
    return types.CompletionItem(
        label=offer.label,
        kind=_OFFERS[offer.kind],
        detail=offer.detail or None,
        documentation=documentation,
        sort_text=f"{number:05d}",
        filter_text=offer.label,
        text_edit=types.TextEdit(range_of(text, offer.span), offer.new),
        insert_text_format=types.InsertTextFormat.PlainText,
    )


def document_symbol(heading: Heading, text: Text) -> types.DocumentSymbol:
    """A line of the outline with what stands under it."""
    return types.DocumentSymbol(
        name=heading.name or " ",
        kind=_SYMBOLS.get(heading.section, types.SymbolKind.Field),
        range=range_of(text, heading.span),
        selection_range=range_of(text, heading.key_span),
        detail=heading.detail or None,
        children=[document_symbol(inner, text) for inner in heading.inner],
    )


def text_edits(changes: Iterable[Change], text: Text) -> list[types.TextEdit]:
    """Changes of a text."""
    return [types.TextEdit(range_of(text, change.span), change.new) for change in changes]
