"""Routes: from method and path to an operation. Parameters and JSON are of `wire`, rules and effects of `usecases`."""
