//! How the module's memory is laid out.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // The stack comes first, so its size is what every client's memory begins with: 1 MB unless told otherwise, of which a call
    // takes 3 kB, and one more for each call that a getter of an argument makes. Addresses behind it are a byte shorter, too.
    println!("cargo::rustc-link-arg-cdylib=-zstack-size=262144");
}
