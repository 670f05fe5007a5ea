#!/usr/bin/env bash
# Builds the library for Android phones and, where Gradle is installed, the AAR around it.
# Not run here: needs the Android NDK. Its arguments, paths and commands are checked in a dry run.
#
# Usage: bindings/kotlin/build-android.sh [--dry-run] [--abi ABI]… [--api LEVEL] [--no-aar]
#   --dry-run    say each command, run none
#   --abi ABI    arm64-v8a, armeabi-v7a or x86_64; again for more (all three)
#   --api LEVEL  the oldest Android that the library runs on (26)
#   --no-aar     the libraries alone
# ANDROID_NDK_HOME names the NDK, r27 or newer. Rust needs the targets, and for a smaller library its own sources:
# rustup target add aarch64-linux-android … && rustup component add rust-src
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)

die() {
    printf 'build-android.sh: %s\n' "$*" >&2
    exit 2
}

dry= api=26 aar=yes abis=()
while [ $# -gt 0 ]; do
    case $1 in
        --dry-run) dry=yes ;;
        --no-aar) aar= ;;
        --abi)
            [ $# -gt 1 ] || die "--abi wants an ABI"
            case $2 in arm64-v8a | armeabi-v7a | x86_64) abis+=("$2") ;; *) die "no such ABI: $2" ;; esac
            shift
            ;;
        --api)
            [ $# -gt 1 ] || die "--api wants a level"
            case $2 in *[!0-9]* | '') die "no API level: $2" ;; esac
            [ "$2" -ge 26 ] || die "API level $2 is older than 26"
            api=$2
            shift
            ;;
        -h | --help)
            sed -n '2,12s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
            exit 0
            ;;
        *) die "what is '$1'? See --help." ;;
    esac
    shift
done
[ ${#abis[@]} -gt 0 ] || abis=(arm64-v8a armeabi-v7a x86_64)

run() {
    printf '%s' "+ $1"
    printf ' %s' "${@:2}"
    printf '\n'
    [ -n "$dry" ] || env "$@"
}

ndk=${ANDROID_NDK_HOME:-}
if [ -z "$ndk" ]; then
    [ -n "$dry" ] || die "ANDROID_NDK_HOME is not set"
    ndk=\$ANDROID_NDK_HOME
fi
case $(uname -s) in Darwin) host=darwin-x86_64 ;; *) host=linux-x86_64 ;; esac
tools=$ndk/toolchains/llvm/prebuilt/$host/bin
[ -n "$dry" ] || [ -d "$tools" ] || die "there is no NDK for $host in $ndk"

target=${CARGO_TARGET_DIR:-$root/target}
libraries=$here/android/build/jniLibs
cd "$root"
for abi in "${abis[@]}"; do
    case $abi in
        arm64-v8a) triple=aarch64-linux-android clang=aarch64-linux-android ;;
        armeabi-v7a) triple=armv7-linux-androideabi clang=armv7a-linux-androideabi ;;
        x86_64) triple=x86_64-linux-android clang=x86_64-linux-android ;;
    esac
    lower=$(printf '%s' "$triple" | tr - _)
    run "CC_$lower=$tools/$clang$api-clang" "AR_$lower=$tools/llvm-ar" "ATTUNE_LINKER=$tools/$clang$api-clang" \
        cargo xtask phone --target "$triple"
    run mkdir -p "$libraries/$abi"
    run cp "$target/$triple/phone/libattune_ffi.so" "$libraries/$abi/"
done

# The generated code is the same for every machine.
run cargo xtask bindings
if [ -n "$aar" ]; then
    if [ -z "$dry" ] && ! command -v gradle >/dev/null; then
        die "the libraries are in $libraries; for the AAR install Gradle, or open bindings/kotlin/android in Android Studio"
    fi
    run gradle --project-dir "$here/android" "-PcargoTarget=$target" assembleRelease
    printf '%s\n' "the AAR is in $here/android/build/outputs/aar"
fi
