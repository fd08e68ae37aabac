"""Tables, secrets, objects and the workflow: the only room that knows boto3."""
