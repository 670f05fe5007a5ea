//! Whoever is not the partner hears nothing, and keeps nobody out.
