"""Who did what to whom: PLOVER events of a report. Start with ``telling``.

Which module does what:

    find      triggers, cueing          the words that may tell of one; cues of statements among them
              participants, scoring     who is in a sentence; what the event head says of it
    choose    tellers                   who only tells of what others did
              choosing, weighing        triggers with their parties to events; how sure
    qualify   modality, asserting       how real; by whom asserted
              merging, sectors          the same told again; what part of a society somebody acts as
    given     given                     events whose parties are known already
"""
