"""Texts of included files, fetched with the compiler's reader, and GitLab's errors when there is none.

Sources: https://docs.gitlab.com/ci/yaml/#include and https://docs.gitlab.com/ci/components/
"""

from pullcord.config import lazy
from pullcord.config.context import ConfigReader, Context, MissingProject, MissingRef, RemoteBlocked, RemoteFailure
from pullcord.config.include.files import COMPONENT, TEMPLATE_SUFFIX, IncludeFile
from pullcord.config.ruby import blank, to_s
from pullcord.config.tree import Map

COMMIT = lazy.pattern(r"[0-9a-f]{40}|[0-9a-f]{64}")
ACCESS = "Make sure any includes in the pipeline configuration are correctly defined."


def fetch(file: IncludeFile, context: Context, reader: ConfigReader) -> None:
    """Set the text of the file, or the error if project, ref, address or the context forbid to read it.

    A file that has its text is left alone: the configuration itself.
    """
    if file.text is not None:
        return
    match file.kind:
        case "local":
            file.text = from_project(file, file.path, file.base.project, file.base.ref, reader)
        case "project":
            file.text = from_project(file, to_s(file.written_path), file.project.lower(), file.ref, reader)
        case "remote":
            from_address(file, reader)
        case "template":
            file.text = reader.template(to_s(file.written_path).removesuffix(TEMPLATE_SUFFIX))
            file.unreachable = file.text is None
        case "component":
            from_component(file, context, reader)
        case _:
            from_artifact(file, context)


def check(file: IncludeFile) -> None:
    """Set an error if the text is missing, empty or not the expected one."""
    missing = file.text is None
    if file.kind == "remote" and not missing and not intact(file):
        file.error = f"Remote file `{file.path}` failed integrity check!"
    elif not missing and not blank(file.text):
        return
    elif file.kind == "local":
        file.error = f"Local file `{file.path}` " + ("does not exist!" if missing else "is empty!")
    elif file.kind == "project":
        state = "does not exist!" if missing else "is empty!"
        file.error = f"Project `{file.mask(file.project)}` file `{file.path}` {state}"
    elif file.kind == "component":
        file.error = f"Component '{file.path}' - content not found"
    else:
        file.error = f"Included file `{file.path}` is empty or does not exist!"


def from_project(
    file: IncludeFile, path: str, project: str | None, ref: str | None, reader: ConfigReader
) -> str | None:
    """Read a file of a repository; None, usually with an error set, if it cannot be read."""
    project_name = file.mask(file.project)
    try:
        return reader.file(path, project, ref)
    except MissingProject:
        file.unreachable = True
        file.error = f"Project `{project_name}` not found or access denied! {ACCESS}"
    except MissingRef:
        file.error = f"Project `{project_name}` reference `{file.mask(ref or 'HEAD')}` does not exist!"
    return None


def from_address(file: IncludeFile, reader: ConfigReader) -> None:
    """Set the text to the body of a URL."""
    file.unreachable = True
    try:
        file.text = reader.remote(to_s(file.written_path).strip())
        file.unreachable = False
    except RemoteBlocked as blocked:
        file.error = file.mask(f"Remote file could not be fetched because {blocked}!")
    except RemoteFailure as failure:
        file.error = file.mask(f"Remote file `{file.path}` {failure}")


def intact(file: IncludeFile) -> bool:
    """Whether the body has the digest of `integrity: sha256-BASE64`; true without that key."""
    integrity = file.item.get("integrity")
    if integrity is None:
        return True
    import base64
    import hashlib  # OpenSSL takes longer to load than most configurations to compile

    digest = hashlib.sha256((file.text or "").encode(errors="surrogatepass")).digest()
    return integrity == f"sha256-{base64.b64encode(digest).decode()}"


def from_component(file: IncludeFile, context: Context, reader: ConfigReader) -> None:
    """Read a component `host/project/name@version`: `templates/NAME.yml` or `templates/NAME/template.yml`."""
    if not context.project:
        file.error = "Unable to use components outside of a project context"
        return
    found = COMPONENT().fullmatch(to_s(file.written_path))
    server = context.predefined.get("CI_SERVER_FQDN")
    if found is None or (server and found["host"].lower() != server.lower()):
        file.unreachable = found is not None
        file.error = f"Component '{file.path}' - the component path is not supported"
        return
    project, name, version = found["project"].lower(), found["name"], found["version"]
    try:
        text = reader.file(f"templates/{name}.yml", project, version)
        file.text = text if text is not None else reader.file(f"templates/{name}/template.yml", project, version)
    except (MissingProject, MissingRef) as missing:
        file.unreachable = isinstance(missing, MissingProject)
    fields = {"name": name, "version": version, "reference": version}
    fields |= {"sha": version} if COMMIT().fullmatch(version) else {}
    file.component = Map(file.location)
    file.component.update(fields)


def from_artifact(file: IncludeFile, context: Context) -> None:
    """Set GitLab's error: artifacts of a parent pipeline's job are not read by the compiler."""
    if context.source != "parent_pipeline":
        file.error = "Including configs from artifacts is only allowed when triggering child pipelines"
    elif blank(file.item.get("job")):
        file.error = "Job must be provided when including configs from artifacts"
    else:
        job = file.mask(to_s(file.item.get("job")))
        file.unreachable = True
        file.error = f"Job `{job}` not found in parent pipeline or does not have artifacts!"
