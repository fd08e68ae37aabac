"""Deep merge, as GitLab does it for includes and `extends`: maps merge, everything else is replaced."""

from pullcord.config.tree import Map


def merge(base: Map, top: Map) -> Map:
    """A new mapping: `base` with `top` over it. Keys of the base keep their position; a null in `top` wins, too."""
    result = base.copied()
    result.spot = top.spot if top.spot is not None else base.spot
    result.update(top)
    result.spots.update(top.spots)
    for key in base.keys() & top.keys():
        below, value = base[key], top[key]
        if type(value) is Map and type(below) is Map:
            result[key] = merge(below, value)
    return result
