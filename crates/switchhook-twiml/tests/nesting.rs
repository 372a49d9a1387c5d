//! What may not nest does not compile, and the compiler says what and where.

#[test]
fn wrong_nesting_does_not_compile() {
    trybuild::TestCases::new().compile_fail("tests/nesting/*.rs");
}
