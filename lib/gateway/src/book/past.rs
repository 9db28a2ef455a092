//! What was used by requests that are forgotten: sums of each day, by everything that sums can be asked by.
//!
//! A request's numbers go there in the transaction that forgets it, so that what is told of a time is the same before and
//! after; only the time within the day is lost.

use oqto_store::error::StoreError;
use oqto_store::rusqlite::{Connection, Params};
use oqto_store::schema::Migration;

/// The table. What an older version forgot is known by key and day alone, and its tokens only together (`unsplit`): it is
/// what the sums of keys have more than the requests that are there.
pub(super) const MIGRATION: Migration = Migration {
    name: "sums of the days whose requests are forgotten",
    sql: "
        CREATE TABLE past (
            day INTEGER NOT NULL,
            key TEXT NOT NULL,
            provider TEXT NOT NULL,
            account TEXT NOT NULL,
            model TEXT NOT NULL,
            outcome TEXT NOT NULL,
            requests INTEGER NOT NULL,
            estimated INTEGER NOT NULL,
            unpriced INTEGER NOT NULL,
            input INTEGER NOT NULL,
            cache_read INTEGER NOT NULL,
            cache_write INTEGER NOT NULL,
            cache_write_long INTEGER NOT NULL,
            output INTEGER NOT NULL,
            reasoning INTEGER NOT NULL,
            unsplit INTEGER NOT NULL,
            cost_pico INTEGER NOT NULL,
            PRIMARY KEY (day, key, provider, account, model, outcome)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO past
        SELECT spent.day, spent.key, '', '', '', '', spent.requests - coalesce(there.requests, 0), 0, 0, 0, 0, 0, 0, 0, 0,
            max(spent.tokens - coalesce(there.tokens, 0), 0), max(spent.cost_pico - coalesce(there.cost_pico, 0), 0)
        FROM spent LEFT JOIN (
            SELECT key, at_ms / 86400000 AS day, count(*) AS requests, coalesce(sum(cost_pico), 0) AS cost_pico,
                sum(input + cache_read + cache_write + cache_write_long + output) AS tokens
            FROM used GROUP BY 1, 2
        ) AS there ON there.key = spent.key AND there.day = spent.day
        WHERE spent.requests > coalesce(there.requests, 0);",
};

/// Forgets the requests that a query gives the ids of, in any order, the same whenever it is asked. Says how many.
pub(super) fn forget(db: &Connection, which: &str, asked: impl Params + Copy) -> Result<usize, StoreError> {
    // One after the other, so that numbers that are too large for a sum become the largest there is.
    db.execute(
        &format!(
            "INSERT INTO past
             SELECT at_ms / 86400000, key, provider, account, model, outcome, 1, estimated,
                 cost_pico IS NULL AND input + output > 0, input, cache_read, cache_write, cache_write_long, output,
                 reasoning, 0, coalesce(cost_pico, 0)
             FROM used WHERE id IN ({which})
             ON CONFLICT DO UPDATE SET requests = requests + 1, estimated = estimated + excluded.estimated,
                 unpriced = unpriced + excluded.unpriced, {}",
            ["input", "cache_read", "cache_write", "cache_write_long", "output", "reasoning", "cost_pico"]
                .map(added)
                .join(", ")
        ),
        asked,
    )?;
    Ok(db.execute(&format!("DELETE FROM used WHERE id IN ({which})"), asked)?)
}

fn added(column: &str) -> String {
    format!("{column} = min({column}, {} - excluded.{column}) + excluded.{column}", i64::MAX)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use oqto_store::open::{Durability, read_write};
    use oqto_store::schema::Schema;

    use super::super::tables::SCHEMA;
    use super::super::{Book, Group, UsageQuery, UsageSum};

    const DAY: i64 = 86_400_000;
    const NOW: i64 = 20_000 * DAY + 5;

    /// A database as the version before this table left it: of three requests of one day, one is still there; of two of
    /// another none; of a third day all.
    fn old_database(path: &std::path::Path) {
        let old = Schema { migrations: &SCHEMA.migrations[..3], ..SCHEMA };
        let db = read_write(path, &old, Durability::Rebuildable).unwrap();
        let terms = r#"{"name": "k", "owner": "ada"}"#;
        db.execute(
            "INSERT INTO virtual_key (id, hash, terms, created_ms) VALUES ('key_1', zeroblob(32), ?1, 0)",
            [terms],
        )
        .unwrap();
        for (request, at_ms, cost) in [("r1", 19_990 * DAY + 7, Some(40)), ("r2", 19_999 * DAY, None)] {
            db.execute(
                "INSERT INTO used (request, key, at_ms, provider, account, model, api, status, outcome, input, cache_read,
                     cache_write, cache_write_long, output, reasoning, estimated, cost_pico, total_ms)
                 VALUES (?1, 'key_1', ?2, 'p', 'a', 'm', 'chat', 200, 'done', 3, 2, 0, 0, 5, 1, 0, ?3, 9)",
                (request, at_ms, cost),
            )
            .unwrap();
        }
        for (day, requests, tokens, cost) in [(19_990, 3, 110, 140), (19_991, 2, 8, 1_000), (19_999, 1, 10, 0)] {
            db.execute("INSERT INTO spent VALUES ('key_1', ?1, ?2, ?3, ?4)", (day, requests, tokens, cost)).unwrap();
        }
    }

    #[tokio::test]
    async fn a_database_of_before_keeps_all_its_sums() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("eavs.db");
        old_database(&path);
        for _ in 0..2 {
            let book = Book::open(&path, Arc::new(|| NOW)).await.unwrap();
            let told = |by| book.usage(UsageQuery { by, ..UsageQuery::default() });
            let days: Vec<_> = told(Group::Day).await.unwrap().iter().map(line).collect();
            assert_eq!(days, ["2024-09-24 3 2 100 10 140", "2024-09-25 2 2 8 0 1000", "2024-10-03 1 0 0 10 0"]);
            let owners: Vec<_> = told(Group::Owner).await.unwrap().iter().map(line).collect();
            assert_eq!(owners, ["ada 6 4 108 20 1140"]);
            let models: Vec<_> = told(Group::Model).await.unwrap().iter().map(line).collect();
            assert_eq!(models, [" 4 4 108 0 1100", "p/m 2 0 0 20 40"]);
            let key = book.find_key("k").unwrap();
            let usage = book.info(&key).await.unwrap().usage;
            assert_eq!((usage.total_requests, usage.total_tokens, usage.total_spend_usd.pico()), (6, 128, 1140));
            book.close().await;
        }
    }

    /// What, requests, those known by the day, tokens unsplit and split, cost.
    fn line(sum: &UsageSum) -> String {
        let UsageSum { group, requests, by_day, unsplit, .. } = sum;
        let group = group.trim_matches('/');
        format!("{group} {requests} {by_day} {unsplit} {} {}", sum.usage.total(), sum.cost_usd.pico())
    }
}
