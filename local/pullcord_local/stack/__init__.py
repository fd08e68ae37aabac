"""CloudFormation: templates with their functions and conditions, and a create handler for each resource type."""
