"""Deep merge, as GitLab does it for includes and `extends`: maps merge, everything else is replaced."""

from pullcord.config.tree import Map


def merge(base: Map, top: Map) -> Map:
    """A new mapping: `base` with `top` over it. Keys of the base keep their position; a null in `top` wins, too."""
    result = base.copied()
    result.spot = top.spot if top.spot is not None else base.spot
    for key, value in top.items():
        below = result.get(key)
        if type(value) is Map and type(below) is Map:
            result[key] = merge(below, value)
        else:
            result[key] = value
        result.spots[key] = top.spots.get(key)
    return result
