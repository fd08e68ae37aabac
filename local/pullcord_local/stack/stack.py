"""A stack: the resources of a translated template, created in the order of their dependencies."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from pullcord_local.account import ACCOUNT, REGION, STACK
from pullcord_local.stack import parameters
from pullcord_local.stack.intrinsics import holds, resolve
from pullcord_local.stack.scope import DeployError, ParameterError, Resource

PSEUDO_PARAMETERS = {
    "AWS::AccountId": ACCOUNT,
    "AWS::Region": REGION,
    "AWS::StackName": STACK,
    "AWS::StackId": f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/{STACK}/00000000-0000-0000-0000-000000000000",
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
}

CreateResource = Callable[[str, str, dict[str, Any]], Resource]
"""type, logical id, resolved properties → the created resource; raises DeployError for an unknown type."""


class Stack:
    """A template that is deployed, which is also the scope of its own expressions."""

    def __init__(self, template: Mapping[str, Any], given: Mapping[str, str], create: CreateResource) -> None:
        self.template = template
        self.create_resource = create
        self.parameters = parameters.values(template.get("Parameters", {}), given)
        self.resources: dict[str, Resource] = {}
        self.pending: list[str] = []

    def deploy(self) -> None:
        """Create every resource whose condition holds. Raises DeployError, naming the resource or the broken rule."""
        self.check_rules()
        for name, declaration in self.template["Resources"].items():
            if "Condition" not in declaration or self.condition(declaration["Condition"]):
                self.resource(name)

    def check_rules(self) -> None:
        """Validate the template's rules. Raises DeployError for parameters that do not go together."""
        for rule in self.template.get("Rules", {}).values():
            if "RuleCondition" not in rule or holds(rule["RuleCondition"], self):
                for assertion in rule["Assertions"]:
                    if not holds(assertion["Assert"], self):
                        raise ParameterError(assertion["AssertDescription"])

    @cached_property
    def outputs(self) -> dict[str, str]:
        """The values of the template's outputs whose condition holds."""
        declared = self.template.get("Outputs", {})
        active = {k: v for k, v in declared.items() if "Condition" not in v or self.condition(v["Condition"])}
        return {name: str(resolve(output["Value"], self)) for name, output in active.items()}

    def resource(self, name: str) -> Resource:
        """The resource with this logical id, created now if it does not exist yet."""
        if name in self.resources:
            return self.resources[name]
        declaration = self.template["Resources"].get(name)
        if declaration is None:
            raise DeployError(f"the template has no resource {name}")
        if "Condition" in declaration and not self.condition(declaration["Condition"]):
            raise DeployError(f"{name} is referred to, but its condition {declaration['Condition']} does not hold")
        if name in self.pending:
            raise DeployError(f"circular dependency: {' → '.join([*self.pending, name])}")
        self.pending.append(name)
        self.resources[name] = self.create(name, declaration)
        self.pending.remove(name)
        return self.resources[name]

    def create(self, name: str, declaration: Mapping[str, Any]) -> Resource:
        """Create a resource after the resources on which it depends."""
        depends_on = declaration.get("DependsOn", [])
        for other in [depends_on] if isinstance(depends_on, str) else depends_on:
            self.resource(other)
        properties = resolve(declaration.get("Properties", {}), self)
        try:
            return self.create_resource(declaration["Type"], name, properties)
        except (KeyError, TypeError, ValueError) as error:
            raise DeployError(f"{name} ({declaration['Type']}): {error!r}") from error

    def reference(self, name: str) -> Any:
        """The value of `Ref`."""
        if name in self.parameters:
            return self.parameters[name]
        return PSEUDO_PARAMETERS.get(name) or self.resource(name).reference

    def attribute(self, name: str, attribute: str) -> str:
        """The value of `Fn::GetAtt`."""
        attributes = self.resource(name).attributes
        if attribute not in attributes:
            raise DeployError(f"{name} has no attribute {attribute}")
        return attributes[attribute]

    def mapping(self, name: str, top: str, second: str) -> Any:
        """The value of `Fn::FindInMap`."""
        try:
            return self.template["Mappings"][name][top][second]
        except KeyError as error:
            raise DeployError(f"mapping {name} has no {top}, {second}") from error

    def condition(self, name: str) -> bool:
        """The value of a named condition."""
        conditions = self.template.get("Conditions", {})
        if name not in conditions:
            raise DeployError(f"the template has no condition {name}")
        return holds(conditions[name], self)
