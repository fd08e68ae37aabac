"""S3: objects in the SQLite file."""
