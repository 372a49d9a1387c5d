//! The causes that the doctor knows, and what to do about each.

use std::fmt;

macro_rules! causes {
    ($( $(#[$doc:meta])* $name:ident = $code:literal: $advice:literal, )+) => {
        /// Why a signature does not match: the doctor's finding.
        ///
        /// In the order of weight: where several things are wrong at once, the first one here is
        /// the finding, and the others stand beside it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Cause {
            $( $(#[$doc])* #[doc = concat!("\n\nAs a word: `", $code, "`.")] $name, )+
        }

        impl Cause {
            /// Every cause, in the order of weight.
            pub const ALL: &'static [Self] = &[ $( Self::$name ),+ ];

            /// A stable word, such as `path-prefix`.
            pub fn as_str(self) -> &'static str {
                match self { $( Self::$name => $code, )+ }
            }

            /// What to change, in words.
            pub fn advice(self) -> &'static str {
                match self { $( Self::$name => $advice, )+ }
            }
        }
    };
}

causes! {
    /// The request cannot be read: too long, encoded, or not what it announces itself to be.
    Unreadable = "unreadable":
        "the request is refused before anybody looks at its signature: raise the limit that it is \
         over, and let no proxy compress bodies or add a second Content-Type",
    /// There is no signature header.
    SignatureMissing = "signature-missing":
        "no signature came: let the proxy pass the signature header on, and give the provider this \
         URL; a request that somebody else made has none",
    /// The signature is that of another provider's header.
    OtherProvider = "other-provider":
        "the request has the signature of another provider: check it by that provider's rules",
    /// There are several signature headers.
    SignatureRepeated = "signature-repeated":
        "the signature header is there more than once: let no proxy copy or join headers",
    /// The signature is written otherwise than the provider writes it.
    SignatureEncoding = "signature-encoding":
        "the signature is right and written wrongly (blanks, quotes, another alphabet): pass the \
         header on untouched; a signer of your own has to write it as the provider does",
    /// The signature is the text of no digest.
    SignatureMalformed = "signature-malformed":
        "the header holds no signature: look for what overwrites it",
    /// The signature is of another algorithm than the one that keys are pinned to.
    Algorithm = "algorithm":
        "the provider signs this URL with another algorithm: pin the shared key that it is told to \
         use to that one (32 bytes are HMAC_SHA256)",
    /// Another key than the configured ones signed.
    WrongToken = "wrong-token":
        "another key of yours signed: a sub-account signs with its own token, and after a rotation \
         the promoted one signs at once; configure that key",
    /// The key signed and is pinned to another account or key id than the request names.
    Account = "account":
        "the right key signed, yet the request names another account or key id than the one that \
         the key is bound to: correct the binding",
    /// The signature is of another kind than the body.
    SchemeMismatch = "scheme-mismatch":
        "the signature is that of another kind of body: hexadecimal goes with JSON, base64 with \
         forms; use a signer that tells them apart",
    /// The URL was signed, and the body is not the one whose hash the URL has; or members of
    /// JSON were signed as the parameters of a form.
    JsonAsForm = "json-as-form":
        "the body is not the one that was signed: check the bytes as they arrived, before anything \
         reads them as JSON or a form and writes them again",
    /// The body was written again on its way.
    BodyChanged = "body-changed":
        "the body was written again on its way: check the bytes as they arrived, before a JSON \
         layer touches them",
    /// Nothing covers the body.
    BodyNotCovered = "body-not-covered":
        "the sender signed the URL alone, and anybody can change the body: have the sender put \
         bodySHA256 into the URL",
    /// The parameters never reached the check.
    ParamsMissing = "params-missing":
        "the form never reached the check: something read the body before; hand over the bytes as \
         they arrived",
    /// Empty parameters were left out.
    EmptyParamsDropped = "empty-params-dropped":
        "parameters without a value were left out on the way: they are signed by their names; keep \
         them",
    /// Names of parameters were changed.
    NamesMangled = "names-mangled":
        "names of parameters were changed on the way (dots to underscores, letter case): hand over \
         the bytes of the form instead of what a framework made of them",
    /// Values of parameters were changed.
    ValuesChanged = "values-changed":
        "values of parameters were changed on the way (trimmed, decoded twice, another charset or \
         line end): hand over the bytes of the form instead of what a framework made of them",
    /// One of several values of a name was signed, or all.
    Repeats = "repeats":
        "repeated names were taken otherwise than the provider takes them: hand over all pairs, and \
         have a signer of your own do the same",
    /// The pairs were signed in another order.
    SortOrder = "sort-order":
        "the pairs were signed in another order than the provider's: a signer of your own has to \
         sort by the bytes of the names",
    /// Parameters of a GET were counted twice.
    GetParamsTwice = "get-params-twice":
        "the parameters of a GET are in the URL already: do not add them a second time",
    /// A form came whose parameters are not signed.
    ParamsNotSigned = "params-not-signed":
        "the sender signed the URL and left the parameters out: anybody can change them; correct \
         the sender",
    /// The form does not announce itself as one.
    ContentType = "content-type":
        "the body is a form and does not say so: pass the Content-Type on untouched",
    /// The provider signed the URL before or after a redirect.
    Redirect = "redirect":
        "the hosts differ by www: a redirect stands between; give the provider the final URL",
    /// Another host was signed.
    Host = "host":
        "the proxy or tunnel has another host than this process sees: configure the public origin, \
         or trust the proxy's header with the host",
    /// The scheme of the WebSocket was signed.
    WsScheme = "ws-scheme":
        "a WebSocket upgrade is signed with wss: pass Upgrade on, and configure the origin with \
         https, which stands for wss there",
    /// Another port was signed.
    Port = "port":
        "the public port is another than this process sees: configure the origin with its port, or \
         trust X-Forwarded-Port",
    /// Another scheme was signed.
    Scheme = "scheme":
        "TLS ends before this process: configure the public origin with its scheme, or trust \
         X-Forwarded-Proto from the proxy",
    /// A part of the path was cut off or put before it.
    PathPrefix = "path-prefix":
        "a gateway or router cuts the path or puts a stage before it: set the path prefix, or \
         configure the whole URL",
    /// A slash at the end of the path was added or left out.
    TrailingSlash = "trailing-slash":
        "a slash at the end of the path was added or taken away: give the provider the URL that \
         the route has, or configure the whole URL",
    /// The slash of the root path was added or left out.
    RootSlash = "root-slash":
        "the URL was given to the provider without a path: give it a path, or a slash at least",
    /// The path was decoded, encoded or tidied up.
    PathEncoding = "path-encoding":
        "escapes or doubled slashes of the path were changed: use the request line as it came",
    /// The query was left out or cut.
    QueryLost = "query-lost":
        "the query never reached the check: use the request line as it came, the query included",
    /// Something was put into the query.
    QueryAdded = "query-added":
        "the query has more than the provider signed: let no proxy add to it, and give a <Stream> a \
         URL without a query",
    /// The query has another order.
    QueryOrder = "query-order":
        "the query was put into another order: use the request line as it came, or give the \
         provider the URL with its parameters sorted",
    /// Escapes of the query were changed.
    QueryEncoding = "query-encoding":
        "escapes of the query were changed: use the request line as it came; write blanks as %20 \
         and apostrophes as %27 in the URL that the provider has",
    /// User name and password were taken for a part of the signed URL, or left out of it.
    Userinfo = "userinfo":
        "user name and password are not signed: leave them out of the URL that is checked",
    /// The fragment was taken for a part of the signed URL, or left out of it.
    Fragment = "fragment":
        "connection overrides behind # are not signed: leave them out of the URL that is checked",
    /// The public URL of the request cannot be told.
    PublicUrl = "public-url":
        "the configured public URL refuses the request: correct the hosts or proxies that it trusts",
    /// The URL alone was signed and has the hash of the form.
    FormCoveredByHash = "form-covered-by-hash":
        "the sender hashes the form instead of signing its parameters: check in compatible mode",
    /// Nothing is wrong with the request.
    Valid = "valid":
        "the signature is right: where the request is refused, look at guards and at what the \
         failing check was given",
    /// Nothing matches.
    NoMatch = "no-match":
        "nothing that was tried gives this signature: it is forged, of an account whose key is not \
         here, or of a URL that cannot be guessed; look up the URL in the provider's request log \
         and name it",
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_distinct_and_advice_is_there() {
        let mut words: Vec<_> = Cause::ALL.iter().map(|cause| cause.as_str()).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), Cause::ALL.len());
        assert!(Cause::ALL.iter().all(|cause| !cause.advice().is_empty()));
        assert_eq!(Cause::Host.to_string(), "host");
    }
}
