"""Groups around centres: every member is like its centre, so that no chain of likenesses runs them together.

This is the star algorithm (Aslam, Pelekhov, Rus 1998), told for one node at a time. The node that is most like those
near it is the centre of a group; who is near a centre is none. Every other node belongs to the centre that it is most
like. What group a node is in depends on the nodes near it, and on those near them where they are denser, and not on the
order in which anything came: so it can be told of one without looking at all.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Generic, TypeVar

Node = TypeVar("Node", bound=Hashable)


class Stars(Generic[Node]):
    """Tells the groups of nodes.

    >>> likeness = {"a": {"b": 0.9}, "b": {"a": 0.9, "c": 0.8}, "c": {"b": 0.8, "d": 0.7}, "d": {"c": 0.7}}
    >>> stars = Stars(likeness.__getitem__, str)
    >>> stars.group_of("a"), stars.group_of("d")
    (['b', 'a', 'c'], ['d'])

    Args:
        near: gives the nodes that are like one, with how much they are; the same from both sides.
        order: gives what sorts nodes that are equally dense; no two nodes have the same.
    """

    def __init__(self, near: Callable[[Node], Mapping[Node, float]], order: Callable[[Node], object]) -> None:
        self._near = near
        self._order = order
        self._centres: dict[Node, bool] = {}
        self._ranks: dict[Node, tuple[float, object]] = {}

    def group_of(self, node: Node) -> list[Node]:
        """Return the group of a node: its centre, then the others by how much they are like it."""
        centre = self.centre_of(node)
        near = self._near(centre)
        members = [each for each in near if self.centre_of(each) == centre]
        return [centre, *sorted(members, key=lambda each: (-near[each], self._order(each)))]

    def centre_of(self, node: Node) -> Node:
        """Return the centre of a node's group, which may be the node itself."""
        if self._is_centre(node):
            return node
        near = self._near(node)
        return min(filter(self._is_centre, near), key=lambda each: (-near[each], self._rank(each)))

    def _rank(self, node: Node) -> tuple[float, object]:
        """Return what sorts the densest node first."""
        if node not in self._ranks:
            self._ranks[node] = (-round(sum(self._near(node).values()), 6), self._order(node))
        return self._ranks[node]

    def _is_centre(self, node: Node) -> bool:
        """Tell whether no denser node near it is a centre; those are asked first, without recursion."""
        waiting = [node]
        while node not in self._centres:
            asked = waiting[-1]
            denser = self._denser(asked)
            unknown = [each for each in denser if each not in self._centres]
            is_taken = any(self._centres.get(each, False) for each in denser)
            if unknown and not is_taken:
                waiting.append(unknown[0])
            else:
                self._centres[asked] = not is_taken
                waiting.pop()
        return self._centres[node]

    def _denser(self, node: Node) -> list[Node]:
        mine = self._rank(node)
        return sorted((each for each in self._near(node) if self._rank(each) < mine), key=self._rank)
