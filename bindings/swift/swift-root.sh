#!/usr/bin/env bash
# Swift on a Debian that has none: a folder with a Debian 13 in it, and a command run inside.
#
#   swift-root.sh                  makes the folder, where it is not there yet (a minute, 2.5 GB)
#   swift-root.sh COMMAND…         the same, then runs the command inside, in the current folder
#
# The folder is $ATTUNE_SWIFT_ROOT, or ~/.cache/attune/swift-root. Inside, the workspace and /tmp are seen at their own
# paths, so a CARGO_TARGET_DIR must be in one of them. Needs root, for mounts; they live in a namespace of their own and end with the command, which ends with this
# process.
set -euo pipefail

root=${ATTUNE_SWIFT_ROOT:-${XDG_CACHE_HOME:-$HOME/.cache}/attune/swift-root}
# The folder is made anew where this differs from what it was made of.
recipe="1 trixie swiftlang,swiftlang-dev,libc6-dev,libstdc++-14-dev,gcc,ca-certificates"
workspace=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)

is_ready() { [ "$(cat "$root/.recipe" 2>/dev/null)" = "$recipe" ]; }

# The mirror that this machine takes its packages from.
mirror() { apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' | sort -u | head -n1; }

make() {
    echo "making a Debian with Swift in $root: a minute or two, once" >&2
    if [ -z "$(mirror)" ]; then apt-get update -qq; fi
    if ! command -v mmdebstrap >/dev/null; then
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends mmdebstrap >/dev/null
    fi
    local part=$root.part suite packages
    read -r _ suite packages <<<"$recipe"
    rm -rf --one-file-system -- "$part" "$root"
    # In namespaces of its own: killed at any moment, it leaves no process and no mount.
    unshare --mount --propagation private --pid --fork --mount-proc --kill-child -- \
        mmdebstrap --quiet --mode=root --variant=apt --include="$packages" --skip=check/empty \
        --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
        --keyring=/usr/share/keyrings/debian-archive-keyring.gpg "$suite" "$part" "$(mirror)"
    mkdir -p -- "$part$workspace"
    printf '%s' "$recipe" >"$part/.recipe"
    # From one moment to the next: it is there whole, or not.
    mv -T -- "$part" "$root"
}

if ! is_ready; then
    if [ "$(id -u)" -ne 0 ]; then
        echo "swift-root.sh: making a Debian with Swift needs root" >&2
        exit 1
    fi
    mkdir -p -- "$(dirname -- "$root")"
    exec 9>"$root.lock"
    flock 9
    is_ready || make
    exec 9>&-
fi
[ $# -gt 0 ] || exit 0

exec unshare --mount --propagation private --pid --fork --kill-child -- /bin/bash -euc '
    root=$1 workspace=$2 here=$3
    shift 3
    mkdir -p -- "$root$workspace"
    # Swift finds its libraries through /proc/self/exe.
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    mount --rbind /tmp "$root/tmp"
    mount --rbind -- "$workspace" "$root$workspace"
    exec chroot "$root" /usr/bin/env -i --chdir="$here" HOME=/root LANG=C.UTF-8 TERM="${TERM-dumb}" CI="${CI-}" \
        PATH=/usr/bin:/bin:/usr/libexec/swift/bin "$@"
' swift-root "$root" "$workspace" "$PWD" "$@"
