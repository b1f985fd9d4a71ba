"""Campaigns: an exercise rehearsed many times, on one processor, on many, or on a cluster."""

from waterspace.campaigns.conduct import Campaign, campaign

__all__ = ["Campaign", "campaign"]
