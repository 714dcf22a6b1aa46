#!/usr/bin/env bash
# Runs a command in a mount namespace of its own that sees a pure cgroup v2; the host keeps its mounts.
set -euo pipefail
# shellcheck disable=SC2016 # the inner shell reads its own arguments
exec unshare --mount --propagation private sh -c '
  umount -R /sys/fs/cgroup
  mount -t cgroup2 none /sys/fs/cgroup
  exec "$@"' sh "$@"
