//! What may not nest does not compile, and the compiler says what and where.

#[test]
fn wrong_nesting_does_not_compile() {
    // The texts are those of one compiler: `.ci/run` asks for them, others need not.
    // That wrong nesting does not compile is also a doctest of `NestIn`.
    if std::env::var_os("SWITCHHOOK_COMPILE_TESTS").is_none() {
        return;
    }
    trybuild::TestCases::new().compile_fail("tests/nesting/*.rs");
}
