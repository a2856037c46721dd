"""A question to who sits at the terminal, before something is done that can't be undone."""

from __future__ import annotations

import sys

import click


def can_ask() -> bool:
    """Tell whether somebody sees a question and can answer it: a script goes on as it always did."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def agrees_to(question: str) -> bool:
    """Ask on standard error; whatever is no yes is a no.

    ``click.confirm`` makes Ctrl-C an error of its own, and may write to standard output, where JSON may go.
    """
    click.echo(f"{question} [y/N] ", nl=False, err=True)
    answer = b""
    try:
        answer = sys.stdin.buffer.readline()  # bytes: a slip of the hand may be no UTF-8
    finally:
        if not answer.endswith(b"\n"):  # Ctrl-C, Ctrl-D: what is said next has a line of its own
            click.echo(err=True)
    return answer.strip().lower() in (b"y", b"yes")
