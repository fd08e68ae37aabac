"""Configurations of N jobs, the same every time: two-level templates, four rules each, needs, nested variables."""

TEMPLATES = 10
STAGES = 10
HEAD = """\
stages: [{stages}]
variables:
  COLOUR: green
  LABEL: label-$COLOUR
workflow:
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
      when: never
    - if: $CI_COMMIT_BRANCH
    - when: always
default:
  image: alpine:3.20
  tags: [docker]
  before_script: [echo before]
"""
TEMPLATE = """
.base_{number}:
  variables: {{BASE: "{number}", LEVEL: base}}
  retry: 1
  interruptible: true
.template_{number}:
  extends: .base_{number}
  variables: {{LEVEL: template}}
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule" && $NIGHTLY != "{number}"
      when: never
    - if: $CI_COMMIT_TAG =~ /^v\\d+\\.{number}/
      when: manual
      allow_failure: true
    - if: $CI_COMMIT_BRANCH == "main" || $CI_PIPELINE_SOURCE == "trigger"
      variables: {{FROM_RULE: "yes"}}
    - when: on_success
"""
JOB = """
job_{index}:
  extends: .template_{template}
  stage: stage_{stage}{needs}
  variables: {{INDEX: "{index}", NAME: job-$INDEX-$BASE}}
  script:
    - echo run $NAME
    - echo done {index}
"""


def configuration(jobs: int) -> str:
    """A text of about 200 bytes a job."""
    stages = min(STAGES, jobs)
    each = jobs // stages
    texts = [HEAD.format(stages=", ".join(f"stage_{stage}" for stage in range(stages)))]
    texts += [TEMPLATE.format(number=number) for number in range(TEMPLATES)]
    for index in range(jobs):
        stage = min(index // each, stages - 1)
        needs = f"\n  needs: [job_{index - each}, {{job: job_{index - each - (index > each)}, artifacts: false}}]"
        one = f"\n  needs: [job_{index - each}]" if index <= each else needs
        texts.append(JOB.format(index=index, template=index % TEMPLATES, stage=stage, needs=one if stage else ""))
    return "".join(texts)
