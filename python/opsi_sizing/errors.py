"""What is raised where something from outside is wrong."""

from __future__ import annotations


class InputError(ValueError):
    """An input that is not allowed: the message is one sentence, the parts of it are attributes.

    >>> import opsi_sizing as sizing
    >>> try:
    ...     sizing.plan(clients=-5)
    ... except sizing.InputError as error:
    ...     print(error)
    ...     print(error.key, error.found)
    clients: not allowed; found -5; allowed: a whole number of clients from 0 to 10000000
    clients -5
    """

    file: str | None
    """The file it stands in, or None."""
    line: int | None
    """The line of the file, counted from 1."""
    column: int | None
    """The column of that line, counted from 1."""
    key: str | None
    """The argument, the key of the file or the column of the data."""
    row: int | tuple[int, ...] | None
    """Of arrays and frames: the row, counted from 0; of several dimensions the index."""
    problem: str
    """What is wrong, without place, value and remedy."""
    found: str | None
    """The value that was found."""
    allowed: str | None
    """What is allowed instead."""

    def __init__(self, *args: object) -> None:
        # Of the object, not of the class: Ray's errors inherit from this class and look up in it what they do not have.
        super().__init__(*args)
        self.file = self.line = self.column = self.key = self.row = self.found = self.allowed = None
        self.problem = ""


def refused(key: str, problem: str, found: object = None, allowed: str | None = None) -> InputError:
    """The error for what is refused on Python's side, in the form of the library's."""
    text = f"{key}: {problem}"
    text += "" if found is None else f"; found {found}"
    text += "" if allowed is None else f"; allowed: {allowed}"
    error = InputError(text)
    error.key, error.problem, error.allowed = key, problem, allowed
    error.found = None if found is None else str(found)
    return error
