#!/usr/bin/env bash
# Resolves pyproject.toml into requirements/: exact versions with the hashes of every file, and no index named.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=setup/say.sh
. setup/say.sh

[ -x build/lock/bin/uv ] || step "uv, into build/lock" sh -c 'python3 -m venv build/lock && build/lock/bin/pip install --quiet uv'

resolve() {
  local lock=requirements/$1.txt
  shift
  build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
    --no-header --no-annotate --output-file "$lock" "$@"
}

resolve build --group build
resolve run pyproject.toml
resolve dev pyproject.toml --group dev --constraint requirements/run.txt
