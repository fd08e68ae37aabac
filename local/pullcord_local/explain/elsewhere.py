"""Files from elsewhere that options give: other projects, addresses, and templates of the instance."""

import os
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pullcord.config.context import NOTHING
from pullcord_local.explain.folders import ProjectFolder, contents

SUFFIX = ".gitlab-ci.yml"


class NotGiven(ValueError):
    """Raised for an option that names nothing to read."""


class Elsewhere(NamedTuple):
    """Files from elsewhere. projects: by path in lower case; remotes: file by URL; templates: their folder."""

    projects: Mapping[str, ProjectFolder] = NOTHING
    remotes: Mapping[str, str] = NOTHING
    templates: ProjectFolder | None = None

    @classmethod
    def of(cls, includes: Sequence[str], remotes: Sequence[str], templates: str | None) -> "Elsewhere":
        """Read the options `--include`, `--remote` and `--templates`. Raises NotGiven."""
        folders: dict[str, ProjectFolder] = {}
        for project, folder in map(project_and_folder, includes):
            if project in folders:
                raise NotGiven(f"--include names {project} twice")
            folders[project] = ProjectFolder(folder)
        files: dict[str, str] = {}
        for url, file in map(url_and_file, remotes):
            if url in files:
                raise NotGiven(f"--remote names {url} twice")
            files[url] = file
        if templates is not None and not os.path.isdir(templates):
            raise NotGiven(f"--templates {templates}: there is no such folder")
        return cls(folders, files, None if templates is None else ProjectFolder(templates))

    def remote(self, url: str) -> str | None:
        """Return the text for a URL; None without a file for it."""
        return contents(self.remotes[url]) if url in self.remotes else None

    def template(self, name: str) -> str | None:
        """Return a template by its name without `.gitlab-ci.yml`; None without one."""
        return None if self.templates is None else self.templates.text(name + SUFFIX)

    @property
    def notes(self) -> list[str]:
        """Notes of all folders."""
        return [note for folder in self.projects.values() for note in folder.notes]


def project_and_folder(text: str) -> tuple[str, str]:
    """Split `group/project=DIR`. Raises NotGiven."""
    project, equals, folder = text.partition("=")
    project = project.strip("/").lower()
    if not equals or "/" not in project or not folder:
        raise NotGiven(f"--include {text}: not of the form group/project=DIR")
    if not os.path.isdir(folder):
        raise NotGiven(f"--include {text}: there is no such folder")
    return project, folder


def url_and_file(text: str) -> tuple[str, str]:
    """Split `URL=FILE`; there may be more equals signs in either. Raises NotGiven."""
    pieces = text.split("=")
    splits = [("=".join(pieces[:index]), "=".join(pieces[index:])) for index in range(1, len(pieces))]
    splits = [(url, file) for url, file in splits if "://" in url and file]
    if not splits:
        raise NotGiven(f"--remote {text}: not of the form URL=FILE")
    found = next(((url, file) for url, file in reversed(splits) if os.path.isfile(file)), None)
    if found is None:
        raise NotGiven(f"--remote {text}: there is no such file")
    return found
