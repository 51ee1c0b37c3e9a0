"""The running assistant: settings, database, the one transaction, and the platforms."""
