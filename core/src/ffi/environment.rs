//! Opening a phone from a shell.
