"""The namespaces of S-124 datasets.

Source: S-124 1.0.0 and S-100 5.0.0 (Part 10b) schemas of the International Hydrographic Organization.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

__all__ = ["EPSG_4326", "GML", "S100", "S124", "XLINK", "XSI", "local"]

GML = "{http://www.opengis.net/gml/3.2}"
S100 = "{http://www.iho.int/s100gml/5.0}"
S124 = "{http://www.iho.int/S124/1.0}"
XLINK = "{http://www.w3.org/1999/xlink}"
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"

EPSG_4326 = "http://www.opengis.net/def/crs/EPSG/0/4326"
"""WGS-84, the latitude before the longitude."""

for _prefix, _name in (("gml", GML), ("S100", S100), ("S124", S124), ("xlink", XLINK), ("xsi", XSI)):
    ET.register_namespace(_prefix, _name[1:-1])


def local(tag: str) -> str:
    """The name of an element without its namespace."""
    return tag.rpartition("}")[2]
