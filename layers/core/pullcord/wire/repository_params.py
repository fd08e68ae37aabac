"""Parameters of /projects/:id/repository.

Source: https://docs.gitlab.com/api/branches, /api/tags
"""

from pullcord.wire.params import Parameters


class RefListParams(Parameters):
    """Parameters of GET …/repository/branches and …/repository/tags."""

    search: str | None = None
