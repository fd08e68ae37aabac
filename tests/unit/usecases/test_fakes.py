"""The fakes of the unit tests have the methods of the ports, with the same parameters."""

import inspect

import pytest

from pullcord.usecases import host_ports, people_ports, ports
from tests.unit.usecases import fakes, hosts, lists, stores

IMPLEMENTED = [
    (fakes.Peppers, ports.Peppers),
    (lists.Sequences, people_ports.Sequences),
    (fakes.TokenRecords, ports.TokenRecords),
    (fakes.TriggerTokens, ports.TriggerTokens),
    (fakes.PersonalTokens, ports.PersonalTokens),
    (fakes.Requests, ports.Requests),
    (fakes.Pipelines, ports.Pipelines),
    (lists.VersionedList, ports.ProtectedRefs),
    (lists.VersionedList, ports.Variables),
    (stores.Users, people_ports.UserAccounts),
    (stores.Users, people_ports.UsersByName),
    (stores.Projects, people_ports.Projects),
    (stores.Groups, people_ports.Groups),
    (stores.Members, people_ports.Members),
    (stores.Directory, people_ports.Directory),
    (stores.Directory, people_ports.UsersByName),
    (hosts.Repository, host_ports.Repository),
    (hosts.Repository, host_ports.BrowsableRepository),
    (hosts.Repositories, host_ports.Repositories),
    (hosts.GitHosts, host_ports.GitHosts),
    (hosts.GitHosts, host_ports.RemoteSession),
]


def methods(port):
    return {name: method for name, method in inspect.getmembers(port, inspect.isfunction) if not name.startswith("_")}


@pytest.mark.parametrize(("fake", "port"), IMPLEMENTED, ids=lambda kind: kind.__name__)
def test_a_fake_implements_its_port(fake, port):
    for name, method in methods(port).items():
        wanted = inspect.signature(method)
        arguments = [None] * sum(one.kind is one.POSITIONAL_OR_KEYWORD for one in wanted.parameters.values())
        named = {one.name: None for one in wanted.parameters.values() if one.kind is one.KEYWORD_ONLY}
        inspect.signature(getattr(fake, name)).bind(*arguments, **named)
