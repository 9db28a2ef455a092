//! Text into terms: words without case and accents, parts of identifiers, pairs of CJK letters, stems and meanings.
//!
//! A term is a letter for its kind and the term itself: `w` a word, `s` its stem, `c` what it means in the trade
//! (see [`crate::meanings`]). The same text gives the same terms, in the index and in a question.

use crate::meanings;

/// One word of a text with everything it may be found by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The word, folded.
    pub word: String,
    /// Its stem.
    pub stem: String,
    /// The numbers of its meanings.
    pub meanings: Vec<usize>,
}

/// The words of a text, in order; an identifier gives its parts and itself.
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    spelled(text).into_iter().map(word).collect()
}

/// As [`words`], without what they mean and share.
pub(crate) fn spelled(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for run in text.split(|letter: char| !(letter.is_alphanumeric() || letter == '_')) {
        let folded: Vec<String> =
            parts(run).into_iter().map(|part| fold(&part)).filter(|part| !part.is_empty()).collect();
        if folded.len() > 1 && !folded.iter().any(|part| part.chars().any(is_cjk)) {
            words.push(folded.concat());
        }
        for part in folded {
            if part.chars().any(is_cjk) { pairs(&part, &mut words) } else { words.push(part) }
        }
    }
    words
}

fn word(word: String) -> Word {
    let stem = stem(&word).to_owned();
    let meanings = meanings::of(&word, &stem);
    Word { word, stem, meanings }
}

/// CJK is written without spaces: neighbours are terms, as are Latin words between them.
fn pairs(run: &str, words: &mut Vec<String>) {
    let letters: Vec<char> = run.chars().collect();
    for piece in letters.chunk_by(|a, b| is_cjk(*a) == is_cjk(*b)) {
        if !is_cjk(piece[0]) || piece.len() == 1 {
            words.push(piece.iter().collect());
            continue;
        }
        words.extend(piece.windows(2).map(|pair| pair.iter().collect::<String>()));
    }
}

fn is_cjk(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}')
}

/// Cuts `snake_case`, `camelCase` and `HTTPServer` where a person sees a boundary.
fn parts(run: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let letters: Vec<char> = run.chars().collect();
    for (at, letter) in letters.iter().enumerate() {
        if *letter == '_' {
            parts.push(String::new());
            continue;
        }
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let ends_acronym =
            before.is_some_and(|b| b.is_uppercase()) && letters.get(at + 1).is_some_and(|n| n.is_lowercase());
        let begins = letter.is_uppercase() && (before.is_some_and(|b| b.is_lowercase()) || ends_acronym);
        if begins {
            parts.push(String::new());
        }
        if let Some(last) = parts.last_mut() {
            last.push(*letter);
        }
    }
    parts
}

/// Lower case, without accents.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ą' => folded.push('a'),
            'ç' | 'ć' | 'č' => folded.push('c'),
            'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => folded.push('e'),
            'ì' | 'í' | 'î' | 'ï' | 'ı' => folded.push('i'),
            'ł' => folded.push('l'),
            'ñ' | 'ń' | 'ň' => folded.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ő' => folded.push('o'),
            'ś' | 'š' | 'ş' => folded.push('s'),
            'ù' | 'ú' | 'û' | 'ü' | 'ů' | 'ű' => folded.push('u'),
            'ý' | 'ÿ' => folded.push('y'),
            'ź' | 'ż' | 'ž' => folded.push('z'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            '\u{300}'..='\u{36f}' => {}
            other => folded.push(other),
        }
    }
    folded
}

/// Endings of English, German and French words, longer ones first.
const ENDINGS: [&str; 30] = [
    "izations", "ization", "ations", "ements", "ation", "ement", "ments", "ungen", "ingly", "ment", "ness", "ings",
    "able", "edly", "ung", "ing", "ies", "ied", "ier", "est", "ers", "es", "ed", "er", "en", "em", "ly", "s", "e", "y",
];

/// Letters that stay whatever is cut off.
const LEAST: usize = 4;

