//! The library that the Kotlin and Swift packages load: attune-core, packaged.
