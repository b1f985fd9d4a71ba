"""Depths: the packaged grids, and the sheets a user has."""

__all__ = ["depth", "depth_files", "depth_tiff", "sheets"]
