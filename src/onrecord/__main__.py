"""Where ``onrecord`` and ``python -m onrecord`` begin: the command line, and an interrupt while it is still loading."""

from __future__ import annotations

import sys

_INTERRUPTED = 130  # `cli.ending` has it too, but is only loaded with the rest


def main() -> None:
    """Run the command line; Ctrl-C ends it in one line from its first moment on."""
    try:
        # Imported here: it takes 0.1 s, in which nobody else would answer to Ctrl-C.
        from onrecord.cli import main as command_line
    except KeyboardInterrupt:
        if sys.stderr is not None:  # as it is where the caller closed it
            sys.stderr.write("onrecord: interrupted\n")
        sys.exit(_INTERRUPTED)
    command_line()


if __name__ == "__main__":
    main()
