"""Use cases: who calls, and what they may do in a project or group."""
