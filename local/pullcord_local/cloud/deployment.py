"""Deployment of a template into an embedded cloud, with the state of former runs."""

import os
import sys
from pathlib import Path
from typing import IO

from pullcord_local.aws_calls import moto_services
from pullcord_local.cloud.cloud import Cloud
from pullcord_local.dynamodb.expiry import Expiry
from pullcord_local.inventory import Function, Inventory
from pullcord_local.lambdas.functions import Logs, discard_logs, logs_into_folder
from pullcord_local.lambdas.schedules import Schedules
from pullcord_local.persistence import secrets
from pullcord_local.persistence.folder import Folder
from pullcord_local.stack import template
from pullcord_local.stack.context import DeployContext
from pullcord_local.stack.resources import create_resource
from pullcord_local.stack.scope import DeployError
from pullcord_local.stack.stack import Stack

# The output with the name of the function to be invoked once after a deployment.
BOOTSTRAP = "BootstrapFunction"


class Deployment:
    """A deployed stack and its cloud."""

    def __init__(self, stack: Stack, cloud: Cloud, folder: Folder) -> None:
        self.stack = stack
        self.cloud = cloud
        self.folder = folder
        self.expiry = Expiry(cloud.database, cloud.inventory.expiries)
        self.schedules = Schedules(cloud.inventory.schedules, cloud.functions.invoke)
        self.expiry.start()
        self.schedules.start()

    def bootstrap(self) -> None:
        """Invoke the function named in the output BootstrapFunction, if there is one. Raises DeployError when it fails."""
        name = self.stack.outputs.get(BOOTSTRAP)
        if name is None:
            return
        outcome = self.cloud.functions.invoke(name, b"{}")
        if outcome.failed:
            raise DeployError(f"{name}: {outcome.payload.decode()}")

    def stop(self) -> None:
        """Stop every process and close the state."""
        self.expiry.stop()
        self.schedules.stop()
        self.cloud.stop()
        self.folder.close()


def deploy(
    path: Path, parameters: dict[str, str], data: Path | None, *, verbose: bool = False, processes: int | None = None
) -> Deployment:
    """Deploy the template at `path` with these parameters. Raises DeployError, naming the resource, and StoreError.

    A process can have one deployment at a time.
    data:      the folder of the state, None for state that ends with the process
    processes: of each function at the same time, None for the default
    """
    if not path.is_file():
        raise DeployError(f"there is no template {path}")
    folder = Folder(data)
    try:
        return deploy_into(folder, path, parameters, verbose=verbose, processes=processes)
    except BaseException:
        folder.close()
        raise


def deploy_into(
    folder: Folder, path: Path, parameters: dict[str, str], *, verbose: bool, processes: int | None
) -> Deployment:
    """Deploy the template with the state of this folder. Raises as `deploy` does."""
    moto_services.reset()
    inventory = Inventory()
    context = DeployContext(path.resolve().parent, inventory)
    stack = Stack(template.load(path, parameters), parameters, lambda *resource: create_resource(context, *resource))
    stack.deploy()
    secrets.restore(folder.store, inventory.secrets)
    cloud = Cloud(inventory, folder.store, logs(folder.path, verbose=verbose), processes)
    return Deployment(stack, cloud, folder)


def logs(data: Path | None, *, verbose: bool) -> Logs:
    """The destination of the functions' output: standard error, the data folder, or none."""
    if verbose:
        return logs_to_standard_error
    return discard_logs if data is None else logs_into_folder(data / "logs")


def logs_to_standard_error(function: Function) -> IO[bytes]:
    """The standard error of this process."""
    return os.fdopen(os.dup(sys.stderr.fileno()), "ab") if sys.stderr is not None else discard_logs(function)
