"""The room of readiness: fleets, failure and repair rates, spares; availability and what to buy."""

__all__: list[str] = []
