"""The network: tokens, windows, the ONNX sessions, the weights and their manifest."""

from onrecord.model.session import Model

__all__ = ["Model"]
