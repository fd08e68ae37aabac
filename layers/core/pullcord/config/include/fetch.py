"""The texts of included files, through the compiler's window, and what GitLab says when there is none.

Sources: https://docs.gitlab.com/ci/yaml/#include and https://docs.gitlab.com/ci/components/
"""

from pullcord.config import lazy
from pullcord.config.context import Context, MissingProject, MissingRef, RemoteBlocked, RemoteFailure, Window
from pullcord.config.include.files import COMPONENT, TEMPLATE_SUFFIX, File
from pullcord.config.ruby import blank, to_s
from pullcord.config.tree import Map

COMMIT = lazy.pattern(r"[0-9a-f]{40}|[0-9a-f]{64}")
ACCESS = "Make sure any includes in the pipeline configuration are correctly defined."


def fetch(file: File, context: Context, window: Window) -> None:
    """Put the text into the file, or the error when project, ref, address or circumstances forbid it.

    A text that is there already stays: the configuration itself is handed in with its text.
    """
    if file.text is not None:
        return
    match file.kind:
        case "local":
            file.text = from_project(file, file.path, file.base.project, file.base.ref, window)
        case "project":
            file.text = from_project(file, to_s(file.named), file.project.lower(), file.ref, window)
        case "remote":
            from_address(file, window)
        case "template":
            file.text = window.template(to_s(file.named).removesuffix(TEMPLATE_SUFFIX))
        case "component":
            from_component(file, context, window)
        case _:
            from_artifact(file, context)


def check(file: File) -> None:
    """A text has to be there and to hold something."""
    gone = file.text is None
    if file.kind == "remote" and not gone and not intact(file):
        file.error = f"Remote file `{file.path}` failed integrity check!"
    elif not gone and not blank(file.text):
        return
    elif file.kind == "local":
        file.error = f"Local file `{file.path}` " + ("does not exist!" if gone else "is empty!")
    elif file.kind == "project":
        state = "does not exist!" if gone else "is empty!"
        file.error = f"Project `{file.mask(file.project)}` file `{file.path}` {state}"
    elif file.kind == "component":
        file.error = f"Component '{file.path}' - content not found"
    else:
        file.error = f"Included file `{file.path}` is empty or does not exist!"


def from_project(file: File, path: str, project: str | None, ref: str | None, window: Window) -> str | None:
    """A file of a repository."""
    shown = file.mask(file.project)
    try:
        return window.file(path, project, ref)
    except MissingProject:
        file.error = f"Project `{shown}` not found or access denied! {ACCESS}"
    except MissingRef:
        file.error = f"Project `{shown}` reference `{file.mask(ref or 'HEAD')}` does not exist!"
    return None


def from_address(file: File, window: Window) -> None:
    """The body of a URL."""
    try:
        file.text = window.remote(to_s(file.named).strip())
    except RemoteBlocked as blocked:
        file.error = file.mask(f"Remote file could not be fetched because {blocked}!")
    except RemoteFailure as failure:
        file.error = file.mask(f"Remote file `{file.path}` {failure}")


def intact(file: File) -> bool:
    """Whether the body has the digest that `integrity: sha256-BASE64` promises."""
    wanted = file.location.get("integrity")
    if wanted is None:
        return True
    import base64
    import hashlib  # OpenSSL takes longer to load than most configurations to compile

    digest = hashlib.sha256((file.text or "").encode(errors="surrogatepass")).digest()
    return wanted == f"sha256-{base64.b64encode(digest).decode()}"


def from_component(file: File, context: Context, window: Window) -> None:
    """`host/project/name@version`: `templates/NAME.yml` of that project, or `templates/NAME/template.yml`."""
    if not context.project:
        file.error = "Unable to use components outside of a project context"
        return
    found = COMPONENT().fullmatch(to_s(file.named))
    server = context.predefined.get("CI_SERVER_FQDN")
    if found is None or (server and found["host"].lower() != server.lower()):
        file.error = f"Component '{file.path}' - the component path is not supported"
        return
    project, name, version = found["project"].lower(), found["name"], found["version"]
    try:
        text = window.file(f"templates/{name}.yml", project, version)
        file.text = text if text is not None else window.file(f"templates/{name}/template.yml", project, version)
    except (MissingProject, MissingRef):
        file.text = None
    facts = {"name": name, "version": version, "reference": version}
    facts |= {"sha": version} if COMMIT().fullmatch(version) else {}
    file.component = Map(file.place)
    file.component.update(facts)


def from_artifact(file: File, context: Context) -> None:
    """Artifacts of a parent pipeline's job are read by the runner's side, not by the compiler."""
    if context.source != "parent_pipeline":
        file.error = "Including configs from artifacts is only allowed when triggering child pipelines"
    elif blank(file.location.get("job")):
        file.error = "Job must be provided when including configs from artifacts"
    else:
        job = file.mask(to_s(file.location.get("job")))
        file.error = f"Job `{job}` not found in parent pipeline or does not have artifacts!"
