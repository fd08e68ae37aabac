"""The template's expressions, and the messages for templates that cannot be deployed."""

import pytest

from pullcord_local.inventory import Inventory
from pullcord_local.stack.context import DeployContext
from pullcord_local.stack.intrinsics import resolve
from pullcord_local.stack.resources import create_resource
from pullcord_local.stack.scope import DeployError, Resource
from pullcord_local.stack.stack import Stack


def make(kind, name, properties):
    if kind == "Unknown":
        raise DeployError(f"{name}: no such type")
    return Resource(f"id-of-{name}", {"Arn": f"arn-of-{name}", "Echo": str(properties)})


def stack(resources=None, **parts):
    given = parts.pop("given", {})
    return Stack({"Resources": resources or {"R": {"Type": "T"}}, **parts}, given, make)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ({"Ref": "Name"}, "x"),
        ({"Ref": "List"}, ["a", "b"]),
        ({"Ref": "R"}, "id-of-R"),
        ({"Ref": "AWS::Region"}, "eu-central-1"),
        ({"Fn::GetAtt": ["R", "Arn"]}, "arn-of-R"),
        ({"Fn::GetAtt": "R.Arn"}, "arn-of-R"),
        ({"Fn::Sub": "${Name}-${R.Arn}-${AWS::AccountId}-${!Name}"}, "x-arn-of-R-123456789012-${Name}"),
        ({"Fn::Sub": ["${Own}-${Name}", {"Own": {"Ref": "R"}}]}, "id-of-R-x"),
        ({"Fn::Join": ["-", ["a", {"Ref": "Name"}, {"Ref": "AWS::NoValue"}]]}, "a-x"),
        ({"Fn::Join": ["-", {"Ref": "List"}]}, "a-b"),
        ({"Fn::Select": ["1", {"Fn::Split": ["/", "a/b/c"]}]}, "b"),
        ({"Fn::If": ["Yes", 1, 2]}, 1),
        ({"a": {"Fn::If": ["No", 1, {"Ref": "AWS::NoValue"}]}, "b": 2}, {"b": 2}),
        ({"Fn::If": ["Mixed", 1, 2]}, 1),
        ({"Fn::FindInMap": ["Sizes", {"Ref": "Name"}, "Memory"]}, 256),
        ({"Fn::Base64": "a"}, "YQ=="),
        ({"Fn::ToJsonString": {"a": {"Ref": "Name"}}}, '{"a":"x"}'),
    ],
)
def test_an_expression_has_its_value(expression, value):
    parameters = {
        "Name": {"Type": "String", "Default": "x"},
        "List": {"Type": "CommaDelimitedList", "Default": "a, b"},
        "Count": {"Type": "Number", "Default": 3},
    }
    conditions = {
        "Yes": {"Fn::Equals": [{"Ref": "Count"}, "3"]},
        "No": {"Fn::Not": [{"Condition": "Yes"}]},
        "Mixed": {"Fn::And": [{"Condition": "Yes"}, {"Fn::Or": [{"Condition": "No"}, {"Fn::Equals": ["a", "a"]}]}]},
    }
    mappings = {"Sizes": {"x": {"Memory": 256}}}
    scope = stack(Parameters=parameters, Conditions=conditions, Mappings=mappings)
    assert resolve(expression, scope) == value


@pytest.mark.parametrize(
    ("resources", "message"),
    [
        ({"R": {"Type": "Unknown"}}, "R: no such type"),
        ({"R": {"Type": "T", "Properties": {"p": {"Ref": "Missing"}}}}, "no resource Missing"),
        (
            {"R": {"Type": "T", "Properties": {"p": {"Fn::GetAtt": ["S", "Missing"]}}}, "S": {"Type": "T"}},
            "S has no attribute",
        ),
        ({"R": {"Type": "T", "Properties": {"p": {"Fn::Cidr": []}}}}, "Fn::Cidr is not supported"),
        ({"R": {"Type": "T", "Properties": {"p": "{{resolve:ssm:x}}"}}}, "dynamic references"),
        ({"R": {"Type": "T", "Properties": {"p": {"Ref": "S"}}}, "S": {"Type": "T", "DependsOn": "R"}}, "R → S → R"),
        ({"R": {"Type": "T", "Condition": "Missing"}}, "no condition Missing"),
    ],
)
def test_a_deployment_that_fails_names_the_reason(resources, message):
    with pytest.raises(DeployError, match=message):
        stack(resources).deploy()


