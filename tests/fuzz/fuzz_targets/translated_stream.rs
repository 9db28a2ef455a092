#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| oqto_fuzz::hold("translated_stream", data));
