"""Types of the answers."""

Json = dict[str, object]
"""A JSON object."""
