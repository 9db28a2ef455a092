//! Character references of HTML: the numbers, and the names that pages use.

/// The names in use, without the some two thousand that hardly anybody writes; those stay as they stand.
#[rustfmt::skip]
const NAMES: &[(&str, &str)] = &[
    ("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'"), ("nbsp", "\u{a0}"),
    ("copy", "©"), ("reg", "®"), ("trade", "™"), ("hellip", "…"), ("mdash", "—"), ("ndash", "–"), ("minus", "−"),
    ("lsquo", "‘"), ("rsquo", "’"), ("sbquo", "‚"), ("ldquo", "“"), ("rdquo", "”"), ("bdquo", "„"),
    ("laquo", "«"), ("raquo", "»"), ("lsaquo", "‹"), ("rsaquo", "›"), ("bull", "•"), ("middot", "·"),
    ("sect", "§"), ("para", "¶"), ("deg", "°"), ("plusmn", "±"), ("times", "×"), ("divide", "÷"), ("micro", "µ"),
    ("frac12", "½"), ("frac14", "¼"), ("frac34", "¾"), ("sup1", "¹"), ("sup2", "²"), ("sup3", "³"),
    ("cent", "¢"), ("pound", "£"), ("yen", "¥"), ("euro", "€"), ("curren", "¤"), ("iexcl", "¡"), ("iquest", "¿"),
    ("ordf", "ª"), ("ordm", "º"), ("not", "¬"), ("shy", ""), ("zwj", "\u{200d}"), ("zwnj", "\u{200c}"),
    ("ensp", " "), ("emsp", " "), ("thinsp", " "), ("NewLine", " "), ("Tab", " "), ("colon", ":"), ("comma", ","),
    ("period", "."), ("semi", ";"), ("excl", "!"), ("quest", "?"), ("num", "#"), ("lpar", "("), ("rpar", ")"),
    ("lbrack", "["), ("rbrack", "]"), ("lbrace", "{"), ("rbrace", "}"), ("lsqb", "["), ("rsqb", "]"),
    ("lcub", "{"), ("rcub", "}"), ("ast", "*"), ("plus", "+"), ("equals", "="), ("sol", "/"), ("bsol", "\\"),
    ("lowbar", "_"), ("grave", "`"), ("verbar", "|"), ("vert", "|"), ("dollar", "$"), ("percnt", "%"), ("commat", "@"),
    ("larr", "←"), ("uarr", "↑"), ("rarr", "→"), ("darr", "↓"), ("harr", "↔"), ("lArr", "⇐"), ("rArr", "⇒"),
    ("hArr", "⇔"), ("check", "✓"), ("cross", "✗"), ("star", "☆"), ("starf", "★"), ("hearts", "♥"),
    ("infin", "∞"), ("asymp", "≈"), ("ne", "≠"), ("le", "≤"), ("ge", "≥"), ("sum", "∑"), ("prod", "∏"),
    ("radic", "√"), ("int", "∫"), ("part", "∂"), ("nabla", "∇"), ("isin", "∈"), ("notin", "∉"), ("empty", "∅"),
    ("forall", "∀"), ("exist", "∃"), ("and", "∧"), ("or", "∨"), ("cap", "∩"), ("cup", "∪"), ("sub", "⊂"), ("sup", "⊃"),
    ("alpha", "α"), ("beta", "β"), ("gamma", "γ"), ("delta", "δ"), ("epsilon", "ε"), ("zeta", "ζ"), ("eta", "η"),
    ("theta", "θ"), ("iota", "ι"), ("kappa", "κ"), ("lambda", "λ"), ("mu", "μ"), ("nu", "ν"), ("xi", "ξ"),
    ("pi", "π"), ("rho", "ρ"), ("sigma", "σ"), ("tau", "τ"), ("phi", "φ"), ("chi", "χ"), ("psi", "ψ"), ("omega", "ω"),
    ("Gamma", "Γ"), ("Delta", "Δ"), ("Theta", "Θ"), ("Lambda", "Λ"), ("Pi", "Π"), ("Sigma", "Σ"), ("Phi", "Φ"),
    ("Psi", "Ψ"), ("Omega", "Ω"),
    ("Agrave", "À"), ("Aacute", "Á"), ("Acirc", "Â"), ("Atilde", "Ã"), ("Auml", "Ä"), ("Aring", "Å"), ("AElig", "Æ"),
    ("Ccedil", "Ç"), ("Egrave", "È"), ("Eacute", "É"), ("Ecirc", "Ê"), ("Euml", "Ë"), ("Igrave", "Ì"),
    ("Iacute", "Í"), ("Icirc", "Î"), ("Iuml", "Ï"), ("ETH", "Ð"), ("Ntilde", "Ñ"), ("Ograve", "Ò"), ("Oacute", "Ó"),
    ("Ocirc", "Ô"), ("Otilde", "Õ"), ("Ouml", "Ö"), ("Oslash", "Ø"), ("Ugrave", "Ù"), ("Uacute", "Ú"), ("Ucirc", "Û"),
    ("Uuml", "Ü"), ("Yacute", "Ý"), ("THORN", "Þ"), ("szlig", "ß"), ("agrave", "à"), ("aacute", "á"), ("acirc", "â"),
    ("atilde", "ã"), ("auml", "ä"), ("aring", "å"), ("aelig", "æ"), ("ccedil", "ç"), ("egrave", "è"), ("eacute", "é"),
    ("ecirc", "ê"), ("euml", "ë"), ("igrave", "ì"), ("iacute", "í"), ("icirc", "î"), ("iuml", "ï"), ("eth", "ð"),
    ("ntilde", "ñ"), ("ograve", "ò"), ("oacute", "ó"), ("ocirc", "ô"), ("otilde", "õ"), ("ouml", "ö"), ("oslash", "ø"),
    ("ugrave", "ù"), ("uacute", "ú"), ("ucirc", "û"), ("uuml", "ü"), ("yacute", "ý"), ("thorn", "þ"), ("yuml", "ÿ"),
    ("OElig", "Œ"), ("oelig", "œ"), ("Scaron", "Š"), ("scaron", "š"), ("Zcaron", "Ž"), ("zcaron", "ž"), ("Yuml", "Ÿ"),
    ("ccaron", "č"), ("Ccaron", "Č"), ("rcaron", "ř"), ("ecaron", "ě"), ("lstrok", "ł"), ("Lstrok", "Ł"),
    ("inodot", "ı"), ("scedil", "ş"), ("Scedil", "Ş"), ("gbreve", "ğ"), ("Gbreve", "Ğ"), ("uring", "ů"),
];

