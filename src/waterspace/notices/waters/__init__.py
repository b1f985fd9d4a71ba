"""The waters of a notice: their names, their navigational areas, and where a territorial sea cuts a place."""

from waterspace.notices.waters.dividing import Piece, split
from waterspace.notices.waters.localities import locality
from waterspace.notices.waters.navareas import navarea
from waterspace.notices.waters.seas import general_area

__all__ = ["Piece", "general_area", "locality", "navarea", "split"]
