//! What is asked: the words and everything that narrows them.

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

/// A question, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Question {
    pub(crate) words: String,
    pub(crate) site: Option<String>,
    pub(crate) categories: Vec<Category>,
    pub(crate) engines: Vec<String>,
    pub(crate) language: Option<String>,
    pub(crate) safe_search: SafeSearch,
    pub(crate) time_range: Option<TimeRange>,
    pub(crate) method: Method,
}

impl Question {
    /// The form fields of one page (counted from 1).
    pub(crate) fn fields(&self, page: u32) -> Vec<(&'static str, String)> {
        let words = match &self.site {
            Some(site) => format!("site:{site} {}", self.words),
            None => self.words.clone(),
        };
        let mut fields = vec![("q", words), ("format", "json".to_owned())];
        let mut add = |name, value: String| {
            if !value.is_empty() {
                fields.push((name, value));
            }
        };
        add("categories", self.categories.iter().map(|category| category.name()).collect::<Vec<_>>().join(","));
        add("engines", self.engines.join(","));
        add("language", self.language.clone().unwrap_or_default());
        add("safesearch", self.safe_search.level().to_string());
        add("time_range", self.time_range.map(|range| range.name().to_owned()).unwrap_or_default());
        add("pageno", if page > 1 { page.to_string() } else { String::new() });
        fields
    }
}

/// A group of engines.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Category {
    General,
    News,
    Videos,
    Images,
    Music,
    Map,
    Science,
    It,
    Files,
    #[serde(rename = "social media", alias = "social-media", alias = "social_media", alias = "social+media")]
    #[serde(alias = "socialmedia")]
    #[value(name = "social media", aliases = ["social+media", "social-media", "social_media", "socialmedia"])]
    SocialMedia,
}

impl Category {
    fn name(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::News => "news",
            Self::Videos => "videos",
            Self::Images => "images",
            Self::Music => "music",
            Self::Map => "map",
            Self::Science => "science",
            Self::It => "it",
            Self::Files => "files",
            Self::SocialMedia => "social media",
        }
    }
}

/// How much is filtered out.
#[derive(ValueEnum, Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum SafeSearch {
    None,
    Moderate,
    #[default]
    Strict,
}

impl SafeSearch {
    /// As the configuration spells it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Moderate => "moderate",
            Self::Strict => "strict",
        }
    }

    fn level(self) -> u8 {
        match self {
            Self::None => 0,
            Self::Moderate => 1,
            Self::Strict => 2,
        }
    }
}

/// How old a result may be.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TimeRange {
    #[value(alias = "d")]
    Day,
    #[value(alias = "w")]
    Week,
    #[value(alias = "m")]
    Month,
    #[value(alias = "y")]
    Year,
}

impl TimeRange {
    fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

/// How the question travels: POST keeps it out of the logs of servers on the way.
#[derive(ValueEnum, Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[value(rename_all = "UPPER")]
pub(crate) enum Method {
    #[default]
    #[serde(alias = "get")]
    Get,
    #[serde(alias = "post")]
    Post,
}

impl Method {
    /// As the configuration spells it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_given_is_sent() {
        let bare = Question {
            words: "why is the sky blue".into(),
            site: None,
            categories: Vec::new(),
            engines: Vec::new(),
            language: None,
            safe_search: SafeSearch::Strict,
            time_range: None,
            method: Method::Get,
        };
        let names: Vec<_> = bare.fields(1).into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(names, ["q=why is the sky blue", "format=json", "safesearch=2"]);
        let full = Question {
            site: Some("docs.rs".into()),
            categories: vec![Category::It, Category::SocialMedia],
            engines: vec!["bing".into(), "brave".into()],
            language: Some("de".into()),
            safe_search: SafeSearch::None,
            time_range: Some(TimeRange::Week),
            ..bare
        };
        let names: Vec<_> = full.fields(3).into_iter().skip(2).map(|(name, value)| format!("{name}={value}")).collect();
        let expected = ["categories=it,social media", "engines=bing,brave", "language=de", "safesearch=0"];
        assert_eq!(names[..4], expected);
        assert_eq!(names[4..], ["time_range=week", "pageno=3"]);
        assert_eq!(full.fields(1)[0].1, "site:docs.rs why is the sky blue");
    }
}
