//! The library that the Kotlin and Swift packages load: attune-core with everything in it that crosses, and
//! nothing else. What crosses is declared in core, once.

attune_core::uniffi_reexport_scaffolding!();
