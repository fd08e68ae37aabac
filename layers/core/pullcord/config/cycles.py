"""Strongly connected components, for everything in a configuration that must not go round in circles."""

from collections.abc import Callable, Iterable, Iterator


def components(nodes: Iterable[str], children: Callable[[str], Iterable[str]]) -> Iterator[list[str]]:
    """Each component as soon as it is complete, its members in the order in which they were first met.

    Tarjan's algorithm without recursion, because a chain may be as long as a configuration. The order is the one of
    Ruby's TSort, whose findings GitLab prints. `children` is asked once for each node and may raise.
    """
    search = Search(children)
    for root in nodes:
        if root not in search.numbers:
            search.enter(root)
        while search.path:
            child = search.next_child()
            if child is not None:
                search.enter(child)
            elif component := search.leave():
                yield component


class Search:
    """Where a depth-first walk stands.

    numbers: node → when it was met; lowest: node → the earliest node of its component that it leads to
    path:    the nodes from the root to here, each with the children still to visit
    stack:   nodes met whose component is not complete; height: node → how many were there before it
    """

    __slots__ = ("children", "height", "lowest", "numbers", "path", "stack")

    def __init__(self, children: Callable[[str], Iterable[str]]) -> None:
        self.children = children
        self.numbers: dict[str, int] = {}
        self.lowest: dict[str, int] = {}
        self.height: dict[str, int] = {}
        self.stack: list[str] = []
        self.path: list[tuple[str, Iterator[str]]] = []

    def enter(self, node: str) -> None:
        """Meet a node."""
        self.numbers[node] = self.lowest[node] = len(self.numbers)
        self.height[node] = len(self.stack)
        self.stack.append(node)
        self.path.append((node, iter(self.children(node))))

    def next_child(self) -> str | None:
        """A child of the current node that was not met before; None when there is none left."""
        node, rest = self.path[-1]
        for child in rest:
            if child not in self.numbers:
                return child
            if child in self.height:
                self.lowest[node] = min(self.lowest[node], self.numbers[child])
        return None

    def leave(self) -> list[str]:
        """Go back to the parent; the component that is complete with this node, if any."""
        node, _ = self.path.pop()
        if self.path:
            parent = self.path[-1][0]
            self.lowest[parent] = min(self.lowest[parent], self.lowest[node])
        if self.lowest[node] != self.numbers[node]:
            return []
        start = self.height[node]
        component = self.stack[start:]
        del self.stack[start:]
        for member in component:
            del self.height[member]
        return component
