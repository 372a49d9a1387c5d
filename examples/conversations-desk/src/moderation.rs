//! What Twilio asks before it takes a message.

use switchhook::{
    dispatch::{State, StoreError},
    twilio::conversations::{MessageAdd, MessageChanges, MessageDecision, PreEvent},
};

use crate::Desk;

/// Rejects what a blocked contact writes, hides the numbers of cards, and accepts all else, within
/// the 5 s that Twilio waits.
///
/// When this fails or takes too long the message passes: a broken moderator must not silence
/// everybody. What it failed on is a dead letter.
pub(crate) async fn moderate(
    message: MessageAdd,
    State(desk): State<Desk>,
) -> Result<MessageDecision, StoreError> {
    if let Some(author) = &message.author
        && desk.is_blocked(author).await?
    {
        return Ok(message.reject());
    }
    let hidden = message.body.as_deref().and_then(without_card_numbers);
    Ok(match hidden {
        Some(body) => message.modify(MessageChanges::new().body(body)),
        None => message.accept(),
    })
}

/// The text with stars for the digits of 13 to 19 that stand together, or with spaces or hyphens
/// between them, but for the last four; `None` where there are none.
fn without_card_numbers(text: &str) -> Option<String> {
    let ends_number = |c: char| !c.is_ascii_digit() && !matches!(c, ' ' | '-');
    let mut hidden = String::with_capacity(text.len());
    for number in text.split_inclusive(ends_number) {
        let digits = number.bytes().filter(u8::is_ascii_digit).count();
        let mut left = if (13..=19).contains(&digits) { digits } else { 0 };
        for c in number.chars() {
            hidden.push(if c.is_ascii_digit() && left > 4 { '*' } else { c });
            left = left.saturating_sub(usize::from(c.is_ascii_digit()));
        }
    }
    (hidden != text).then_some(hidden)
}

#[cfg(test)]
mod tests {
    use super::without_card_numbers;

    #[test]
    fn numbers_of_cards_are_hidden() {
        for (text, expected) in [
            ("4111 1111 1111 1111", Some("**** **** **** 1111")),
            ("Mine is 4111-1111-1111-1111, ok?", Some("Mine is ****-****-****-1111, ok?")),
            ("é4222222222222 é", Some("é*********2222 é")),
            ("4111111111111111 or 378282246310005.", Some("************1111 or ***********0005.")),
            ("+15550100001", None),
            ("12345678901234567890", None),
            ("", None),
            ("é - 7", None),
        ] {
            assert_eq!(without_card_numbers(text).as_deref(), expected, "{text}");
        }
    }
}
