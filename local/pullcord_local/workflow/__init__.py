"""Step Functions: Express state machines, run by moto's interpreter as their own role."""
