"""Geometry on the WGS-84 ellipsoid: geodesics, legs in time, footprints, and where they meet.

Import what is needed from the modules; `footprints` and `meeting` bring in shapely only when a shape is compared.
"""

__all__ = ["footprints", "geodesic", "legs", "meeting"]
