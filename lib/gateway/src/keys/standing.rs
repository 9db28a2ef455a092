//! What a key has used, and whether it may go on.
//!
//! A request reserves the most that it can cost before it goes out, and settles what it did cost. A request whose
//! worst case is more than what is left may still go when it is alone and what it sends is affordable: it reserves all
//! that is left, so that a budget is exceeded by the error of one request at most, and never by requests at once.

use std::collections::VecDeque;

use super::terms::Permissions;
use super::window::{Window, day};
use crate::money::Money;

const MINUTE_MS: i64 = 60_000;

/// What a request may cost.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ask {
    /// The price when it writes nothing.
    pub least: Money,
    /// The price when it writes all that it may.
    pub most: Money,
    /// Tokens that it sends.
    pub least_tokens: u64,
    /// Tokens that it sends, and all that it may write.
    pub most_tokens: u64,
}

/// What was set aside for a request.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reserved {
    money: Money,
    tokens: u64,
    turn: u64,
}

/// Why a key may not go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The budget is used up.
    Budget {
        /// Seconds until it begins anew.
        after: Option<u64>,
    },
    /// What is left of the budget is reserved for requests on their way.
    Reserved,
    /// Too many requests in this minute.
    Requests {
        /// Seconds until the next may go.
        after: u64,
    },
    /// Too many requests on this day.
    Day {
        /// Seconds until the next one begins, in UTC.
        after: u64,
    },
    /// Too many tokens in this minute.
    Tokens {
        /// Seconds until this one may go.
        after: u64,
    },
}

/// What a key has used.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    window: Window,
    first_day: i64,
    spent: Money,
    tokens: u64,
    reserved: Money,
    reserved_tokens: u64,
    in_flight: u32,
    turns: u64,
    /// The requests of a day, and which.
    today: (i64, u64),
    /// The requests of the last minute: when, which, and how many tokens.
    minute: VecDeque<(i64, u64, u64)>,
}

impl Standing {
    /// What is known of a key when the program starts: what it used in its window, and the requests of the last minute
    /// with their tokens, oldest first.
    #[must_use]
    pub fn resumed(window: Window, now_ms: i64, spent: Money, tokens: u64, minute: &[(i64, u64)]) -> Self {
        let numbered = minute.iter().zip(1..).map(|((at, tokens), turn)| (*at, turn, *tokens));
        Self {
            window,
            first_day: window.first_day(day(now_ms)),
            spent,
            tokens,
            turns: minute.len() as u64,
            minute: numbered.collect(),
            ..Self::default()
        }
    }

    /// The same with the requests of the day so far.
    #[must_use]
    pub const fn with_requests_of(mut self, today: i64, requests: u64) -> Self {
        self.today = (today, requests);
        self
    }

    /// Used in this window, without what is on its way.
    #[must_use]
    pub const fn spent(&self) -> (Money, u64) {
        (self.spent, self.tokens)
    }

    /// Requests on their way.
    #[must_use]
    pub const fn in_flight(&self) -> u32 {
        self.in_flight
    }

    /// Sets aside what a request may cost.
    ///
    /// # Errors
    /// [`Refusal`]; nothing is set aside then.
    pub fn admit(&mut self, permissions: &Permissions, now_ms: i64, ask: Ask) -> Result<Reserved, Refusal> {
        self.advance(now_ms);
        let after = || self.window.seconds_left(now_ms);
        let alone = self.in_flight == 0;
        let money = match permissions.max_budget_usd {
            None => Money::ZERO,
            Some(budget) => {
                let left = [budget, self.spent, self.reserved].map(Money::pico);
                Money::from_pico(
                    share(left, ask.least.pico(), ask.most.pico(), alone).map_err(|none| none.why(after()))?,
                )
            }
        };
        let tokens = match permissions.max_budget_tokens {
            None => 0,
            Some(budget) => {
                let left = [budget, self.tokens, self.reserved_tokens];
                share(left, ask.least_tokens, ask.most_tokens, alone).map_err(|none| none.why(after()))?
            }
        };
        self.rate(permissions, now_ms, ask.most_tokens)?;
        self.turns += 1;
        self.today.1 += 1;
        self.in_flight += 1;
        self.reserved += money;
        self.reserved_tokens = self.reserved_tokens.saturating_add(tokens);
        if permissions.rpm_limit.is_some() || permissions.tpm_limit.is_some() {
            self.minute.push_back((now_ms, self.turns, ask.most_tokens));
        }
        Ok(Reserved { money, tokens, turn: self.turns })
    }

