"""The network: tokens, windows, the ONNX sessions, the weights and their manifest.

Which module does what:

    manifest          what the files must be, checked before anything is read
    tokens, windows   text to word pieces, and those to the runs that the network sees at once
    session           the graphs: each window scored alone, on one thread
    surroundings      what each cue sees of its window
    scores, states    what the network says of a window; the encoder's lower states, for the event head
    rows              what it made of a report's word pieces, kept once
    odds              probabilities as the calibrations of statements and events weigh them
"""

from onrecord.model.session import Model

__all__ = ["Model"]
