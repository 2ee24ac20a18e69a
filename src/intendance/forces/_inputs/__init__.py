"""The tables that a user supplies: inventories, requirements and what goes with them."""
