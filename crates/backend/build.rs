//! Has the web apps embedded again when they were built again.

fn main() {
    println!("cargo:rerun-if-changed=../../target/dist");
    println!("cargo:rerun-if-changed=../../migrations");
}
