#!/usr/bin/env bash
# shellcheck disable=SC2154 # image, prefix and own_limits come from build/containers/ready
# Runs one Molecule scenario: `scenario.sh NAME [COMMAND…]`; the command is `molecule test` unless another is named.
# It plays with its own copy of the lab's estate, with secrets that nobody else has. Exit code 77: no containers here.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=setup/say.sh
. setup/say.sh

name=${1:?which scenario}
command=("${@:2}")
state=$PWD/build/containers
here=$PWD/build/molecule/$name

[ -f "$state/ready" ] || stop 77 "$(cat "$state/reason" 2>/dev/null || printf 'containers were not prepared: make containers')"
# shellcheck source=/dev/null
. "$state/ready"

export LC_ALL=C.UTF-8 PATH=$PWD/.venv/bin:$PATH
new_secret() { python -c 'import secrets; print(secrets.token_urlsafe(18))'; }

export ANSIBLE_VAULT_PASSWORD_FILE=$here/vault-password
if ((${#command[@]} == 0)); then
  command=(molecule test --scenario-name "$name")
  rm -rf "$here"
fi
if ! [ -d "$here/estate" ]; then
  mkdir -p "$here/boxes" "$here/estate/vault"
  cp -r inventories/lab/. "$here/estate"
  new_secret >"$ANSIBLE_VAULT_PASSWORD_FILE"
  grep -rhoE 'vault:[a-z0-9_]+' "$here/estate" | sort -u | cut -d: -f2 |
    while read -r key; do printf '%s: %s\n' "$key" "$(new_secret)"; done |
    ansible-vault encrypt --output "$here/estate/vault/secrets.yml" 2>/dev/null
fi

export TRUNKLINE_ESTATE=$here/estate
export TRUNKLINE_BOXES=$here/boxes
TRUNKLINE_SITE_PACKAGES=$(python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
export TRUNKLINE_SITE_PACKAGES
export TRUNKLINE_IMAGE=$image
export TRUNKLINE_OWN_LIMITS=$own_limits
export MOLECULE_EPHEMERAL_DIRECTORY=$here/molecule
exec "${prefix[@]}" "${command[@]}"
