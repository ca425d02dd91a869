//! The server over real sockets, with requests written by hand.

#[cfg(test)]
mod connections;
#[cfg(test)]
mod data;
#[cfg(test)]
#[cfg(unix)]
mod exec;
#[cfg(test)]
mod hosts;
#[cfg(test)]
mod log;
#[cfg(test)]
mod program;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod requests;
#[cfg(test)]
mod running;
#[cfg(test)]
mod sockets;
#[cfg(test)]
mod webhooks;
