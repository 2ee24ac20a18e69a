"""The room of positions: what ledger and inventories leave in stock, month by month."""

__all__: list[str] = []