    /// Replaces what was set aside by what was used.
    pub fn settle(&mut self, now_ms: i64, reserved: Reserved, spent: Money, tokens: u64) {
        self.advance(now_ms);
        self.in_flight = self.in_flight.saturating_sub(1);
        self.reserved = self.reserved - reserved.money;
        self.reserved_tokens = self.reserved_tokens.saturating_sub(reserved.tokens);
        self.spent += spent;
        self.tokens = self.tokens.saturating_add(tokens);
        if let Some(entry) = self.minute.iter_mut().find(|(_, turn, _)| *turn == reserved.turn) {
            entry.2 = tokens;
        }
    }

    /// Follows the clock: a new window, and requests that are more than a minute old.
    fn advance(&mut self, now_ms: i64) {
        let first_day = self.window.first_day(day(now_ms));
        // A clock that was set back must not give a budget a second time.
        if first_day > self.first_day {
            self.first_day = first_day;
            self.spent = Money::ZERO;
            self.tokens = 0;
        }
        if day(now_ms) > self.today.0 {
            self.today = (day(now_ms), 0);
        }
        // Nor may it hold a rate for longer than a minute: what seems to be yet to come is of now.
        if self.minute.back().is_some_and(|(at, ..)| *at > now_ms) {
            self.minute.iter_mut().for_each(|(at, ..)| *at = (*at).min(now_ms));
        }
        while self.minute.front().is_some_and(|(at, ..)| now_ms.saturating_sub(*at) >= MINUTE_MS) {
            self.minute.pop_front();
        }
    }

    fn rate(&self, permissions: &Permissions, now_ms: i64, tokens: u64) -> Result<(), Refusal> {
        let wait = |at: i64| {
            u64::try_from((at + MINUTE_MS - now_ms).clamp(0, MINUTE_MS)).unwrap_or_default().div_ceil(1000).max(1)
        };
        if permissions.rpd_limit.is_some_and(|limit| self.today.1 >= limit) {
            return Err(Refusal::Day { after: Window::Daily.seconds_left(now_ms).unwrap_or(1) });
        }
        if let Some(limit) = permissions.rpm_limit
            && self.minute.len() as u64 >= limit
        {
            // The next may go when so many have left the minute that one is free.
            let leaving = self.minute.len().saturating_sub(usize::try_from(limit).unwrap_or(usize::MAX));
            let after = self.minute.get(leaving).map_or(60, |(at, ..)| wait(*at));
            return Err(Refusal::Requests { after });
        }
        if let Some(limit) = permissions.tpm_limit {
            let mut used = self.minute.iter().fold(0_u64, |sum, (_, _, tokens)| sum.saturating_add(*tokens));
            // One that is larger than the limit may go when it has the minute for itself.
            let fits = |used: u64| used == 0 || used.saturating_add(tokens) <= limit;
            if !fits(used) {
                let leaves = |(at, _, tokens): &(i64, u64, u64)| {
                    used = used.saturating_sub(*tokens);
                    fits(used).then(|| wait(*at))
                };
                let after = self.minute.iter().find_map(leaves).unwrap_or(60);
                return Err(Refusal::Tokens { after });
            }
        }
        Ok(())
    }
}

/// Why nothing of a budget can be set aside.
enum Nothing {
    Left,
    Free,
}

impl Nothing {
    const fn why(&self, after: Option<u64>) -> Refusal {
        match self {
            Self::Left => Refusal::Budget { after },
            Self::Free => Refusal::Reserved,
        }
    }
}

