//! Notices when the page has been built or rebuilt. It builds nothing: the page needs Node, this crate does not.

fn main() {
    let dist = std::path::Path::new("../../frontend/dist");
    // A folder that is not there cannot be watched; an empty one can. Where it cannot be made, nothing is lost but that.
    let _ = std::fs::create_dir_all(dist);
    println!("cargo::rerun-if-changed={}", dist.display());
    println!("cargo::rerun-if-changed=build.rs");
}
