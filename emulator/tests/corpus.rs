//! Runs the fuzz targets of `fuzz/` on their committed inputs, with the stable compiler and without libFuzzer.

#[cfg(test)]
#[allow(unreachable_pub, reason = "a crate of its own elsewhere")]
#[path = "../../fuzz/src/lib.rs"]
mod fuzz;

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::fuzz;

    /// Runs a target on each of its inputs, on prefixes of the inputs, and on each with one byte changed.
    fn try_all(name: &str, target: fn(&[u8])) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds").join(name);
        let mut inputs = 0;
        for entry in fs::read_dir(folder).unwrap() {
            let input = fs::read(entry.unwrap().path()).unwrap();
            target(&input);
            // About ten of each are enough; libFuzzer tries all.
            for place in (0..input.len()).step_by(input.len() / 10 + 1) {
                target(&input[..place]);
                let mut changed = input.clone();
                changed[place] ^= 0x15;
                target(&changed);
            }
            inputs += 1;
        }
        assert!(inputs > 1, "{name} has no inputs");
    }

    #[test]
    fn committed_fuzz_inputs_break_no_invariant() {
        try_all("tokens", fuzz::tokens);
        try_all("ids", fuzz::ids);
        try_all("retries", fuzz::retries);
        try_all("requests", fuzz::requests);
        try_all("first_version", fuzz::first_version);
        try_all("filters", fuzz::filters);
        try_all("seeds", fuzz::seeds);
        try_all("states", fuzz::states);
        try_all("sockets", fuzz::sockets);
    }
}
