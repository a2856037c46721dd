"""Token scores to attributions: labels, decoding, continuation, cues."""
