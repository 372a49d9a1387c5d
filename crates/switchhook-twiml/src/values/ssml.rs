//! Values of the SSML elements.

value_list! {
    /// Strength of a pause in speech.
    SsmlBreakStrength closed {
        None = "none",
        XWeak = "x-weak",
        Weak = "weak",
        Medium = "medium",
        Strong = "strong",
        XStrong = "x-strong",
    }
}

value_list! {
    /// Strength of an emphasis.
    SsmlEmphasisLevel closed {
        Strong = "strong",
        Moderate = "moderate",
        Reduced = "reduced",
    }
}

value_list! {
    /// Alphabet of a pronunciation.
    SsmlPhonemeAlphabet open {
        Ipa = "ipa",
        XSampa = "x-sampa",
        XAmazonJyutping = "x-amazon-jyutping",
        XAmazonPinyin = "x-amazon-pinyin",
        XAmazonPronKana = "x-amazon-pron-kana",
        XAmazonYomigana = "x-amazon-yomigana",
    }
}

value_list! {
    /// Order of the parts of a spoken date.
    SsmlSayAsFormat open {
        Mdy = "mdy", Dmy = "dmy", Ymd = "ymd", Md = "md", Dm = "dm", Ym = "ym", My = "my",
        D = "d", M = "m", Y = "y", Yyyymmdd = "yyyymmdd",
    }
}

value_list! {
    /// How a piece of text is read out.
    SsmlSayAsInterpretAs open {
        Characters = "characters", SpellOut = "spell-out", Cardinal = "cardinal",
        Number = "number", Ordinal = "ordinal", Digits = "digits", Fraction = "fraction",
        Unit = "unit", Date = "date", Time = "time", Address = "address", Expletive = "expletive",
        Telephone = "telephone",
    }
}

value_list! {
    /// Loudness of a passage; a change like `+6dB` works too.
    SsmlProsodyVolume open {
        Default = "default",
        Silent = "silent",
        XSoft = "x-soft",
        Soft = "soft",
        Medium = "medium",
        Loud = "loud",
        XLoud = "x-loud",
    }
}

value_list! {
    /// Speed of a passage; a percentage like `85%` works too.
    SsmlProsodyRate open {
        XSlow = "x-slow",
        Slow = "slow",
        Medium = "medium",
        Fast = "fast",
        XFast = "x-fast",
    }
}

value_list! {
    /// Pitch of a passage; a change like `-10%` works too.
    SsmlProsodyPitch open {
        Default = "default",
        XLow = "x-low",
        Low = "low",
        Medium = "medium",
        High = "high",
        XHigh = "x-high",
    }
}