/// What to set aside of a budget of which so much is spent and so much reserved.
fn share([budget, spent, reserved]: [u64; 3], least: u64, most: u64, alone: bool) -> Result<u64, Nothing> {
    let left = budget.saturating_sub(spent);
    if left == 0 && most > 0 || least > left {
        return Err(Nothing::Left);
    }
    let free = left.saturating_sub(reserved);
    if most <= free {
        return Ok(most);
    }
    if alone { Ok(free) } else { Err(Nothing::Free) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: i64 = 1_795_000_000_000;

    fn usd(budget: u64) -> Permissions {
        Permissions { max_budget_usd: Some(Money::from_pico(budget)), ..Permissions::default() }
    }

    fn ask(least: u64, most: u64) -> Ask {
        Ask { least: Money::from_pico(least), most: Money::from_pico(most), least_tokens: least, most_tokens: most }
    }

    #[test]
    fn a_request_alone_may_use_what_is_left_and_others_wait() {
        let (terms, mut standing) = (usd(100), Standing::default());
        let first = standing.admit(&terms, NOW, ask(10, 500)).unwrap();
        assert_eq!(standing.admit(&terms, NOW, ask(1, 2)), Err(Refusal::Reserved));
        standing.settle(NOW, first, Money::from_pico(40), 0);
        let second = standing.admit(&terms, NOW, ask(10, 30)).unwrap();
        let third = standing.admit(&terms, NOW, ask(10, 30)).unwrap();
        assert_eq!(standing.admit(&terms, NOW, ask(1, 1)), Err(Refusal::Reserved));
        standing.settle(NOW, second, Money::from_pico(30), 0);
        standing.settle(NOW, third, Money::from_pico(30), 0);
        assert_eq!(standing.admit(&terms, NOW, ask(1, 1)), Err(Refusal::Budget { after: None }));
        assert_eq!(standing.spent().0, Money::from_pico(100));
    }

    #[test]
    fn what_it_sends_must_be_affordable() {
        let mut standing = Standing::default();
        assert_eq!(standing.admit(&usd(100), NOW, ask(101, 200)), Err(Refusal::Budget { after: None }));
        assert!(standing.admit(&usd(100), NOW, ask(100, 200)).is_ok());
    }

    #[test]
    fn a_window_begins_anew_and_a_clock_set_back_gives_nothing() {
        let terms = Permissions { budget_window: Window::Daily, max_budget_tokens: Some(10), ..Permissions::default() };
        let mut standing = Standing::resumed(Window::Daily, NOW, Money::ZERO, 10, &[]);
        assert!(matches!(standing.admit(&terms, NOW, ask(1, 1)), Err(Refusal::Budget { after: Some(1..) })));
        assert!(standing.admit(&terms, NOW - 200_000_000, ask(1, 1)).is_err());
        assert!(standing.admit(&terms, NOW + 86_400_000, ask(1, 1)).is_ok());
    }

    #[test]
    fn a_minute_has_so_many_requests_and_tokens() {
        let terms = Permissions { rpm_limit: Some(2), ..Permissions::default() };
        let mut standing = Standing::resumed(Window::Total, NOW, Money::ZERO, 0, &[(NOW - 30_000, 5)]);
        assert!(standing.admit(&terms, NOW, ask(1, 1)).is_ok());
        assert_eq!(standing.admit(&terms, NOW + 1, ask(1, 1)), Err(Refusal::Requests { after: 30 }));
        assert!(standing.admit(&terms, NOW + 30_000, ask(1, 1)).is_ok());

        let terms = Permissions { tpm_limit: Some(100), ..Permissions::default() };
        let mut standing = Standing::default();
        let large = standing.admit(&terms, NOW, ask(50, 500)).unwrap();
        assert_eq!(standing.admit(&terms, NOW + 20_000, ask(1, 1)), Err(Refusal::Tokens { after: 40 }));
        standing.settle(NOW + 20_000, large, Money::ZERO, 60);
        assert!(standing.admit(&terms, NOW + 20_000, ask(1, 40)).is_ok());
        assert_eq!(standing.admit(&terms, NOW + 30_000, ask(1, 1)), Err(Refusal::Tokens { after: 30 }));
    }

    #[test]
    fn a_day_has_so_many_requests() {
        let terms = Permissions { rpd_limit: Some(3), ..Permissions::default() };
        let mut standing = Standing::default().with_requests_of(day(NOW), 2);
        assert!(standing.admit(&terms, NOW, ask(1, 1)).is_ok());
        let Err(Refusal::Day { after }) = standing.admit(&terms, NOW, ask(1, 1)) else { panic!("it is the fourth") };
        assert!((1..=86_400).contains(&after));
        assert!(standing.admit(&terms, NOW + i64::try_from(after).unwrap() * 1000, ask(1, 1)).is_ok());
    }

    proptest! {
        #[test]
        fn a_budget_is_exceeded_by_one_request_at_most(
            budget in 1_u64..1000,
            steps in prop::collection::vec((1_u64..80, 0_u64..200, 0_u64..200, any::<bool>()), 1..80),
        ) {
            let terms = usd(budget);
            let mut standing = Standing::default();
            let mut on_their_way: Vec<(Reserved, u64)> = Vec::new();
            for (least, more, used, settles) in steps {
                // A request costs what it says at the least, and never more than its worst case.
                let cost = least + used.min(more);
                if let Ok(reserved) = standing.admit(&terms, NOW, ask(least, least + more)) {
                    on_their_way.push((reserved, cost));
                }
                if settles && !on_their_way.is_empty() {
                    let (reserved, cost) = on_their_way.remove(0);
                    standing.settle(NOW, reserved, Money::from_pico(cost), 0);
                }
            }
            for (reserved, cost) in on_their_way {
                standing.settle(NOW, reserved, Money::from_pico(cost), 0);
            }
            prop_assert!(standing.spent().0.pico() < budget + 280, "one request's worst case beyond {budget}");
            prop_assert_eq!(standing.in_flight(), 0);
            prop_assert_eq!(standing.reserved, Money::ZERO);
        }
    }
}
