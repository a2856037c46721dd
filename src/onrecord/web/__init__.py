"""The web reader: pages and REST over one record, for a browser and for programs.

Which module does what:

    serve     app, headers, failing, static            every answer through one layer; every error in one shape
              site, connections, remembered            the record over a few read-only connections; what is kept
              rendering, addresses, ties               templates that print nothing unescaped; our own addresses
    look      overview, searching, searchstate, naming the record at a glance; searches as addresses; names
              histogram, wording, bundled              bars; what things are called; the record of a first look
              report, reportview                       a report with its marks and notes
    across    people, quotation, appearances           who; a statement and where else it stands
              worddiffs, stories, framing              diffs; stories side by side; shares
              verifying, outlets                       a quotation verified; outlets
    change    editing, senders                         who may: a token, and forms of our own
              correcting, regrouping, changes          corrections, merges, undoing
              incoming, additions                      reports to be added, in a thread
    programs  ``api/``                                 REST

Start with :func:`onrecord.web.app.create_app`. ``import onrecord`` loads nothing of this: it needs the extra ``web``.
"""
