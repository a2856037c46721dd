"""The command line with readers by hand in the place of the real ones; a process of its own that tests can kill."""

from __future__ import annotations

import signal

from onrecord.adding import workers
from reading_by_hand import CHILD

if __name__ == "__main__":
    from onrecord.cli import main

    # A test run that was started in the background ignores Ctrl-C, and so would this process.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    workers.CHILD = CHILD
    main()
