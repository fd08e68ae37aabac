"""Cycles in graphs: strongly connected components, for needs and variables that refer to each other."""

from collections.abc import Callable, Hashable, Iterable, Iterator


def components[Node: Hashable](
    nodes: Iterable[Node], children: Callable[[Node], Iterable[Node]]
) -> Iterator[list[Node]]:
    """Yield each strongly connected component once it is complete, its members in the order of discovery.

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


class Search[Node: Hashable]:
    """State of a depth-first search.

    numbers: node → its number in order of discovery; lowest: node → the lowest number that it leads to
    path:    the nodes from the root to the current one, each with the children still to visit
    stack:   discovered nodes whose component is not complete; height: node → its index in the stack
    """

    __slots__ = ("children", "height", "lowest", "numbers", "path", "stack")

    def __init__(self, children: Callable[[Node], Iterable[Node]]) -> None:
        self.children = children
        self.numbers: dict[Node, int] = {}
        self.lowest: dict[Node, int] = {}
        self.height: dict[Node, int] = {}
        self.stack: list[Node] = []
        self.path: list[tuple[Node, Iterator[Node]]] = []

    def enter(self, node: Node) -> None:
        """Discover a node and make it the current one."""
        self.numbers[node] = self.lowest[node] = len(self.numbers)
        self.height[node] = len(self.stack)
        self.stack.append(node)
        self.path.append((node, iter(self.children(node))))

    def next_child(self) -> Node | None:
        """Return a child of the current node that is not discovered yet; None when there is none."""
        node, rest = self.path[-1]
        for child in rest:
            if child not in self.numbers:
                return child
            if child in self.height:
                self.lowest[node] = min(self.lowest[node], self.numbers[child])
        return None

    def leave(self) -> list[Node]:
        """Return to the parent. The result is the component that is complete with this node, or an empty list."""
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
