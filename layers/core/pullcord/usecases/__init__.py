"""Use cases by noun: one file per operation or small family of operations. Effects only through the ports."""
