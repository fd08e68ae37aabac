"""The embedded cloud, composed of its services, and the deployment of a template into it."""
