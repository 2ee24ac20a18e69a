"""Which spares to buy: every cost, and the most availability that it gives."""
