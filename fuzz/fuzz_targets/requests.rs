#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| getstream_users_fuzz::requests(data));
