"""What is installed here and whether it works: this machine, the packages, the engines, the model, a record.

``examining`` goes from top to bottom, ``machine``, ``packages`` and ``recordfile`` look at one thing each.
"""
