"""What a regular expression costs: the steps that a backtracking matcher makes, which do not depend on the machine.

`re` counts nothing and can be interrupted by nothing. So its own parser reads the pattern here, and the plainest matcher
walks through it. It is slower than `re` by a constant, and tries the same alternatives in the same order.
"""

import re._constants as op
import re._parser as parser
import unicodedata
from collections.abc import Iterator
from re import RegexFlag

CATEGORIES = {
    op.CATEGORY_DIGIT: str.isdecimal,
    op.CATEGORY_SPACE: str.isspace,
    op.CATEGORY_WORD: lambda character: character.isalnum() or character == "_",
    op.CATEGORY_NOT_DIGIT: lambda character: not character.isdecimal(),
    op.CATEGORY_NOT_SPACE: lambda character: not character.isspace(),
    op.CATEGORY_NOT_WORD: lambda character: not (character.isalnum() or character == "_"),
}
REPEATS = {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}


class TooManySteps(Exception):
    """A search that costs more than it may."""


class Matcher:
    """A pattern with a count of steps. text: Latin-1 for patterns of bytes."""

    def __init__(self, pattern, flags=0, most=200_000):
        text = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
        self.tree = parser.parse(text, flags)
        self.flags, self.most, self.steps = self.tree.state.flags, most, 0

    def cost(self, text: str, *, everywhere: bool) -> int:
        """The steps of one match at the start, or of a search from every place on after a match or a failure."""
        self.text, self.steps, position = text, 0, 0
        while position <= len(text):
            self.groups = {}
            end = next(self.sequence(list(self.tree), 0, position), None)
            if not everywhere:
                break
            position = max(end or 0, position + 1)
        return self.steps

    def sequence(self, items, index, position) -> Iterator[int]:
        """Where a match of the items from `index` on may end, in the order in which `re` tries."""
        if index == len(items):
            yield position
            return
        for end in self.item(*items[index], position):
            yield from self.sequence(items, index + 1, end)

    def item(self, kind, argument, position) -> Iterator[int]:
        self.steps += 1
        if self.steps > self.most:
            raise TooManySteps
        if kind in REPEATS:
            yield from self.repeat(kind, *argument, position)
        elif kind is op.BRANCH:
            for branch in argument[1]:
                yield from self.sequence(list(branch), 0, position)
        elif kind is op.SUBPATTERN:
            for end in self.sequence(list(argument[3]), 0, position):
                self.groups[argument[0]] = self.text[position:end]
                yield end
        elif kind is op.ATOMIC_GROUP:
            yield from self.first(list(argument), position)
        else:
            yield from self.place(kind, argument, position)

    def place(self, kind, argument, position) -> Iterator[int]:
        """A single character, or a condition on where a match may go on."""
        if kind in {op.ASSERT, op.ASSERT_NOT}:
            ahead = argument[0] > 0
            start = position if ahead else position - argument[1].getwidth()[0]
            found = start >= 0 and next(self.sequence(list(argument[1]), 0, start), None) is not None
            if found == (kind is op.ASSERT):
                yield position
        elif kind is op.GROUPREF:
            if self.text.startswith(group := self.groups.get(argument, "\0"), position):
                yield position + len(group)
        elif kind is op.AT:
            if self.at(argument, position):
                yield position
        elif position < len(self.text) and self.character(kind, argument, self.text[position]):
            yield position + 1

    def first(self, items, position) -> Iterator[int]:
        end = next(self.sequence(items, 0, position), None)
        if end is not None:
            yield end

    def repeat(self, kind, low, high, items, position) -> Iterator[int]:
        """Greedy: as often as possible first. Lazy: as seldom. Possessive: once and for all."""
        items = list(items)
        if kind is op.POSSESSIVE_REPEAT:
            yield from self.first([(op.MAX_REPEAT, (low, high, items))], position)
            return
        # Depth first without recursion: each level is one more repetition, with the ends that it may still have.
        levels, ends = [], [position]
        if kind is op.MIN_REPEAT and low == 0:
            yield position
        levels.append(self.sequence(items, 0, position) if high else iter(()))
        while levels:
            end = next(levels[-1], None)
            if end is not None and end > ends[-1]:
                ends.append(end)
                if kind is op.MIN_REPEAT and len(levels) >= low:
                    yield end
                more = high is op.MAXREPEAT or len(levels) < high
                levels.append(self.sequence(items, 0, end) if more else iter(()))
                continue
            if end is not None:
                continue
            levels.pop()
            place = ends.pop()
            if kind is op.MAX_REPEAT and len(levels) >= low:
                yield place

    def at(self, kind, position) -> bool:
        text, many = self.text, self.flags & RegexFlag.MULTILINE
        if kind in {op.AT_BEGINNING, op.AT_BEGINNING_STRING}:
            return position == 0 or (many and kind is op.AT_BEGINNING and text[position - 1] == "\n")
        if kind is op.AT_END_STRING:
            return position == len(text)
        if kind is op.AT_END:
            return position == len(text) or (text[position] == "\n" and (many or position == len(text) - 1))
        sides = [
            0 <= place < len(text) and CATEGORIES[op.CATEGORY_WORD](text[place]) for place in (position - 1, position)
        ]
        return (sides[0] != sides[1]) == (kind is op.AT_BOUNDARY)

    def character(self, kind, argument, character) -> bool:
        if kind is op.ANY:
            return bool(self.flags & RegexFlag.DOTALL) or character != "\n"
        if kind is op.CATEGORY:
            return CATEGORIES[argument](character)
        if kind is op.RANGE:
            return argument[0] <= ord(character) <= argument[1]
        if kind is op.IN:
            negated = argument[0][0] is op.NEGATE
            return any(self.character(*member, character) for member in argument[negated:]) != negated
        codes = {ord(character)}
        if self.flags & RegexFlag.IGNORECASE:
            codes |= {ord(other) for other in (character.lower(), character.upper()) if len(other) == 1}
        return (argument in codes) == (kind is op.LITERAL)


