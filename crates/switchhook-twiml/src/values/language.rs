//! Languages of speech, recognition and payment prompts.

value_list! {
    /// Language that is spoken.
    SayLanguage open {
        AfZa = "af-ZA", AmEt = "am-ET", ArAe = "ar-AE", ArXa = "ar-XA", Arb = "arb",
        BgBg = "bg-BG", BnIn = "bn-IN", CaEs = "ca-ES", CmnCn = "cmn-CN", CmnTw = "cmn-TW",
        CsCz = "cs-CZ", CyGb = "cy-GB", DaDk = "da-DK", DeAt = "de-AT", DeDe = "de-DE",
        ElGr = "el-GR", EnAu = "en-AU", EnCa = "en-CA", EnGb = "en-GB", EnGbWls = "en-GB-WLS",
        EnIe = "en-IE", EnIn = "en-IN", EnNz = "en-NZ", EnUs = "en-US", EnZa = "en-ZA",
        EsEs = "es-ES", EsMx = "es-MX", EsUs = "es-US", FiFi = "fi-FI", FilPh = "fil-PH",
        FrCa = "fr-CA", FrFr = "fr-FR", FrBe = "fr-BE", GuIn = "gu-IN", HeIl = "he-IL",
        HiIn = "hi-IN", HuHu = "hu-HU", IdId = "id-ID", IsIs = "is-IS", ItIt = "it-IT",
        JaJp = "ja-JP", KnIn = "kn-IN", KoKr = "ko-KR", LvLv = "lv-LV", MlIn = "ml-IN",
        MrIn = "mr-IN", MsMy = "ms-MY", NbNo = "nb-NO", NlBe = "nl-BE", NlNl = "nl-NL",
        PaIn = "pa-IN", PlPl = "pl-PL", PtBr = "pt-BR", PtPt = "pt-PT", RoRo = "ro-RO",
        RuRu = "ru-RU", SkSk = "sk-SK", SrRs = "sr-RS", SvSe = "sv-SE", TaIn = "ta-IN",
        TeIn = "te-IN", ThTh = "th-TH", TrTr = "tr-TR", UkUa = "uk-UA", ViVn = "vi-VN",
        YueHk = "yue-HK", ZhCn = "zh-CN", ZhHk = "zh-HK", ZhTw = "zh-TW",
    }
}

