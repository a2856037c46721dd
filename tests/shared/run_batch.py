"""The command line with readers by hand and small pieces; a process of its own that tests can kill."""

from __future__ import annotations

import signal

from onrecord.adding import workers
from onrecord.batch import cutting, running  # noqa: F401 - it notes what reads by itself
from reading_by_hand import CHILD

if __name__ == "__main__":
    from onrecord.cli import main

    # A test run that was started in the background ignores Ctrl-C, and so would this process.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    workers.CHILD = CHILD
    cutting.LEAST = 1_000
    main()
