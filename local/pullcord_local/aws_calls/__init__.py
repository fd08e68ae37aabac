"""Calls to AWS services as values: what a request asks, how an answer looks, and boto3 clients that stay in this process."""
