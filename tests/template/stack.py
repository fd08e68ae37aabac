"""template.yaml as data, with the short forms of intrinsic functions written out."""

import re
from pathlib import Path

from samtranslator.yaml_helper import yaml_parse

ROOT = Path(__file__).parents[2]
TEMPLATE = yaml_parse((ROOT / "template.yaml").read_text(encoding="utf-8"))
RESOURCES = TEMPLATE["Resources"]


def of_type(kind: str) -> dict:
    """Logical id → resource."""
    return {name: resource for name, resource in RESOURCES.items() if resource["Type"] == kind}


def properties(kind: str) -> dict:
    """Logical id → the properties of the resource."""
    return {name: resource.get("Properties", {}) for name, resource in of_type(kind).items()}


FUNCTIONS = properties("AWS::Serverless::Function")
STATE_MACHINES = properties("AWS::Serverless::StateMachine")
GLOBAL = TEMPLATE["Globals"]["Function"]


def environment(function: str) -> set[str]:
    """Names of the variables that a function is given."""
    return {
        name for place in (GLOBAL, FUNCTIONS[function]) for name in place.get("Environment", {}).get("Variables", {})
    }


def specimens(function: str) -> dict[str, str]:
    """A value for every variable that a function is given, and for what Lambda adds; enough to import its handler."""
    known = {"LOG_LEVEL": "INFO", "AWS_REGION": "eu-central-1", "AWS_DEFAULT_REGION": "eu-central-1"}
    known |= {"PLAN_DAYS": "365"} if function == "EvaluateRulesFunction" else {}
    return dict.fromkeys(environment(function), "specimen") | known | {"AWS_LAMBDA_FUNCTION_NAME": function}


def routes() -> list[tuple[str, str, str]]:
    """Method, path and function of every route; the catch-all is ANY /{proxy+} of HTTP APIs."""
    return [
        (event["Properties"].get("Method", "ANY").upper(), event["Properties"].get("Path", "$default"), name)
        for name, function in FUNCTIONS.items()
        for event in function.get("Events", {}).values()
        if event["Type"] == "HttpApi"
    ]


def statements(owner: dict) -> list[dict]:
    """The policy statements written out in the role of a function, or under a state machine; without conditional ones."""
    role = RESOURCES[target(owner["Role"])]["Properties"] if "Role" in owner else None
    policies = [policy["PolicyDocument"] for policy in role["Policies"]] if role else owner.get("Policies", [])
    assert all(isinstance(policy, dict) and set(policy) <= {"Version", "Statement"} for policy in policies), policies
    return [found for policy in policies for found in many(policy["Statement"]) if "Fn::If" not in found]


def conditional_statements(owner: dict) -> list[dict]:
    """Those that are there under a condition of the template."""
    policies = RESOURCES[target(owner["Role"])]["Properties"]["Policies"] if "Role" in owner else owner["Policies"]
    documents = [policy.get("PolicyDocument", policy) for policy in policies]
    return [found for document in documents for found in many(document["Statement"]) if "Fn::If" in found]


def many(value) -> list:
    """One or several, as several."""
    return value if isinstance(value, list) else [value]


def target(resource) -> str:
    """An ARN in the template as a person would say it: the logical id, and what comes after it."""
    match resource:
        case {"Ref": name} | {"Fn::GetAtt": [name, "Arn"]}:
            return name
        case {"Fn::GetAtt": str(name)}:
            return name.removesuffix(".Arn")
        case {"Fn::Sub": str(text)}:
            return re.sub(r"\$\{(\w+)(?:\.Arn)?\}", r"\1", text)
        case _:
            return str(resource)
