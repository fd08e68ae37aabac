"""First task of CreatePipeline: from a stored request to a plan or a refusal."""

from os import environ

from pullcord import cold_start
from pullcord.aws import environment
from pullcord.aws.commit_cache import CommitCache
from pullcord.aws.directory import Directory
from pullcord.aws.git_credentials import GitCredentials
from pullcord.aws.request_context import RequestContextReader
from pullcord.deadline import deadline
from pullcord.git import GitHosts, Policy
from pullcord.usecases.pipelines.evaluate_rules import EvaluateDeps, evaluate_rules
from pullcord.wire.task import Task

policy = Policy.of(environ["ALLOWED_REMOTES"], environ["GIT_AUTHORITIES"], environ["ALLOWED_GIT_HOSTS"])
hosts = GitHosts(policy, CommitCache(environ["OBJECTS_BUCKET"]), GitCredentials(environ["GIT_CREDENTIALS"]).of)
deps = EvaluateDeps(
    contexts=RequestContextReader(environment.pipelines_table(), environment.requests()),
    directory=Directory(environment.pipelines_table()),
    hosts=hosts,
    peppers=environment.peppers(),
    results=environment.requests(),
    deadline=deadline,
    runtime=environment.RUNTIME,
    plan_days=int(environ["PLAN_DAYS"]),
)
handle = Task("evaluated", lambda ids: evaluate_rules(ids, deps)).perform
cold_start.done()
