"""Lambda functions, their layers, and state machines."""

import json
from typing import Any

from pullcord_local.account import arn
from pullcord_local.cloud.inventory import Function, Schedule, StateMachine
from pullcord_local.lambdas.schedules import seconds
from pullcord_local.stack.ground import Ground, Maker, physical_name
from pullcord_local.stack.scope import DeployError, Resource
from pullcord_local.stack.template import local_path


def function(ground: Ground, name: str, properties: dict[str, Any]) -> Resource:
    """AWS::Lambda::Function."""
    function_name = properties.get("FunctionName", physical_name(name))
    made = Function(
        logical_id=name,
        name=function_name,
        arn=arn("lambda", f"function:{function_name}"),
        role_arn=properties["Role"],
        handler=properties["Handler"],
        code=local_path(ground.folder, properties["Code"]),
        layers=tuple(ground.inventory.layers[layer] for layer in properties.get("Layers", [])),
        environment={key: str(value) for key, value in properties.get("Environment", {}).get("Variables", {}).items()},
        timeout=float(properties.get("Timeout", 3)),
        memory=int(properties.get("MemorySize", 128)),
        logging=properties.get("LoggingConfig", {}),
    )
    if not made.code.is_dir():
        raise DeployError(f"{name}: there is no folder {made.code}")
    ground.inventory.functions[made.arn] = made
    return Resource(function_name, {"Arn": made.arn})


def layer(ground: Ground, name: str, properties: dict[str, Any]) -> Resource:
    """AWS::Lambda::LayerVersion: the folder as it is, or its `python` folder if it is laid out as a layer."""
    layer_arn = arn("lambda", f"layer:{properties.get('LayerName', name)}:1")
    path = local_path(ground.folder, properties["Content"])
    if not path.is_dir():
        raise DeployError(f"{name}: there is no folder {path}")
    ground.inventory.layers[layer_arn] = path / "python" if (path / "python").is_dir() else path
    return Resource(layer_arn, {"LayerVersionArn": layer_arn})


def version(ground: Ground, _name: str, properties: dict[str, Any]) -> Resource:
    """AWS::Lambda::Version: one version, which is the function itself."""
    function_arn = function_arn_of(ground, properties["FunctionName"])
    return Resource(f"{function_arn}:1", {"Version": "1", "FunctionArn": f"{function_arn}:1"})


def alias(ground: Ground, _name: str, properties: dict[str, Any]) -> Resource:
    """AWS::Lambda::Alias."""
    alias_arn = f"{function_arn_of(ground, properties['FunctionName'])}:{properties['Name']}"
    return Resource(alias_arn, {"AliasArn": alias_arn})


def function_arn_of(ground: Ground, name: str) -> str:
    """The ARN of a function named by name or ARN."""
    return next(known.arn for known in ground.inventory.functions.values() if name in {known.name, known.arn})


def state_machine(ground: Ground, name: str, properties: dict[str, Any]) -> Resource:
    """AWS::StepFunctions::StateMachine, its substitutions made."""
    definition: str = properties.get("DefinitionString") or json.dumps(properties["Definition"])
    for key, value in properties.get("DefinitionSubstitutions", {}).items():
        definition = definition.replace("${" + key + "}", str(value))
    machine_name = properties.get("StateMachineName", physical_name(name))
    machine_arn = arn("states", f"stateMachine:{machine_name}")
    kind = properties.get("StateMachineType", "STANDARD")
    made = StateMachine(machine_name, machine_arn, properties["RoleArn"], definition, kind)
    ground.inventory.machines[machine_arn] = made
    return Resource(machine_arn, {"Arn": machine_arn, "Name": machine_name, "StateMachineRevisionId": "INITIAL"})


def add_schedule(ground: Ground, name: str, properties: dict[str, Any], target: dict[str, Any], event: Any) -> None:
    """Enter a schedule, unless it is disabled. Raises ValueError for a timing that is not supported."""
    expression = properties["ScheduleExpression"]
    seconds(expression)
    if properties.get("State", "ENABLED") == "ENABLED":
        given = json.loads(target["Input"]) if "Input" in target else event
        ground.inventory.schedules.append(Schedule(name, expression, target["Arn"], given))


def rule(ground: Ground, name: str, properties: dict[str, Any]) -> Resource:
    """AWS::Events::Rule with a schedule; its targets are functions."""
    rule_arn = arn("events", f"rule/{properties.get('Name', physical_name(name))}")
    for target in properties.get("Targets", []):
        event = {"source": "aws.events", "detail-type": "Scheduled Event", "resources": [rule_arn], "detail": {}}
        add_schedule(ground, name, properties, target, event)
    return Resource(properties.get("Name", physical_name(name)), {"Arn": rule_arn})


def schedule(ground: Ground, name: str, properties: dict[str, Any]) -> Resource:
    """AWS::Scheduler::Schedule; its target is a function."""
    add_schedule(ground, name, properties, properties["Target"], {})
    schedule_name = properties.get("Name", physical_name(name))
    return Resource(schedule_name, {"Arn": arn("scheduler", f"schedule/default/{schedule_name}")})


MAKERS: dict[str, Maker] = {
    "AWS::Lambda::Function": function,
    "AWS::Lambda::LayerVersion": layer,
    "AWS::Lambda::Version": version,
    "AWS::Lambda::Alias": alias,
    "AWS::StepFunctions::StateMachine": state_machine,
    "AWS::Events::Rule": rule,
    "AWS::Scheduler::Schedule": schedule,
}
