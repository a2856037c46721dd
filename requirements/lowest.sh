#!/usr/bin/env bash
# Make an environment with the lowest version of each package that pyproject.toml allows, and the newest test tools that
# go with them: requirements/lowest.sh .venv-lowest. Needs uv on the PATH; `make test-lowest` runs it.
set -euo pipefail
cd "$(dirname "$0")/.."
venv="$1"
index=(--no-config --default-index https://pypi.org/simple)
compile() {
  uv pip compile --quiet "${index[@]}" --no-emit-index-url --python "$venv/bin/python" pyproject.toml "$@"
}
uv venv --quiet --no-config --clear --python 3.11 "$venv"
compile --resolution lowest-direct --extra batch --extra charts --extra mcp --extra spacy --extra tables --extra web \
  --output-file "$venv/lowest.txt"
compile requirements/build.in --extra test --constraints "$venv/lowest.txt" --output-file "$venv/tested.txt"
uv pip sync --quiet "${index[@]}" --python "$venv/bin/python" "$venv/tested.txt"
uv pip install --quiet "${index[@]}" --python "$venv/bin/python" --no-deps --no-build-isolation --editable .
