"""What is installed here and whether it works: ``onrecord doctor``.

Which module does what:

    machine      Python, cores, memory, and what a container lets onrecord have of them
    packages     those that are needed, and those of the extras
    examining    the whole installation; what every command needs is tried
    recordfile   a record from outside
"""
