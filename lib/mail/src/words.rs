//! Closed sets that are stored and shown as words.

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        pub enum $name { $($(#[$variant_doc])* #[serde(rename = $word)] $variant,)* }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word that is stored and shown.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// The one with this word.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.word() == word)
            }
        }

        impl oqto_store::rusqlite::types::ToSql for $name {
            fn to_sql(&self) -> oqto_store::rusqlite::Result<oqto_store::rusqlite::types::ToSqlOutput<'_>> {
                Ok(self.word().into())
            }
        }

        impl oqto_store::rusqlite::types::FromSql for $name {
            fn column_result(value: oqto_store::rusqlite::types::ValueRef<'_>) -> oqto_store::rusqlite::types::FromSqlResult<Self> {
                Self::from_word(value.as_str()?).ok_or(oqto_store::rusqlite::types::FromSqlError::InvalidType)
            }
        }
    };
}
pub(crate) use words;
