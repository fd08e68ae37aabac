"""A template deployed into an embedded cloud, with the state of former runs."""

import subprocess
import sys
from pathlib import Path
from typing import IO

from pullcord_local.cloud import moto
from pullcord_local.cloud.cloud import Cloud
from pullcord_local.cloud.inventory import Function, Inventory
from pullcord_local.dynamodb.expiry import Expiry
from pullcord_local.lambdas.functions import Logs, discarded, into_folder
from pullcord_local.lambdas.schedules import Schedules
from pullcord_local.persistence.state import State
from pullcord_local.stack import template
from pullcord_local.stack.ground import Ground
from pullcord_local.stack.resources import make
from pullcord_local.stack.scope import DeployError
from pullcord_local.stack.stack import Stack

# The output that names the function to be invoked once after a deployment.
BOOTSTRAP = "BootstrapFunction"


class Deployment:
    """A stack and the cloud it lives in."""

    def __init__(self, stack: Stack, cloud: Cloud) -> None:
        self.stack = stack
        self.cloud = cloud
        self.expiry = Expiry(cloud.database, cloud.inventory.expiries)
        self.schedules = Schedules(cloud.inventory.schedules, cloud.functions.invoke)
        self.expiry.start()
        self.schedules.start()

    def bootstrap(self) -> None:
        """Invoke the function that the template's output names, if it does. Raises DeployError when it fails."""
        name = self.stack.outputs.get(BOOTSTRAP)
        if name is None:
            return
        outcome = self.cloud.functions.invoke(name, b"{}")
        if outcome.failed:
            raise DeployError(f"{name}: {outcome.payload.decode()}")

    def stop(self) -> None:
        """End every process and let go of the state."""
        self.expiry.stop()
        self.schedules.stop()
        self.cloud.stop()
        self.cloud.state.close()


def deploy(path: Path, parameters: dict[str, str], data: Path | None, *, verbose: bool = False) -> Deployment:
    """Deploy the template at `path`, its parameters given; `data` is the folder of its state, if it is to have one.

    One at a time in a process. Raises DeployError, naming the resource.
    """
    if not path.is_file():
        raise DeployError(f"there is no template {path}")
    moto.forget()
    inventory = Inventory()
    ground = Ground(path.resolve().parent, inventory)
    stack = Stack(template.load(path, parameters), parameters, lambda *resource: make(ground, *resource))
    stack.deploy()
    state = State(data)
    cloud = Cloud(inventory, state, logs(data, verbose=verbose))
    with cloud.database.lock:
        state.restore(inventory.secrets)
    return Deployment(stack, cloud)


def logs(data: Path | None, *, verbose: bool) -> Logs:
    """Where the functions' output goes: to standard error, into the data folder, or nowhere."""
    if verbose:
        return to_standard_error
    return discarded if data is None else into_folder(data / "logs")


def to_standard_error(_function: Function) -> IO[bytes] | int:
    """To the standard error of this process."""
    return sys.stderr.fileno() if sys.stderr is not None else subprocess.DEVNULL
