"""CloudFormation in the small: the template, its functions and conditions, and a maker for each resource type."""
