"""Jobs of the pipeline: `parallel`, selection by conditions, checks between jobs, and the planned result."""
