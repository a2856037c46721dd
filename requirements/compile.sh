#!/usr/bin/env bash
# Make the locks anew from pyproject.toml. Needs uv on the PATH; run it, then `make test`.
#   run.txt   what `onrecord` needs           make demo
#   ci.txt    that and what tests it          make test, make check
#   docs.txt  that and what makes the site    make docs
set -euo pipefail
cd "$(dirname "$0")/.."
compile() {
  uv pip compile --quiet --universal --python-version 3.11 --no-config --default-index https://pypi.org/simple --no-emit-index-url \
    --custom-compile-command requirements/compile.sh pyproject.toml requirements/build.in "$@"
}
compile --output-file requirements/run.txt
compile --extra test --constraints requirements/run.txt --output-file requirements/ci.txt
compile --extra docs --constraints requirements/run.txt --output-file requirements/docs.txt
