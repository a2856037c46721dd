"""Untrusted bytes to documents: formats, and nothing of language but what lines look like. Start with ``sources``.

Which module does what:

    name      sources                   files, standard input, addresses; walking: folders, patterns; options: a user's
    fetch     fetching, addresses       one bounded GET of one public address; following: the pages that a list names
    unpack    inflating                 bounded gzip, deflate, brotli, zstd: the only place that inflates
    tell      kinds, charsets           what the bytes are, and as which characters; languages: English or not
    read      reports                   one source to its documents, whatever it holds
    pages     sandbox                   the child process that parses, spoken to as parsing says; in it:
              precheck, webpages        a page that a parser survives, to a document
              pagemarkup, pagehints     blocks of text, what tags and classes say of them
              pagearticle, pageroles    which blocks are the report, and what each is in it
              pagemetadata              title, writers, outlet, date, as the page says them
    lists     feeds, jsonfeeds          what a feed lists; feedtext: which of its texts is the whole report
              sitemaps, xmlmarkup       addresses; XML without entities of its own
              listings, enclosed        what a list says of a report, and that to a document
    archives  warcs, captures           records cut out of a web archive, and the pages in them
    text      plaintext, markdown       zones from lines or from marks; jsonlines: objects with any field names
              telegram                  what it exports of a chat, to the objects of its messages
    dates     dates, publication        to ISO 8601; from the address, a line or the dateline where metadata has none
"""
