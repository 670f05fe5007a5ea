//! Offers, invitations and pairings driven against each other, and against attackers.

mod attackers;
mod comparing;
mod couple;
mod offers;
mod replacing;
