"""Deep merge of maps, as GitLab does it for includes and `extends`."""

from pullcord.config.tree import Map


def merge(base: Map, top: Map) -> Map:
    """Merge `top` over `base` into a new mapping: maps are merged, all else is replaced, also by null.

    Keys of the base keep their position.
    """
    result = base.copied()
    result.raw_location = top.raw_location if top.raw_location is not None else base.raw_location
    result.update(top)
    result.raw_locations.update(top.raw_locations)
    for key in base.keys() & top.keys():
        below, value = base[key], top[key]
        if type(value) is Map and type(below) is Map:
            result[key] = merge(below, value)
    return result
