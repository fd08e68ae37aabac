"""API Gateway's HTTP API in front of the functions, payload format 2.0."""
