"""CI/CD variables of projects, groups and the instance: all of one owner in one item, each value sealed."""

from collections.abc import Sequence
from os import urandom
from typing import Literal

from pullcord.aws import keys, versioned_lists
from pullcord.aws.items import Item, record, restored
from pullcord.aws.keys import Key
from pullcord.aws.peppers import Peppers
from pullcord.aws.table import Table
from pullcord.peppers import NONCE
from pullcord.variables import SettingsVariable

Kind = Literal["project", "group", "instance"]


class VariablesTable:
    """Variables in the Pipelines table."""

    def __init__(self, table: Table, peppers: Peppers) -> None:
        self.table = table
        self.peppers = peppers

    def versioned(self, kind: Kind, number: int) -> tuple[tuple[SettingsVariable, ...], int]:
        """All variables of an owner, in the order in which they were created, and the version of the list."""
        key, _ = _places(kind, number)
        stored_list = versioned_lists.read(self.table, key)
        return _opened(key, stored_list.rows, self.peppers), stored_list.version

    def store(self, kind: Kind, number: int, variables: Sequence[SettingsVariable], version: int) -> frozenset[str]:
        """Replace the list of this version; failed: `list`, `owner`, `size`."""
        key, owner = _places(kind, number)
        rows = [self._sealed(key, variable) for variable in variables]
        return versioned_lists.write(self.table, key, rows, version, owner)

    def _sealed(self, key: Key, variable: SettingsVariable) -> Item:
        row = {name: value for name, value in record(variable).items() if name != "value" and value is not None}
        plain = variable.value.encode("utf-8", "surrogatepass")
        sealed = self.peppers.seal(plain, bound_to(key, row), urandom(NONCE))
        return {**row, "sealed": sealed}


def open_variables(items: Sequence[Item | None], peppers: Peppers) -> tuple[SettingsVariable, ...]:
    """The variables of `variables` items, in the order of the items."""
    return tuple(
        variable for item in items if item for variable in _opened(Key(item["pk"], item["sk"]), item["all"], peppers)
    )


def bound_to(key: Key, row: Item) -> str:
    """The context that a sealed value is bound to, so that it cannot be opened in a copied item."""
    return f"variable:{key.pk}:{row['key']}:{row['environment_scope']}"


def _opened(key: Key, rows: Sequence[Item], peppers: Peppers) -> tuple[SettingsVariable, ...]:
    plain = [peppers.open(row["sealed"], bound_to(key, row)).decode("utf-8", "surrogatepass") for row in rows]
    return tuple(restored(SettingsVariable, {**row, "value": value}) for row, value in zip(rows, plain, strict=True))


def _places(kind: Kind, number: int) -> tuple[Key, Key | None]:
    if kind == "project":
        return keys.project_variables(number), keys.project(number)
    if kind == "group":
        return keys.namespace_variables(number), keys.namespace(number)
    return keys.INSTANCE_VARIABLES, None
