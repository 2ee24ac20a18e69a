"""The ledger as tables of a plan's scenario: what is owed, what is asked for, who kept its word."""
