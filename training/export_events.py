"""Write the event head as two ONNX graphs with int8 weights beside a model's others, and note them in the manifest.

python training/export_events.py RUN_DIR MODEL_DIR
"""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec
import torch

from event_graphs import export_events
from event_head import EventHead
from manifests import change_manifest
from onrecord.model.session import EVENTS, PARTIES
from train_events import EventRecipe


def main() -> None:
    """Export a run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("model", type=Path)
    options = parser.parse_args()
    recipe = msgspec.json.decode((options.run / "recipe.json").read_bytes(), type=EventRecipe)
    head = EventHead(recipe.layers)
    head.load_state_dict(torch.load(options.run / "events.pt", weights_only=True))
    export_events(head.eval(), options.model)
    change_manifest(options.model, files=(EVENTS, PARTIES))
    print({name: (options.model / name).stat().st_size for name in (EVENTS, PARTIES)})


if __name__ == "__main__":
    main()
