"""Token scores to statements: cues, their sources and contents, and what each cue means.

Which module does what:

    link       linking, decoding            a window's cues, and each one's source and content; confidence: how sure
    reread     nesting                      speech reported inside speech
    continue   continuation, labelled       quotations that no cue claims; transcripts and signatures
               edges, joining, ordering     contents cut as a reader would; one of twins; in the order of the report
               endings                      contents that end in mid-phrase
               sharing                      pieces of content that two cues claim
               quotedby                     "Torv was quoted as saying by the agency": it is Torv who says it
               hearers                      "the jury heard": it is not the jury that says it
    state      stating, forms               attributions to statements: form, zone, nesting, ids
               cues                         cue class, negation, modality, from cuewords by cuelexicon and cuemodality
               inflection                   a word to its dictionary forms
"""
