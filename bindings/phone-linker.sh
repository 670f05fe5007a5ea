#!/bin/sh
# Links the library of a phone with $ATTUNE_LINKER, or cc: without what UniFFI's generator reads, which Rust exports like
# everything else that has a name of C. A phone has the generated code already.
for argument; do
    case $argument in
        -Wl,--version-script=*)
            exported=${argument#-Wl,--version-script=}
            grep -v UNIFFI_META_ "$exported" >"$exported.short" && mv "$exported.short" "$exported"
            ;;
    esac
done
# shellcheck disable=SC2086 # A program and, perhaps, words for it.
exec ${ATTUNE_LINKER:-cc} "$@"