/// No reference is longer than this (bytes between `&` and `;`).
const LONGEST: usize = 12;

/// The text with its references resolved. What is none stays as it stands.
pub(super) fn decode(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        let (before, reference) = rest.split_at(at);
        text.push_str(before);
        match one(reference) {
            Some((meaning, length)) => {
                text.push_str(&meaning);
                rest = reference.get(length..).unwrap_or_default();
            }
            None => {
                text.push('&');
                rest = reference.get(1..).unwrap_or_default();
            }
        }
    }
    text.push_str(rest);
    text
}

/// What a reference at the beginning means, and its length with the `&`.
fn one(reference: &str) -> Option<(String, usize)> {
    let end = reference.bytes().take(LONGEST + 2).position(|byte| byte == b';')?;
    let name = reference.get(1..end)?;
    let meaning = match name.strip_prefix('#') {
        Some(number) => numbered(number)?.to_string(),
        None => NAMES.iter().find(|(known, _)| *known == name)?.1.to_owned(),
    };
    Some((meaning, end + 1))
}

/// A character by its number; those of the C1 controls mean what Windows means by them, as everywhere on the web.
fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    if let (0x80..=0x9f, Ok(byte)) = (code, u8::try_from(code)) {
        return encoding_rs::WINDOWS_1252.decode(&[byte]).0.chars().next();
    }
    char::from_u32(code).filter(|c| *c != '\0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_are_resolved_and_the_rest_stays() {
        assert_eq!(decode("a &amp; b &lt;c&gt; &#228;&#xE4;&#X1F980; &eacute;&hellip;"), "a & b <c> ää🦀 é…");
        assert_eq!(decode("&#147;x&#148;"), "“x”");
        assert_eq!(
            decode("&nosuch; & &; &#; &#x110000; &#0; AT&T &amp"),
            "&nosuch; & &; &#; &#x110000; &#0; AT&T &amp"
        );
        assert_eq!(decode("&amp;lt;"), "&lt;");
    }
}
