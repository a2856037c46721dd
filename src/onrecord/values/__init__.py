"""Values: what a report says in words and figures, as dates and numbers that can be reckoned with.

Which module does what:

    amounts   amounts                    all of a report: numerals, numberwords to numbers; quantities, money, measures
              pairs, bounds              ranges; about, at least, more than
              kinds                      what a number is an amount of: counts, casualties, or none
    times     times                      all of a report: timetokens, timewords to letters; timegrammar over them
              timebuilding, timedrafts   matches to drafts, neighbours to ranges, by timedates, timerelative,
                                         timespans, timeclocks, timeholidays, with timecalendar and timetense
    dating    dating                     which expression dates a statement or an event: clauses tell whose it is
"""
