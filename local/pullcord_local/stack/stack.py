"""A stack: the resources of a translated template, made in the order in which they need each other."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from pullcord_local.account import ACCOUNT, REGION, STACK
from pullcord_local.stack import parameters
from pullcord_local.stack.intrinsics import holds, resolve
from pullcord_local.stack.scope import DeployError, Resource

PSEUDO_PARAMETERS = {
    "AWS::AccountId": ACCOUNT,
    "AWS::Region": REGION,
    "AWS::StackName": STACK,
    "AWS::StackId": f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/{STACK}/00000000-0000-0000-0000-000000000000",
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
}

Make = Callable[[str, str, dict[str, Any]], Resource]
"""type, logical id, resolved properties → the resource; raises DeployError for a type it does not know."""


class Stack:
    """One deployed template. It is the scope of its own expressions."""

    def __init__(self, template: Mapping[str, Any], given: Mapping[str, str], make: Make) -> None:
        self.template = template
        self.make = make
        self.parameters = parameters.values(template.get("Parameters", {}), given)
        self.made: dict[str, Resource] = {}
        self.pending: list[str] = []

    def deploy(self) -> None:
        """Make every resource whose condition holds. Raises DeployError, naming the resource, or for a broken rule."""
        self.check_rules()
        for name, declaration in self.template["Resources"].items():
            if "Condition" not in declaration or self.condition(declaration["Condition"]):
                self.resource(name)

    def check_rules(self) -> None:
        """Raise DeployError for parameters that do not go together."""
        for rule in self.template.get("Rules", {}).values():
            if "RuleCondition" not in rule or holds(rule["RuleCondition"], self):
                for assertion in rule["Assertions"]:
                    if not holds(assertion["Assert"], self):
                        raise DeployError(assertion["AssertDescription"])

    @cached_property
    def outputs(self) -> dict[str, str]:
        """The values of the template's outputs whose condition holds."""
        declared = self.template.get("Outputs", {})
        wanted = {k: v for k, v in declared.items() if "Condition" not in v or self.condition(v["Condition"])}
        return {name: str(resolve(output["Value"], self)) for name, output in wanted.items()}

    def resource(self, name: str) -> Resource:
        """The resource of this logical id, made now if it is not there yet."""
        if name in self.made:
            return self.made[name]
        declaration = self.template["Resources"].get(name)
        if declaration is None:
            raise DeployError(f"the template has no resource {name}")
        if "Condition" in declaration and not self.condition(declaration["Condition"]):
            raise DeployError(f"{name} is referred to, but its condition {declaration['Condition']} does not hold")
        if name in self.pending:
            raise DeployError(f"circular dependency: {' → '.join([*self.pending, name])}")
        self.pending.append(name)
        self.made[name] = self.create(name, declaration)
        self.pending.remove(name)
        return self.made[name]

    def create(self, name: str, declaration: Mapping[str, Any]) -> Resource:
        """Make one resource after those it depends on."""
        depends_on = declaration.get("DependsOn", [])
        for other in [depends_on] if isinstance(depends_on, str) else depends_on:
            self.resource(other)
        properties = resolve(declaration.get("Properties", {}), self)
        try:
            return self.make(declaration["Type"], name, properties)
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
