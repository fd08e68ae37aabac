"""Lambda functions and layers, state machines, schedules."""

import json
from typing import Any

from pullcord_local.account import arn
from pullcord_local.inventory import Function, Schedule, StateMachine, rate_seconds
from pullcord_local.stack.context import CreateHandler, DeployContext, physical_name
from pullcord_local.stack.scope import DeployError, Resource
from pullcord_local.stack.template import local_path


def function(context: DeployContext, name: str, properties: dict[str, Any]) -> Resource:
    """Create an AWS::Lambda::Function."""
    function_name = properties.get("FunctionName", physical_name(name))
    created = Function(
        logical_id=name,
        name=function_name,
        arn=arn("lambda", f"function:{function_name}"),
        role_arn=properties["Role"],
        handler=properties["Handler"],
        code=local_path(context.folder, properties["Code"]),
        layers=tuple(context.inventory.layers[layer] for layer in properties.get("Layers", [])),
        environment={key: str(value) for key, value in properties.get("Environment", {}).get("Variables", {}).items()},
        timeout=float(properties.get("Timeout", 3)),
        memory=int(properties.get("MemorySize", 128)),
        logging=properties.get("LoggingConfig", {}),
    )
    if not created.code.is_dir():
        raise DeployError(f"{name}: there is no folder {created.code}")
    context.inventory.functions[created.arn] = created
    return Resource(function_name, {"Arn": created.arn})


def layer(context: DeployContext, name: str, properties: dict[str, Any]) -> Resource:
    """Create an AWS::Lambda::LayerVersion from a folder, or from the folder `python` in it if it is laid out as a layer."""
    layer_arn = arn("lambda", f"layer:{properties.get('LayerName', name)}:1")
    path = local_path(context.folder, properties["Content"])
    if not path.is_dir():
        raise DeployError(f"{name}: there is no folder {path}")
    context.inventory.layers[layer_arn] = path / "python" if (path / "python").is_dir() else path
    return Resource(layer_arn, {"LayerVersionArn": layer_arn})


def version(context: DeployContext, _name: str, properties: dict[str, Any]) -> Resource:
    """Create an AWS::Lambda::Version: the only version, which is the function itself."""
    function_arn = function_arn_of(context, properties["FunctionName"])
    return Resource(f"{function_arn}:1", {"Version": "1", "FunctionArn": f"{function_arn}:1"})


def alias(context: DeployContext, _name: str, properties: dict[str, Any]) -> Resource:
    """Create an AWS::Lambda::Alias."""
    alias_arn = f"{function_arn_of(context, properties['FunctionName'])}:{properties['Name']}"
    return Resource(alias_arn, {"AliasArn": alias_arn})


def function_arn_of(context: DeployContext, name: str) -> str:
    """The ARN of a function, given by name or ARN."""
    return next(known.arn for known in context.inventory.functions.values() if name in {known.name, known.arn})


def state_machine(context: DeployContext, name: str, properties: dict[str, Any]) -> Resource:
    """Create an AWS::StepFunctions::StateMachine, with its substitutions applied."""
    definition: str = properties.get("DefinitionString") or json.dumps(properties["Definition"])
    for key, value in properties.get("DefinitionSubstitutions", {}).items():
        definition = definition.replace("${" + key + "}", str(value))
    machine_name = properties.get("StateMachineName", physical_name(name))
    machine_arn = arn("states", f"stateMachine:{machine_name}")
    kind = properties.get("StateMachineType", "STANDARD")
    created = StateMachine(machine_name, machine_arn, properties["RoleArn"], definition, kind)
    context.inventory.machines[machine_arn] = created
    return Resource(machine_arn, {"Arn": machine_arn, "Name": machine_name, "StateMachineRevisionId": "INITIAL"})


def add_schedule(
    context: DeployContext, name: str, properties: dict[str, Any], target: dict[str, Any], event: Any
) -> None:
    """Add a schedule to the inventory unless it is disabled. Raises ValueError for an unsupported expression."""
    expression = properties["ScheduleExpression"]
    rate_seconds(expression)  # raises
    if properties.get("State", "ENABLED") == "ENABLED":
        given = json.loads(target["Input"]) if "Input" in target else event
        context.inventory.schedules.append(Schedule(name, expression, target["Arn"], given))


def rule(context: DeployContext, name: str, properties: dict[str, Any]) -> Resource:
    """Create an AWS::Events::Rule with a schedule, whose targets are functions."""
    rule_arn = arn("events", f"rule/{properties.get('Name', physical_name(name))}")
    for target in properties.get("Targets", []):
        event = {"source": "aws.events", "detail-type": "Scheduled Event", "resources": [rule_arn], "detail": {}}
        add_schedule(context, name, properties, target, event)
    return Resource(properties.get("Name", physical_name(name)), {"Arn": rule_arn})


def schedule(context: DeployContext, name: str, properties: dict[str, Any]) -> Resource:
    """Create an AWS::Scheduler::Schedule, whose target is a function."""
    add_schedule(context, name, properties, properties["Target"], {})
    schedule_name = properties.get("Name", physical_name(name))
    return Resource(schedule_name, {"Arn": arn("scheduler", f"schedule/default/{schedule_name}")})


CREATE_HANDLERS: dict[str, CreateHandler] = {
    "AWS::Lambda::Function": function,
    "AWS::Lambda::LayerVersion": layer,
    "AWS::Lambda::Version": version,
    "AWS::Lambda::Alias": alias,
    "AWS::StepFunctions::StateMachine": state_machine,
    "AWS::Events::Rule": rule,
    "AWS::Scheduler::Schedule": schedule,
}
