"""DynamoDB as it is on AWS where moto's differs: isolation, limits, expiry."""