def alphabet(tree) -> list[str]:
    """One character for each thing that the pattern tells apart."""
    found: dict[str, None] = {}
    for kind, argument in tree:
        if kind in {op.LITERAL, op.NOT_LITERAL}:
            found |= dict.fromkeys(chr(argument) if kind is op.LITERAL else f"x{chr(argument)}")
        elif kind is op.RANGE:
            found[chr(argument[0])] = None
        elif kind is op.CATEGORY:
            found |= dict.fromkeys(character for character in "a0 -" if CATEGORIES[argument](character))
        elif kind is op.IN:
            found |= dict.fromkeys(alphabet(argument))
        elif kind in {op.ANY, op.NEGATE}:
            found["x"] = None
        elif kind in REPEATS:
            found |= dict.fromkeys(alphabet(argument[2]))
        elif kind is op.BRANCH:
            found |= {character: None for branch in argument[1] for character in alphabet(branch)}
        elif kind is op.SUBPATTERN:
            found |= dict.fromkeys(alphabet(argument[3]))
        elif kind is op.ATOMIC_GROUP:
            found |= dict.fromkeys(alphabet(argument))
        elif kind in {op.ASSERT, op.ASSERT_NOT}:
            found |= dict.fromkeys(alphabet(argument[1]))
    return [character for character in found if unicodedata.category(character) != "Cs"]


def sample(tree) -> str:
    """A short text that the pattern is likely to match, as the beginning of hostile ones."""
    made = ""
    for kind, argument in tree:
        if kind in REPEATS:
            made += sample(argument[2]) * min(argument[0], 50)
        elif kind is op.BRANCH:
            made += sample(argument[1][0])
        elif kind is op.SUBPATTERN:
            made += sample(argument[3])
        elif kind is op.ATOMIC_GROUP:
            made += sample(argument)
        elif kind not in {op.AT, op.ASSERT, op.ASSERT_NOT, op.GROUPREF}:
            made += (alphabet([(kind, argument)]) or ["a"])[0]
    return made


def hostile(tree) -> Iterator[tuple[str, str, str]]:
    """Beginnings, words to be repeated and endings."""
    letters = alphabet(tree)[:10]
    words = [*letters, *(one + other for one in letters[:6] for other in letters[:6] if one != other)]
    items = list(tree)
    starts = dict.fromkeys(
        ["", *(sample(items[:count]) for count in range(1, len(items)) if items[count][0] in REPEATS)]
    )
    for start in starts:
        for word in words or ["a"]:
            for end in ("", "\x01"):
                yield start, word, end
