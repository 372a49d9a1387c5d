//! When two JSON values are the same although one went through serde.

use serde_json::Value;

/// The same but for the last digit of floats, which serde_json may round on the way in.
pub fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => {
            let (Some(one), Some(other)) = (left.as_f64(), right.as_f64()) else {
                return left == right;
            };
            left == right || (one - other).abs() <= one.abs() * 1e-14
        }
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(l, r)| same(l, r))
        }
        (Value::Object(left), Value::Object(right)) => {
            let pairs = || left.iter().zip(right);
            left.len() == right.len() && pairs().all(|(l, r)| l.0 == r.0 && same(l.1, r.1))
        }
        _ => left == right,
    }
}
