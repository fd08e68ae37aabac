"""A module of a layer."""

MARK = "from the layer"
