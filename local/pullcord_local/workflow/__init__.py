"""Step Functions: Express state machines, run by moto's interpreter under their own roles."""
