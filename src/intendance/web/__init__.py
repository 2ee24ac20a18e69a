"""The room of the page and the interface over HTTP."""

__all__: list[str] = []
