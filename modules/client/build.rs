//! The layout of the module's memory.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // The stack comes first, so its size is the memory that every client starts with. The default is 1 MB; a call takes
    // 3 kB, and another 3 kB for each call by a getter of an argument. Addresses behind it are a byte shorter, too.
    println!("cargo::rustc-link-arg-cdylib=-zstack-size=262144");
}
