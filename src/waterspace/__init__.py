"""Waterspace: an exercise compiler."""
