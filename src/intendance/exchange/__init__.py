"""The room of other people's formats: imports into statements, values, reconciliation, exports."""

__all__: list[str] = []
