"""A project's repository: which commit a ref points at now, and what that commit holds.

Importing this costs next to nothing; what speaks to disks or hosts is loaded by the first remote of its kind.
"""

from pullcord.git.open_repository import open_repository
from pullcord.git.policy import Cache, Credentials, Limits, Policy
from pullcord.git.refs import Commit, Resolved, Signature
from pullcord.git.refusals import AmbiguousRef, CommitNotFound, RefNotFound, RepositoryUnavailable
from pullcord.git.repository import Repository
from pullcord.git.sessions import GitHosts

__all__ = [
    "AmbiguousRef",
    "Cache",
    "Commit",
    "CommitNotFound",
    "Credentials",
    "GitHosts",
    "Limits",
    "Policy",
    "RefNotFound",
    "Repository",
    "RepositoryUnavailable",
    "Resolved",
    "Signature",
    "open_repository",
]