@pytest.mark.parametrize(
    ("declared", "given", "message"),
    [
        ({}, {"Missing": "x"}, "no parameter Missing"),
        ({"P": {"Type": "String"}}, {}, "neither a value nor a default"),
        ({"P": {"Type": "String", "AllowedValues": ["a"]}}, {"P": "b"}, "is not one of"),
        ({"P": {"Type": "String", "AllowedPattern": "a+"}}, {"P": "b"}, "does not match"),
        ({"P": {"Type": "Number"}}, {"P": "b"}, "is not a number"),
        ({"P": {"Type": "Number", "MinValue": 2, "MaxValue": 4}}, {"P": "1"}, "1 is not between 2 and 4"),
        ({"P": {"Type": "Number", "MinValue": 2}}, {"P": "1"}, "1 is not between 2 and inf"),
        ({"P": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "x"}}, {}, "is not supported"),
    ],
)
def test_parameters_are_checked(declared, given, message):
    with pytest.raises(DeployError, match=message):
        stack(Parameters=declared, given=given)


@pytest.mark.parametrize(
    ("one", "other", "broken"), [("x", "", True), ("x", "y", False), ("", "", False), ("", "y", False)]
)
def test_parameters_that_do_not_go_together_are_refused(one, other, broken):
    declared = {name: {"Type": "String", "Default": value} for name, value in (("One", one), ("Other", other))}
    given = {name: {"Fn::Not": [{"Fn::Equals": [{"Ref": name}, ""]}]} for name in declared}
    assertion = {"Assert": given["Other"], "AssertDescription": "One wants an Other."}
    declaration = stack(Parameters=declared, Rules={"Pair": {"RuleCondition": given["One"], "Assertions": [assertion]}})
    if broken:
        with pytest.raises(DeployError, match=r"One wants an Other\."):
            declaration.deploy()
    else:
        declaration.deploy()


def test_resources_and_outputs_whose_condition_fails_are_left_out():
    resources = {"R": {"Type": "T", "Condition": "No"}, "S": {"Type": "T"}}
    outputs = {"R": {"Value": {"Ref": "R"}, "Condition": "No"}, "S": {"Value": {"Ref": "S"}}}
    deployed = stack(resources, Conditions={"No": {"Fn::Equals": ["a", "b"]}}, Outputs=outputs)
    deployed.deploy()
    assert list(deployed.resources) == ["S"]
    assert deployed.outputs == {"S": "id-of-S"}


@pytest.mark.parametrize(
    ("kind", "properties", "message"),
    [
        ("AWS::Kinesis::Stream", {}, "does not know the resource type AWS::Kinesis::Stream"),
        ("AWS::ApiGatewayV2::Api", {}, "without an OpenAPI body"),
        ("AWS::ApiGatewayV2::Api", {"Body": {"x-amazon-apigateway-cors": {}}}, "CORS"),
        ("AWS::ApiGatewayV2::Stage", {"StageName": "v1"}, "only the stage"),
        (
            "AWS::IAM::Role",
            {"ManagedPolicyArns": ["arn:aws:iam::aws:policy/AdministratorAccess"]},
            "are not known here",
        ),
        (
            "AWS::IAM::Role",
            {"Policies": [{"PolicyDocument": {"Statement": {"Condition": {"IpAddress": {}}}}}]},
            "IpAddress are not supported",
        ),
        ("AWS::Lambda::LayerVersion", {"Content": {"S3Key": "missing"}}, "there is no folder"),
    ],
)
def test_an_unsupported_resource_fails_the_deployment(tmp_path, kind, properties, message):
    with pytest.raises(DeployError, match=message):
        create_resource(DeployContext(tmp_path, Inventory()), kind, "R", properties)


def test_resources_have_the_properties_of_the_template(service, operator, outputs):
    described = operator("dynamodb").describe_time_to_live(TableName=outputs["Things"])["TimeToLiveDescription"]
    assert described == {"AttributeName": "ttl", "TimeToLiveStatus": "ENABLED"}
    secrets = operator("secretsmanager")
    generated = secrets.get_secret_value(SecretId=outputs["Pepper"])["SecretString"]
    assert generated.startswith('{"version": 1, "pepper": "')
    assert secrets.get_secret_value(SecretId=outputs["Given"])["SecretString"] == "hello"
    assert service.cloud.inventory.machines[outputs["Flow"]].kind == "EXPRESS"
    assert "${" not in service.cloud.inventory.machines[outputs["Flow"]].definition
