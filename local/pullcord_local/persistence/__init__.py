"""The state on disk, so that tables, secrets and objects survive a restart."""
