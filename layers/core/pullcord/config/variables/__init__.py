"""CI/CD variables: predefined ones, precedence between layers, and expansion."""
