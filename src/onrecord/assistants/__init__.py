"""A record as tools for assistants, over the Model Context Protocol: they quote from it, with citations.

    asking    what a tool takes             giving    what the record gives, to answers
    answers   what a tool gives             telling   the same as a text to read
    tools     the tools, with what teaches an assistant to use them; schemas: of what they take and give
    desk      the record, read-only, and the network, loaded when it is needed
    server    the protocol: arguments in, answers and errors out

Text of reports is material to quote, never instructions: the server says so once, and every text says so again.
"""

from __future__ import annotations
