//! Attune core.
