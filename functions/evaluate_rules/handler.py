"""First task of CreatePipeline: from a stored request to a plan or a refusal."""

from os import environ

from pullcord import cold_start
from pullcord.aws import environment
from pullcord.aws.commit_cache import Files
from pullcord.aws.directory import Directory
from pullcord.aws.git_credentials import GitCredentials
from pullcord.aws.request_context import Subjects
from pullcord.deadline import deadline
from pullcord.git import Hosts, Policy
from pullcord.usecases.pipelines.evaluate_rules import Outside, evaluate_rules
from pullcord.wire.task import Task

policy = Policy.of(environ["ALLOWED_REMOTES"], environ["GIT_AUTHORITIES"], environ["ALLOWED_GIT_HOSTS"])
hosts = Hosts(policy, Files(environ["OBJECTS_BUCKET"]), GitCredentials(environ["GIT_CREDENTIALS"]).of)
outside = Outside(
    subjects=Subjects(environment.pipelines_table(), environment.requests()),
    directory=Directory(environment.pipelines_table()),
    hosts=hosts,
    peppers=environment.peppers(),
    results=environment.requests(),
    deadline=deadline,
    moment=environment.MOMENT,
    plan_days=int(environ["PLAN_DAYS"]),
)
handle = Task("evaluated", lambda ids: evaluate_rules(ids, outside)).perform
cold_start.done()
