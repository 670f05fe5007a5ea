//! The practice rules, driven by two people: by example, over every short course of acts, and as laws.

mod catching_and_releasing;
mod world;
