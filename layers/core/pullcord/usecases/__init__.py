"""What the service can be asked for: one file for each wish, its steps in order. Effects only through what it is handed."""