value_list! {
    /// Language that a gather recognises.
    GatherLanguage open {
        AfZa = "af-ZA", AmEt = "am-ET", ArAe = "ar-AE", ArBh = "ar-BH", ArDz = "ar-DZ",
        ArEg = "ar-EG", ArIl = "ar-IL", ArIq = "ar-IQ", ArJo = "ar-JO", ArKw = "ar-KW",
        ArLb = "ar-LB", ArMa = "ar-MA", ArOm = "ar-OM", ArPs = "ar-PS", ArQa = "ar-QA",
        ArSa = "ar-SA", ArTn = "ar-TN", AzAz = "az-AZ", BgBg = "bg-BG", BnBd = "bn-BD",
        BnIn = "bn-IN", CaEs = "ca-ES", CsCz = "cs-CZ", DaDk = "da-DK", DeDe = "de-DE",
        ElGr = "el-GR", EnAu = "en-AU", EnCa = "en-CA", EnGb = "en-GB", EnGh = "en-GH",
        EnIe = "en-IE", EnIn = "en-IN", EnKe = "en-KE", EnNg = "en-NG", EnNz = "en-NZ",
        EnPh = "en-PH", EnSg = "en-SG", EnTz = "en-TZ", EnUs = "en-US", EnZa = "en-ZA",
        EsAr = "es-AR", EsBo = "es-BO", EsCl = "es-CL", EsCo = "es-CO", EsCr = "es-CR",
        EsDo = "es-DO", EsEc = "es-EC", EsEs = "es-ES", EsGt = "es-GT", EsHn = "es-HN",
        EsMx = "es-MX", EsNi = "es-NI", EsPa = "es-PA", EsPe = "es-PE", EsPr = "es-PR",
        EsPy = "es-PY", EsSv = "es-SV", EsUs = "es-US", EsUy = "es-UY", EsVe = "es-VE",
        EtEe = "et-EE", EuEs = "eu-ES", FaIr = "fa-IR", FiFi = "fi-FI", FilPh = "fil-PH",
        FrCa = "fr-CA", FrFr = "fr-FR", GlEs = "gl-ES", GuIn = "gu-IN", HeIl = "he-IL",
        HiIn = "hi-IN", HrHr = "hr-HR", HuHu = "hu-HU", HyAm = "hy-AM", IdId = "id-ID",
        IsIs = "is-IS", ItIt = "it-IT", JaJp = "ja-JP", JvId = "jv-ID", KaGe = "ka-GE",
        KmKh = "km-KH", KnIn = "kn-IN", KoKr = "ko-KR", LoLa = "lo-LA", LtLt = "lt-LT",
        LvLv = "lv-LV", MkMk = "mk-MK", MlIn = "ml-IN", MnMn = "mn-MN", MrIn = "mr-IN",
        MsMy = "ms-MY", MyMm = "my-MM", NarIq = "nar-IQ", NbNo = "nb-NO", NeNp = "ne-NP",
        NlBe = "nl-BE", NlNl = "nl-NL", PaGuruIn = "pa-guru-IN", PlPl = "pl-PL", PtBr = "pt-BR",
        PtPt = "pt-PT", RoRo = "ro-RO", RuRu = "ru-RU", SiLk = "si-LK", SkSk = "sk-SK",
        SlSi = "sl-SI", SqAl = "sq-AL", SrRs = "sr-RS", SuId = "su-ID", SvSe = "sv-SE",
        SwKe = "sw-KE", SwTz = "sw-TZ", TaIn = "ta-IN", TaLk = "ta-LK", TaMy = "ta-MY",
        TaSg = "ta-SG", TeIn = "te-IN", ThTh = "th-TH", TrTr = "tr-TR", UkUa = "uk-UA",
        UrIn = "ur-IN", UrPk = "ur-PK", UzUz = "uz-UZ", ViVn = "vi-VN", YueHantHk = "yue-Hant-HK",
        Zh = "zh", CmnHansCn = "cmn-Hans-CN", ZhTw = "zh-TW", CmnHantTw = "cmn-Hant-TW",
        ZuZa = "zu-ZA",
    }
}

value_list! {
    /// Language of a passage.
    SsmlLangXmlLang open {
        Arb = "arb", ArAe = "ar-AE", CaEs = "ca-ES", CmnCn = "cmn-CN", CyGb = "cy-GB",
        DaDk = "da-DK", DeDe = "de-DE", DeAt = "de-AT", EnAu = "en-AU", EnGb = "en-GB",
        EnGbWls = "en-GB-WLS", EnIn = "en-IN", EnNz = "en-NZ", EnUs = "en-US", EnZa = "en-ZA",
        EsEs = "es-ES", EsMx = "es-MX", EsUs = "es-US", FiFi = "fi-FI", FrCa = "fr-CA",
        FrFr = "fr-FR", HeIl = "he-IL", HiIn = "hi-IN", IsIs = "is-IS", ItIt = "it-IT",
        JaJp = "ja-JP", KoKr = "ko-KR", NbNo = "nb-NO", NlNl = "nl-NL", PlPl = "pl-PL",
        PtBr = "pt-BR", PtPt = "pt-PT", RoRo = "ro-RO", RuRu = "ru-RU", SvSe = "sv-SE",
        TrTr = "tr-TR", YueCn = "yue-CN",
    }
}

value_list! {
    /// Language of the payment prompts.
    PayLanguage open {
        DeDe = "de-DE", EnAu = "en-AU", EnCa = "en-CA", EnGb = "en-GB", EnIn = "en-IN",
        EnIe = "en-IE", EnNz = "en-NZ", EnPh = "en-PH", EnZa = "en-ZA", EnUs = "en-US",
        EsEs = "es-ES", EsUs = "es-US", FrCa = "fr-CA", FrFr = "fr-FR", ItIt = "it-IT",
    }
}
