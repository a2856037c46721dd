"""The network: tokens, windows, the ONNX sessions, the weights and their manifest."""
