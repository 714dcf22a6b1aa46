#!/usr/bin/env bash
# Makes .venv from a lock: `environment.sh run` holds what the demo needs, `environment.sh dev` what tests need as well.
# What stands in .venv is known by a hash, so a second call costs nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=setup/say.sh
. setup/say.sh

part=${1:?which part: run or dev}

# What each stamp in .venv is made of. The folder counts because scripts in .venv/bin name it: a moved clone makes its own.
wanted() {
  local files=(requirements/build.txt "requirements/$1.txt")
  [ "$1" = package ] && files=(pyproject.toml)
  { pwd; cat "${files[@]}"; } | sha256sum
}
stands() { [ "$(cat ".venv/$1.sha256" 2>/dev/null)" = "$(wanted "$1")" ]; }
stamp() { wanted "$1" >".venv/$1.sha256"; }

# Debian's own Python first: a pyenv shim may name a version that is not there.
usable_python() {
  local candidate
  for candidate in ${PYTHON:-} /usr/bin/python3 python3.13 python3.12 python3.11 python3; do
    "$candidate" -c 'import ensurepip, sys, venv; assert (3, 11) <= sys.version_info < (3, 14); print(sys.executable)' \
      2>/dev/null && return
  done
  return 1
}

install_python() {
  command -v apt-get >/dev/null ||
    stop 1 "Trunkline needs Python 3.11, 3.12 or 3.13 with its venv module; name one: make PYTHON=…"
  [ "$(id -u)" -eq 0 ] ||
    stop 1 "Trunkline needs Python 3.11 or newer with its venv module: sudo apt-get install python3-venv"
  say "Installing on this host: python3-venv (Debian package)"
  step "Debian's package lists" apt-get -qq update
  step "python3-venv" apt-get -qq install --no-install-recommends python3-venv
}

install() { step "$1" .venv/bin/python -m pip install --quiet --no-build-isolation "${@:2}"; }

new_environment() {
  local python
  python=$(usable_python) || {
    install_python
    python=$(usable_python) || stop 1 "This host's python3 is older than 3.11: Trunkline runs on Debian 12 or newer"
  }
  rm -rf .venv
  step "Environment of $python" "$python" -m venv .venv
  install "Build tools" --require-hashes --only-binary :all: -r requirements/build.txt
}

# The development part is the run-time part and more, at the same versions, so it may come on top of it.
install_packages() {
  say "Installing into .venv: $(grep -c '==' "requirements/$part.txt") Python packages, exact versions"
  if [ "$part" = run ] || ! stands run; then new_environment; fi
  # Byte code is made when a module is first used: of 600 MB the project imports a small part.
  install "Python packages" --no-compile --require-hashes -r "requirements/$part.txt"
  stamp run
  [ "$part" = run ] || stamp dev
}

stands "$part" && stands package && exit 0
mkdir -p build
exec 9>build/environment.lock
flock 9
stands "$part" || install_packages
stands package || {
  install "Trunkline itself" --no-deps --editable .
  stamp package
}
