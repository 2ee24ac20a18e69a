"""Two sources side by side: what agrees, what differs, what only one of them says."""
