"""Messages: warnings to mariners and airmen, read into reservations with what was not understood beside them."""

__all__: list[str] = []
