"""Drafts of the notices that an exercise needs: what is told, by whom, in how many texts."""

from waterspace.notices.drafting.drafts import Drafted, drafted, drafts
from waterspace.notices.drafting.proposing import proposed
from waterspace.notices.drafting.subjects import Subject

__all__ = ["Drafted", "Subject", "drafted", "drafts", "proposed"]
