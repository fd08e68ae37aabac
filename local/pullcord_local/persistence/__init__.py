"""One SQLite file with everything that is stored, in the data folder or, without one, in a temporary place."""
