"""IAM roles and the policies attached to them."""

from typing import Any

from pullcord_local.account import ACCOUNT
from pullcord_local.iam.identities import MANAGED_POLICIES, Role, statements
from pullcord_local.iam.policy import unsupported
from pullcord_local.stack.ground import Ground, Maker, physical_name
from pullcord_local.stack.scope import DeployError, Resource


def role(ground: Ground, name: str, properties: dict[str, Any]) -> Resource:
    """AWS::IAM::Role with its inline and managed policies."""
    role_name = properties.get("RoleName", physical_name(name))
    made = Role(role_name, f"arn:aws:iam::{ACCOUNT}:role{properties.get('Path', '/')}{role_name}")
    for policy in properties.get("Policies", []):
        made.statements += checked(policy["PolicyDocument"])
    for policy_arn in properties.get("ManagedPolicyArns", []):
        made.statements += managed(ground, policy_arn)
    ground.inventory.identities.roles[made.arn] = made
    return Resource(role_name, {"Arn": made.arn, "RoleId": f"AROA{role_name}"})


def checked(document: dict[str, Any]) -> list[Any]:
    """The statements of a policy document. Raises DeployError for a condition that could not be evaluated."""
    found = statements(document)
    if operators := [operator for statement in found for operator in unsupported(statement)]:
        raise DeployError(f"conditions with {', '.join(operators)} are not supported")
    return found


def managed(ground: Ground, policy_arn: str) -> list[Any]:
    """The statements of a managed policy: AWS's own, or one made by this template."""
    own = ground.inventory.identities.policies.get(policy_arn)
    if own is not None:
        return own
    known = MANAGED_POLICIES.get(policy_arn.partition(":policy/")[2])
    if known is None:
        raise DeployError(f"the contents of the managed policy {policy_arn} are not known here")
    return known


def managed_policy(ground: Ground, name: str, properties: dict[str, Any]) -> Resource:
    """AWS::IAM::ManagedPolicy."""
    policy_name = properties.get("ManagedPolicyName", physical_name(name))
    policy_arn = f"arn:aws:iam::{ACCOUNT}:policy{properties.get('Path', '/')}{policy_name}"
    found = checked(properties["PolicyDocument"])
    ground.inventory.identities.policies[policy_arn] = found
    attach(ground, properties.get("Roles", []), found)
    return Resource(policy_arn, {"PolicyArn": policy_arn})


def policy(ground: Ground, name: str, properties: dict[str, Any]) -> Resource:
    """AWS::IAM::Policy: inline, for the roles that it names."""
    attach(ground, properties.get("Roles", []), checked(properties["PolicyDocument"]))
    return Resource(properties.get("PolicyName", physical_name(name)))


def attach(ground: Ground, role_names: list[str], found: list[Any]) -> None:
    """Add statements to the roles of these names."""
    for known in ground.inventory.identities.roles.values():
        if known.name in role_names:
            known.statements += found


MAKERS: dict[str, Maker] = {
    "AWS::IAM::Role": role,
    "AWS::IAM::ManagedPolicy": managed_policy,
    "AWS::IAM::Policy": policy,
}
