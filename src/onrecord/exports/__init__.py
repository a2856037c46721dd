"""Readings, records and answers as others want them: a module a format, each a function of a stream of readings.

Which module does what:

    formats, exporting                       which there are; a record to a file, whole or not at all
    contract, csvtable, workbook, parquet    JSON Lines and tables; cells: what a spreadsheet does not run; tables,
                                             recordevents: their rows
    brat, webanno, labelstudio, prodigy      for annotators, and ``back/`` from them
    webannotation, schemaorg, followthemoney, datasette   for programs
    names, selectors, jsonlists              what these share: URNs, places in a text, JSON piece by piece
    events_json, checks_json, people_json    parts of one reading as JSON; timeline: events of many, by date
    answers_json                             what a record tells of a statement or a quotation, as JSON
    webpage, comparepage, timelinepage       pages that need nothing else, made of checksection, eventsections,
                                             eventmarkup, marking, pageparts; escaping, hidden: the one door to HTML
    charting, framingchart                   charts; figures: one to a file
    describing, comparewords                 facts in a few words
"""
