"""Run the command line with ``python -m onrecord``."""

from onrecord.cli import main

main()
