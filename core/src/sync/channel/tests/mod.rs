//! Two channels driven against each other, without sockets, clock or operating system.

mod hostile;
mod meeting;
mod new_device;
mod pair;
mod rekeying;
mod versions;
