"""What leaves the ledger: tables, packages and the formats of others."""
