"""IAM roles and the policies attached to them."""

from typing import Any

from pullcord_local.account import ACCOUNT
from pullcord_local.iam.identities import MANAGED_POLICIES, Role, statements
from pullcord_local.iam.policy import unsupported
from pullcord_local.stack.context import CreateHandler, DeployContext, physical_name
from pullcord_local.stack.scope import DeployError, Resource


def role(context: DeployContext, name: str, properties: dict[str, Any]) -> Resource:
    """Create an AWS::IAM::Role, with its inline and managed policies."""
    role_name = properties.get("RoleName", physical_name(name))
    created = Role(role_name, f"arn:aws:iam::{ACCOUNT}:role{properties.get('Path', '/')}{role_name}")
    for policy in properties.get("Policies", []):
        created.statements += checked(policy["PolicyDocument"])
    for policy_arn in properties.get("ManagedPolicyArns", []):
        created.statements += managed(context, policy_arn)
    context.inventory.identities.roles[created.arn] = created
    return Resource(role_name, {"Arn": created.arn, "RoleId": f"AROA{role_name}"})


def checked(document: dict[str, Any]) -> list[Any]:
    """The statements of a policy document. Raises DeployError for a condition operator that is not supported."""
    content = statements(document)
    if operators := [operator for statement in content for operator in unsupported(statement)]:
        raise DeployError(f"conditions with {', '.join(operators)} are not supported")
    return content


def managed(context: DeployContext, policy_arn: str) -> list[Any]:
    """The statements of a managed policy, of AWS or of this template. Raises DeployError for any other."""
    created = context.inventory.identities.policies.get(policy_arn)
    if created is not None:
        return created
    known = MANAGED_POLICIES.get(policy_arn.partition(":policy/")[2])
    if known is None:
        raise DeployError(f"the contents of the managed policy {policy_arn} are not known here")
    return known


def managed_policy(context: DeployContext, name: str, properties: dict[str, Any]) -> Resource:
    """Create an AWS::IAM::ManagedPolicy."""
    policy_name = properties.get("ManagedPolicyName", physical_name(name))
    policy_arn = f"arn:aws:iam::{ACCOUNT}:policy{properties.get('Path', '/')}{policy_name}"
    content = checked(properties["PolicyDocument"])
    context.inventory.identities.policies[policy_arn] = content
    attach(context, properties.get("Roles", []), content)
    return Resource(policy_arn, {"PolicyArn": policy_arn})


def policy(context: DeployContext, name: str, properties: dict[str, Any]) -> Resource:
    """Create an AWS::IAM::Policy: an inline policy of the roles that it names."""
    attach(context, properties.get("Roles", []), checked(properties["PolicyDocument"]))
    return Resource(properties.get("PolicyName", physical_name(name)))


def attach(context: DeployContext, role_names: list[str], added: list[Any]) -> None:
    """Add statements to the roles with these names."""
    for known in context.inventory.identities.roles.values():
        if known.name in role_names:
            known.statements += added


CREATE_HANDLERS: dict[str, CreateHandler] = {
    "AWS::IAM::Role": role,
    "AWS::IAM::ManagedPolicy": managed_policy,
    "AWS::IAM::Policy": policy,
}
