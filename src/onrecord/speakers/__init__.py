"""Who is speaking: everybody whom a report mentions, and the speaker of every statement. Start with ``hearing``.

Which module does what:

    tag       tagging, mentions, markables       the heads' names and descriptions, and pronouns
    group     namegroups, namementions           which names are one's: namewords, personnames, fullnames,
                                                 partialnames, lonegenders, misspellings, organizationgroups;
                                                 namepieces, namerepairs, lostlinks: what the heads cut or mistake
    know      register, roles, headnouns         countries and bodies; titles around a name; what a noun describes:
              nounphrases, rolephrases           phrases, by rule
    tie       discourse, antecedents, vectors    who is mentioned where; descriptions and pronouns to whom they refer;
                                                 genders: what pronouns say against a given name
    ask       sources, sourcephrases,            what a source is and whose; relatives, together, described, voices,
              phraseheads                        sourceless, authors, turnlabels: how reports name nobody outright
    resolve   asking, resolving, offices         parts of sources to queries, and those to answers; answering: who was
                                                 asked just before
              features, sightings, ranking       what the ranker knows of a candidate (featurenames: in which
                                                 order), where it is mentioned near, and what it says
    settle    settling                           pronouns that are no sources, once it is known who speaks
    tell      entities, speaking, people         everybody as entities; speakers on statements; counts
              addressing, aboutness, newcomers   whom a statement is said to, and about
"""