/// What forms of one word have in common; a word with a digit is its own stem.
#[must_use]
pub fn stem(word: &str) -> &str {
    if !word.is_ascii() || word.bytes().any(|byte| byte.is_ascii_digit()) {
        return word;
    }
    let mut stem = word;
    if let (LEAST, Some(one)) = (word.len(), word.strip_suffix('s'))
        && !one.ends_with(['s', 'u', 'i'])
    {
        // Keys and jobs, not this and plus.
        return one;
    }
    for _ in 0..2 {
        // Most endings end otherwise, which is told by one letter.
        let (last, longest) = (stem.as_bytes().last(), stem.len().saturating_sub(LEAST));
        let may = |ending: &&&str| ending.as_bytes().last() == last && ending.len() <= longest;
        let cut = ENDINGS.iter().filter(may).find_map(|ending| stem.strip_suffix(ending));
        stem = cut.unwrap_or(stem);
    }
    let bytes = stem.as_bytes();
    match bytes {
        [.., a, b] if a == b && bytes.len() > LEAST => &stem[..stem.len() - 1],
        _ => stem,
    }
}

/// Words that say nothing alone: they are in every text.
const EMPTY: &str = " a an and are as at be been but by can could did do does for from had has have how i if in into is it \
    its me my of on or our out shall should so some somebody than that the their them then there they this to up was we \
    were what when where which while who whom whose why will with would you your after before about again also any because \
    der die das den dem des ein eine einer eines einem einen und oder ist sind war wie wo wann warum was wer welche welcher \
    im in am an auf aus bei fur mit nach von vor zu zum zur uber wird werden hat haben kann darf muss man wir es nur auch \
    le la les l un une des du de d et ou est sont que qui quoi quand comment pourquoi pour par dans sur avec il elle on au aux \
    el los las una y o es por para con del se og i er en et til pa af med har der det hvad i na z w do jest ";

/// Whether a folded word says nothing alone.
#[must_use]
pub fn is_empty_word(word: &str) -> bool {
    EMPTY.split_ascii_whitespace().any(|empty| empty == word)
}

/// The terms of words for the index, parted by spaces, in order and with repetitions.
#[must_use]
pub fn terms(words: &[Word]) -> String {
    let mut terms = String::new();
    let mut push = |kind: char, term: &str| {
        if !terms.is_empty() {
            terms.push(' ');
        }
        terms.push(kind);
        terms.push_str(term);
    };
    for Word { word, stem, meanings } in words {
        push('w', word);
        push('s', stem);
        for meaning in meanings {
            push('c', &meaning.to_string());
        }
    }
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.word).collect()
    }

    #[test]
    fn identifiers_are_found_whole_and_in_parts() {
        assert_eq!(plain("release_expired_holds"), ["releaseexpiredholds", "release", "expired", "holds"]);
        assert_eq!(plain("useCheckout HTTPServer"), ["usecheckout", "use", "checkout", "httpserver", "http", "server"]);
        assert_eq!(plain("importers/nordlink.rs"), ["importers", "nordlink", "rs"]);
    }

    #[test]
    fn other_scripts() {
        assert_eq!(plain("Rückerstattung Øre Straße"), ["ruckerstattung", "ore", "strasse"]);
        assert_eq!(plain("時刻表 CI四倍"), ["時刻", "刻表", "ci", "四倍"]);
        assert_eq!(plain("🚢 —"), Vec::<String>::new());
    }

    #[test]
    fn forms_of_a_word_share_a_stem() {
        for (one, other) in [
            ("refunds", "refund"),
            ("compiled", "compile"),
            ("tickets", "ticket"),
            ("zeitungen", "zeitung"),
            ("dogs", "dog"),
        ] {
            assert_eq!(stem(one), stem(other));
        }
        assert_eq!((stem("this"), stem("plus"), stem("less")), ("this", "plus", "less"));
        assert_eq!(stem("fjord5"), "fjord5");
        assert_eq!(stem("時刻表"), "時刻表");
    }
}
