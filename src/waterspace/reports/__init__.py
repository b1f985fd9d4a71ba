"""Reports: pages, and other forms in which results leave Waterspace.

Import what is needed from the modules; `page` brings in its template engine only when a page is made.
"""

__all__ = ["page", "payload", "symbols"]
