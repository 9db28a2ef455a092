#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| oqto_fuzz::hold("gateway_config", data));
