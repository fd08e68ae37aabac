"""Runtime, peppers, tokens, requests, pipelines and lists in memory: fakes of the ports in `usecases.ports`."""

from copy import replace
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from pullcord.access import User
from pullcord.peppers import Keyring
from pullcord.projects import Project
from pullcord.requests import RECORDED, FirstCall
from pullcord.times import Runtime

START = datetime(2026, 3, 1, 10, 20, 30, 456000, tzinfo=UTC)
NOW = "2026-03-01T10:20:30.456Z"
TODAY = "2026-03-01"
SHA = "3f786850e387550fdab836ed7e6dc881de23001b"

ROOT = User(1, "root", "Administrator", admin=True)
ADA = User(5, "ada", "Ada Example")
WIDGETS = Project(7, "Widgets", "widgets", 3, "acme", "https://git.example.test/widgets.git")


def blocked(user):
    return replace(user, state="blocked")


class Time:
    """A clock that only `sleep` moves, and a random source that never repeats a value."""

    def __init__(self):
        self.now = START
        self.calls = 0
        self.runtime = Runtime(lambda: self.now, self.random, self.sleep)

    def random(self, size):
        self.calls += 1
        return self.calls.to_bytes(size)

    def sleep(self, seconds):
        self.now += timedelta(seconds=seconds)


class Peppers:
    """Two peppers, as after a rotation."""

    def __init__(self, *secrets):
        self.ring = Keyring(secrets or ("new pepper", "old pepper"))

    def keyring(self):
        return self.ring

    def seal(self, plain, bound_to, nonce):
        return self.ring.seal(plain, bound_to, nonce)

    def open(self, sealed, bound_to):
        return self.ring.open(sealed, bound_to)


@dataclass
class TokenRecords:
    """Token records by digest."""

    records: dict = field(default_factory=dict)

    def find(self, digests):
        return next((self.records[digest] for digest in digests if digest in self.records), None)

    def add_record(self, token, record, peppers):
        self.records[peppers.keyring().digests(token)[0]] = record


@dataclass
class TriggerTokens(TokenRecords):
    """Trigger tokens by project and id, with their records. deleted: a log of deletions."""

    stored: dict = field(default_factory=dict)
    deleted: list = field(default_factory=list)

    def add_trigger(self, trigger, digests):
        self.stored[trigger.project_id, trigger.id] = trigger
        self.records |= {digest.key: trigger.record for digest in digests}

    def trigger(self, project_id, trigger_id):
        return self.stored.get((project_id, trigger_id))

    def triggers(self, project_id):
        return [trigger for (project, _), trigger in self.stored.items() if project == project_id]

    def describe(self, trigger, description, now):
        if (trigger.project_id, trigger.id) not in self.stored:
            return None
        changed = replace(trigger, description=description, updated_at=now)
        self.stored[trigger.project_id, trigger.id] = changed
        return changed

    def revoke(self, trigger):
        del self.stored[trigger.project_id, trigger.id]

    def delete_of_project(self, project_id):
        self.deleted.append(f"triggers of project {project_id}")
        self.stored = {key: trigger for key, trigger in self.stored.items() if trigger.project_id != project_id}

    def delete_of_owner(self, user_id):
        self.deleted.append(f"triggers of user {user_id}")
        self.stored = {key: trigger for key, trigger in self.stored.items() if trigger.owner_id != user_id}


@dataclass
class PersonalTokens(TokenRecords):
    """Personal access tokens by id, with their records. deleted: a log of deletions."""

    stored: dict = field(default_factory=dict)
    deleted: list = field(default_factory=list)

    def add(self, token, digests):
        self.stored[token.id] = token
        self.records |= {digest.key: token.record for digest in digests}

    def replace(self, token, digests):
        self.records = {key: record for key, record in self.records.items() if record.token_id != token.id}
        self.add(token, digests)

    def token(self, token_id):
        return self.stored.get(token_id)

    def of_user(self, user_id):
        return [token for token in self.stored.values() if token.user_id == user_id]

    def of_all(self):
        return iter(self.stored.values())

    def revoke(self, token):
        before = self.stored[token.id]
        self.stored[token.id] = replace(before, revoked=True)
        return not before.revoked

    def rotate(self, old, new, digests):
        if not self.revoke(old):
            return False
        self.add(new, digests)
        return True

    def delete_all(self, user_id):
        self.deleted.append(f"personal tokens of user {user_id}")
        self.stored = {key: token for key, token in self.stored.items() if token.user_id != user_id}


@dataclass
class Requests:
    """Stored requests, first calls by key, and plans or refusals by request. planned: ids of requests with plans."""

    stored: dict = field(default_factory=dict)
    first_calls: dict = field(default_factory=dict)
    results: dict = field(default_factory=dict)
    planned: list = field(default_factory=list)

    def store_request(self, request, params, key, now):
        first = self.first_calls.get(key.key) if key else None
        if first and (first.outcome is None or first.outcome["outcome"] == RECORDED):
            return first
        self.stored[request.id] = (request, params, key)
        if key:
            self.first_calls[key.key] = FirstCall(request.id, key.fingerprints, now)
        return None

    def request(self, request_id):
        return self.stored[request_id][0] if request_id in self.stored else None

    def first(self, key):
        return self.first_calls.get(key)

    def store_outcome(self, key, request_id, outcome):
        if self.first_calls[key].request_id == request_id:
            self.first_calls[key] = replace(self.first_calls[key], outcome=outcome)

    def plan(self, request_id, plan, ends_at):
        self.results[request_id] = plan
        self.planned.append(request_id)
        return True

    def refuse(self, request_id, refusal, now):
        self.results[request_id] = refusal
        return True

    def result(self, request_id):
        return self.results.get(request_id, {})


@dataclass
class Pipelines:
    """Recorded pipelines by id, and their jobs. The first pipeline of an id stays."""

    stored: dict = field(default_factory=dict)
    all_jobs: list = field(default_factory=list)

    def record(self, pipeline, jobs, now):
        if pipeline.id not in self.stored:
            self.all_jobs += jobs
        return self.stored.setdefault(pipeline.id, pipeline)

    def get(self, project_id, pipeline_id):
        pipeline = self.stored.get(pipeline_id)
        return pipeline if pipeline and pipeline.project_id == project_id else None

    def newest(self, project_id):
        pipelines = sorted(self.stored.values(), key=lambda pipeline: pipeline.id, reverse=True)
        return (pipeline for pipeline in pipelines if pipeline.project_id == project_id)

    def many(self, project_id, pipeline_ids):
        return {number: pipeline for number in pipeline_ids if (pipeline := self.get(project_id, number))}

    def jobs(self, project_id, first, last, *, descending):
        jobs = [job for job in self.all_jobs if job.project_id == project_id and first <= job.id <= last]
        return iter(jobs[::-1] if descending else jobs)

    def jobs_of(self, pipeline):
        return [job for job in self.all_jobs if job.pipeline_id == pipeline.id]

    def job(self, project_id, job_id):
        job = next((job for job in self.all_jobs if (job.project_id, job.id) == (project_id, job_id)), None)
        pipeline = self.get(project_id, job.pipeline_id) if job else None
        return (pipeline, job) if job and pipeline else None

    def last_used(self, project_id, trigger_id):
        times = [pipeline.created_at for pipeline in self.newest(project_id) if pipeline.trigger_id == trigger_id]
        return times[0] if times else None
