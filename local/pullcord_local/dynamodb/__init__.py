"""DynamoDB on moto's tables, corrected where moto differs from AWS: isolation, limits, expiry."""
