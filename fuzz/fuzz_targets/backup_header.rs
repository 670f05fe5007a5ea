#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    attune_core::fuzzing::run("backup_header", data);
});
