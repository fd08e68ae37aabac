"""The environment variables of a function's process.

Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
"""

import sysconfig
from collections.abc import Mapping

from pullcord_local.account import REGION
from pullcord_local.iam.identities import Session
from pullcord_local.inventory import Function


def variables(function: Function, session: Session, endpoint: str) -> Mapping[str, str]:
    """All environment variables of the process: Lambda's own, then the template's, none of the caller's.

    This interpreter's site-packages take the place of the runtime and of the third-party layer; the other layers
    are the template's folders.
    """
    site_packages = sysconfig.get_path("purelib")
    return {
        "AWS_ACCESS_KEY_ID": session.access_key,
        "AWS_SECRET_ACCESS_KEY": session.secret_key,
        "AWS_SESSION_TOKEN": session.token,
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ENDPOINT_URL": endpoint,
        # StartSyncExecution's host would be sync-127.0.0.1
        "AWS_DISABLE_HOST_PREFIX_INJECTION": "true",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_EXECUTION_ENV": "AWS_Lambda_python3.13",
        "AWS_LAMBDA_FUNCTION_NAME": function.name,
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory),
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_LAMBDA_LOG_GROUP_NAME": function.logging.get("LogGroup", f"/aws/lambda/{function.name}"),
        "AWS_LAMBDA_LOG_FORMAT": function.logging.get("LogFormat", "Text"),
        "AWS_LAMBDA_LOG_STREAM_NAME": "local",
        "LAMBDA_TASK_ROOT": str(function.code),
        "_HANDLER": function.handler,
        "LANG": "en_US.UTF-8",
        "PATH": "/usr/local/bin:/usr/bin/:/bin",
        "PYTHONPATH": ":".join([str(function.code), *map(str, function.layers), site_packages]),
        "PYTHONUNBUFFERED": "1",
        "TZ": ":UTC",
        **function.environment,
    }
