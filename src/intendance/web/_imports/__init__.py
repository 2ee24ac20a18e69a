"""Files of data on their way into the ledger: kept, previewed, written."""
