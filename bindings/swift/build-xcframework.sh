#!/usr/bin/env bash
# Makes AttuneFFI.xcframework, which Package.swift wants on Apple's systems, out of the core.
#
# NOT RUN HERE: it needs a Mac with Xcode, and Rust with the targets below and its own sources. What can be checked elsewhere is checked by
# a dry run: arguments, paths, and that every step is named.
#
#   build-xcframework.sh             builds for iPhones, their simulator and Macs
#   build-xcframework.sh --dry-run   says what it would do
set -euo pipefail

usage() { sed -n '2,8p' "$script" >&2; exit 2; }
script=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)/$(basename "${BASH_SOURCE[0]}")
cd "$(dirname "$script")/../.."
package=bindings/swift
out=$package/AttuneFFI.xcframework
headers=target/bindings/xcframework-headers
device=aarch64-apple-ios
simulators="aarch64-apple-ios-sim x86_64-apple-ios"
macs="aarch64-apple-darwin x86_64-apple-darwin"

case "${1-}" in
    "") run() { "$@"; } ;;
    --dry-run) run() { printf '%s\n' "$*"; } ;;
    *) usage ;;
esac
[ $# -le 1 ] || usage
if [ "${1-}" != --dry-run ]; then
    [ "$(uname)" = Darwin ] || { echo "this needs a Mac with Xcode; try --dry-run" >&2; exit 1; }
    command -v xcodebuild >/dev/null || { echo "xcodebuild is not installed" >&2; exit 1; }
fi

run cargo xtask bindings
run mkdir -p "$headers" "$package/Sources/Attune/Generated"
run cp target/bindings/swift/AttuneFFI.h "$headers"
# Unlike the one for Linux it names no library to link: the framework is one.
run sh -c "printf 'module AttuneFFI {\n    header \"AttuneFFI.h\"\n    export *\n}\n' > $headers/module.modulemap"
run cp target/bindings/swift/Attune.swift "$package/Sources/Attune/Generated"
run rustup component add rust-src
for target in $device $simulators $macs; do
    run rustup target add "$target"
    run cargo xtask phone --target "$target"
done

# fat NAME TARGET…: one library for a platform, with each of its processors in it.
fat() {
    local name=$1 libraries=()
    shift
    for target; do libraries+=("target/$target/phone/libattune_ffi.a"); done
    run mkdir -p "target/bindings/$name"
    run lipo -create "${libraries[@]}" -output "target/bindings/$name/libattune_ffi.a"
}
# shellcheck disable=SC2086 # They are words.
fat simulators $simulators
# shellcheck disable=SC2086
fat macs $macs
run rm -rf "$out"
run xcodebuild -create-xcframework \
    -library "target/$device/phone/libattune_ffi.a" -headers "$headers" \
    -library target/bindings/simulators/libattune_ffi.a -headers "$headers" \
    -library target/bindings/macs/libattune_ffi.a -headers "$headers" \
    -output "$out"
