"""What was sent, word for word, and what a changed plan makes of it."""

from waterspace.notices.ledger.amending import Action, ActionKind, amendments, record
from waterspace.notices.ledger.book import Ledger, Sending, Status, cancelled, numbered, sent, went_out
from waterspace.notices.ledger.file import load, parse, save

__all__ = [
    "Action",
    "ActionKind",
    "Ledger",
    "Sending",
    "Status",
    "amendments",
    "cancelled",
    "load",
    "numbered",
    "parse",
    "record",
    "save",
    "sent",
    "went_out",
]
