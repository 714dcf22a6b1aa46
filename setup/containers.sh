#!/usr/bin/env bash
# Gets this host ready to run Molecule's containers: Debian packages, an image, and a way in which podman runs it.
# Writes build/containers/ready, or build/containers/reason where it cannot be: then the scenarios are skipped.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=setup/say.sh
. setup/say.sh

needed=(podman mmdebstrap)
state=build/containers
mkdir -p "$state"
exec 9>"$state/lock"
flock 9
rm -f "$state/ready" "$state/reason"

without() {
  say "Containers: not here ($*); the Molecule scenarios will be skipped"
  printf '%s\n' "$*" >"$state/reason"
  exit 0
}

[ "$(id -u)" -eq 0 ] || without "they need root, since the controller reaches each box at its container's own address"
command -v apt-get >/dev/null || without "images are made from Debian packages, and this host has no apt"

missing=()
for package in "${needed[@]}"; do
  command -v "$package" >/dev/null || missing+=("$package")
done
if ((${#missing[@]})); then
  say "Installing on this host for Molecule: ${missing[*]} (Debian packages)"
  step "Debian's package lists" apt-get -qq update || without "apt-get update failed"
  step "${missing[*]}" apt-get -qq install --no-install-recommends "${missing[@]}" || without "apt-get install failed"
fi

# The image serves with the controller's own .venv, so it takes the Debian release that has the same Python.
case $(.venv/bin/python -c 'import sys; print("%d.%d" % sys.version_info[:2])') in
  3.11) suite=bookworm ;;
  3.13) suite=trixie ;;
  *) without ".venv is of a Python that no Debian release has" ;;
esac

# Where this host's packages come from, as its own apt says, for the release of the image.
mirror() {
  local codename uri release component
  codename=$(. /etc/os-release && printf '%s' "$VERSION_CODENAME")
  # shellcheck disable=SC2016 # apt replaces these names itself
  apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' | sort -u |
    while read -r uri release component; do
      case $release in
        "$codename" | "$codename"-updates | "$codename"-security)
          printf 'deb %s %s %s\n' "$uri" "${release/#$codename/$suite}" "$component" ;;
      esac
    done
}

build_image() {
  local sources
  sources=$(mirror)
  [ -n "$sources" ] || { printf 'apt names no mirror of this Debian release\n' >&2; return 1; }
  mmdebstrap --variant=essential --include="$(paste -sd, molecule/image/packages)" \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' "$suite" - "$sources" | podman import --quiet - "$image"
}

image=localhost/trunkline-boxes:$({ printf '%s\n' "$suite"; cat "$0" molecule/image/packages; } | sha256sum | cut -c1-16)
if ! podman image exists "$image"; then
  say "Making the container image of Debian $suite with $(paste -sd' ' molecule/image/packages)"
  step "Container image" build_image || without "the image could not be made"
fi

# Podman plainly first. Where the host mixes cgroup v1 and v2, or withholds CAP_SYS_RESOURCE, podman starts nothing;
# in a mount namespace of its own that sees a pure cgroup v2, and with limits it may set, it does.
# The limits stand in molecule/shared/create.yml as well.
own_limits=(--privileged --ulimit nofile=4096:4096 --ulimit nproc=4096:4096 --pids-limit=-1)
if podman run --rm "$image" true 2>"$state/plain.log"; then
  printf 'image=%q prefix=() own_limits=false\n' "$image" >"$state/ready"
elif setup/with-cgroup2.sh podman run --rm "${own_limits[@]}" "$image" true 2>"$state/namespace.log"; then
  printf 'image=%q prefix=(setup/with-cgroup2.sh) own_limits=true\n' "$image" >"$state/ready"
else
  without "podman starts no container: $(tail -n 1 "$state/namespace.log")"
fi
