"""Conditions of rubrics: a parser to nested tuples, the arithmetic of intervals and three values.

Truth is one of T, F, U (unknown) and N (nothing applicable). A number is None (no value),
UNDEFINED, or (low, high, maybe_undefined) with Fractions, or infinities where a side is open.
"""
import re
from fractions import Fraction

T, F, U, N = "T", "F", "U", "N"
UNDEFINED = "undefined"
INFINITY = float("inf")

TOKEN = re.compile(r"\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?)(?P<percent>\s*%)?"
                   r"|(?P<name>[a-z][a-z0-9_]*)|(?P<op><=|>=|!=|[<>=+\-*/(),]))")
COMPARISONS = ("<", "<=", ">", ">=", "=", "!=")
MIRROR = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


def tokens_of(text):
    text = text.rstrip()
    at, found = 0, []
    while at < len(text):
        token = TOKEN.match(text, at)
        if not token:
            raise ValueError("cannot read %r at %d" % (text, at))
        at = token.end()
        if token["number"]:
            value = Fraction(token["number"])
            found.append(("number", value / 100 if token["percent"] else value))
        elif token["name"]:
            found.append(("name", token["name"]))
        else:
            found.append((token["op"], token["op"]))
    return found + [("end", None)]


class Parser:
    """Recursive descent over the grammar; names stay names and are bound by the evaluator."""

    def __init__(self, text):
        self.tokens = tokens_of(text)
        self.at = 0

    def peek(self):
        return self.tokens[self.at]

    def take(self, kind=None):
        token = self.tokens[self.at]
        if kind and token[0] != kind:
            raise ValueError("expected %r, found %r" % (kind, token[1]))
        self.at += 1
        return token[1]

    def word(self, text):
        if self.peek() == ("name", text):
            self.at += 1
            return True
        return False

    def whole(self):
        tree = self.disjunction()
        self.take("end")
        return tree

    def disjunction(self):
        parts = [self.conjunction()]
        while self.word("or"):
            parts.append(self.conjunction())
        return parts[0] if len(parts) == 1 else ("or", tuple(parts))

    def conjunction(self):
        parts = [self.negation()]
        while self.word("and"):
            parts.append(self.negation())
        return parts[0] if len(parts) == 1 else ("and", tuple(parts))

    def negation(self):
        if self.word("not"):
            return ("not", self.comparison())
        return self.comparison()

    def comparison(self):
        left = self.addition()
        if self.peek()[0] in COMPARISONS:
            operator = self.take()
            return ("compare", operator, left, self.addition())
        return left

    def addition(self):
        tree = self.product()
        while self.peek()[0] in ("+", "-"):
            operator = self.take()
            tree = (operator, tree, self.product())
        return tree

    def product(self):
        tree = self.factor()
        while self.peek()[0] in ("*", "/"):
            operator = self.take()
            tree = (operator, tree, self.factor())
        return tree

    def factor(self):
        kind = self.peek()[0]
        if kind == "number":
            return ("number", self.take())
        if kind == "-":
            self.take()
            return ("negative", self.factor())
        if kind == "(":
            self.take()
            tree = self.disjunction()
            self.take(")")
            return tree
        name = self.take("name")
        if self.peek()[0] == "(":
            return ("call", name, self.arguments())
        return ("name", name)

    def arguments(self):
        self.take("(")
        found = []
        while self.peek()[0] != ")":
            found.append(self.comparison())
            if self.peek()[0] != ")":
                self.take(",")
        self.take(")")
        return tuple(found)


def parse(text):
    return Parser(text).whole()


def conjunction(values):
    values = [value for value in values if value != N]
    if not values:
        return N
    if F in values:
        return F
    return U if U in values else T


def negation(value):
    return {T: F, F: T, U: U, N: N}[value]


def disjunction(values):
    return negation(conjunction([negation(value) for value in values]))


def point(value):
    return (Fraction(value), Fraction(value), False)


def times(a, b):
    """Product of two ends, where nothing times an open end is nothing."""
    return Fraction(0) if a == 0 or b == 0 else a * b


def inverse(low, high):
    """Interval of 1/x over the x in [low, high] that are not zero."""
    def one_over(x):
        return Fraction(0) if x in (INFINITY, -INFINITY) else 1 / x
    if low < 0 < high:
        return -INFINITY, INFINITY
    if low == 0:
        return one_over(high), INFINITY
    if high == 0:
        return -INFINITY, one_over(low)
    return one_over(high), one_over(low)


def arithmetic(operator, a, b):
    """One step of interval arithmetic: no value wins over undefined, undefined over numbers."""
    if a is None or b is None:
        return None
    if a == UNDEFINED or b == UNDEFINED:
        return UNDEFINED
    maybe = a[2] or b[2]
    if operator == "+":
        return (a[0] + b[0], a[1] + b[1], maybe)
    if operator == "-":
        return (a[0] - b[1], a[1] - b[0], maybe)
    low, high = b[0], b[1]
    if operator == "/":
        if low == 0 and high == 0:
            return UNDEFINED
        maybe = maybe or low <= 0 <= high
        low, high = inverse(low, high)
    ends = [times(x, y) for x in a[:2] for y in (low, high)]
    return (min(ends), max(ends), maybe)


def compare_intervals(operator, a, b):
    """Truth of `a operator b` for plain intervals (low, high)."""
    if operator in ("<", "<="):
        return compare_intervals(MIRROR[operator], b, a)
    if operator == ">=":
        return T if a[0] >= b[1] else F if a[1] < b[0] else U
    if operator == ">":
        return T if a[0] > b[1] else F if a[1] <= b[0] else U
    if operator == "!=":
        return negation(compare_intervals("=", a, b))
    if a[0] == a[1] == b[0] == b[1]:
        return T
    return F if a[1] < b[0] or b[1] < a[0] else U


def compare(operator, a, b):
    """Truth of a comparison of two numbers, with what has no value or is undefined."""
    if a is None or b is None:
        return N
    if a == UNDEFINED or b == UNDEFINED:
        return F
    truth = compare_intervals(operator, a, b)
    return U if truth == T and (a[2] or b[2]) else truth
