"""The room of positions: what the ledger and a nation's inventories leave in stock, month by month."""

__all__: list[str] = []
