"""National texts: warnings in Japanese, Chinese, Russian and Korean, from tables that a speaker can mend."""

from waterspace.messages.writing.national.texts import LANGUAGES, standing_text, write

__all__ = ["LANGUAGES", "standing_text", "write"]
