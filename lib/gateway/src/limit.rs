//! So many at the same time, where how many may change while some are on their way.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Semaphore;

/// A number of places. More are there at once; of fewer, those that are taken stay so until they are given back.
pub(crate) struct Limit {
    places: Semaphore,
    most: Mutex<usize>,
    /// Places that go away when they are given back.
    owed: AtomicUsize,
}

/// Places that are taken, until this is dropped.
#[derive(Debug)]
pub(crate) struct Permit {
    limit: Arc<Limit>,
    count: usize,
}

impl fmt::Debug for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Limit").field("most", &self.most()).finish_non_exhaustive()
    }
}

impl Limit {
    pub(crate) fn new(most: usize) -> Arc<Self> {
        let most = most.min(Semaphore::MAX_PERMITS);
        Arc::new(Self { places: Semaphore::new(most), most: Mutex::new(most), owed: AtomicUsize::new(0) })
    }

    pub(crate) fn most(&self) -> usize {
        *self.most.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on there are so many.
    pub(crate) fn set(&self, most: usize) {
        let most = most.min(Semaphore::MAX_PERMITS);
        let mut now = self.most.lock().unwrap_or_else(PoisonError::into_inner);
        if most > *now {
            self.give_back(most - *now);
        } else {
            let fewer = *now - most;
            self.owed.fetch_add(fewer, Ordering::AcqRel);
            // What another gives back meanwhile pays as well: nothing is taken away twice.
            self.give_back(self.places.forget_permits(fewer));
        }
        *now = most;
    }

    /// Waits for a place; whoever came first gets one first.
    pub(crate) async fn take(self: &Arc<Self>) -> Option<Permit> {
        self.places.acquire().await.ok()?.forget();
        Some(Permit { limit: Arc::clone(self), count: 1 })
    }

    /// So many places, if they are free now.
    pub(crate) fn try_take(self: &Arc<Self>, count: usize) -> Option<Permit> {
        self.places.try_acquire_many(u32::try_from(count).ok()?).ok()?.forget();
        Some(Permit { limit: Arc::clone(self), count })
    }

    fn give_back(&self, count: usize) {
        let owed = self.owed.load(Ordering::Acquire);
        let paid = if owed == 0 { 0 } else { self.pay(count) };
        self.places.add_permits(count - paid);
    }

    /// Pays with so many places; says how many were owed of them.
    fn pay(&self, count: usize) -> usize {
        let paid = |owed: usize| Some(owed.saturating_sub(count));
        let owed = self.owed.fetch_update(Ordering::AcqRel, Ordering::Acquire, paid).unwrap_or_default();
        owed.min(count)
    }
}

impl Permit {
    /// Both as one; they have to be of one limit.
    pub(crate) fn merge(&mut self, mut other: Self) {
        debug_assert!(Arc::ptr_eq(&self.limit, &other.limit));
        self.count += std::mem::take(&mut other.count);
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.limit.give_back(self.count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn free(limit: &Limit) -> usize {
        limit.places.available_permits()
    }

    #[test]
    fn fewer_places_wait_for_those_that_are_taken() {
        let limit = Limit::new(10);
        let (seven, two) = (limit.try_take(7).unwrap(), limit.try_take(2).unwrap());
        limit.set(4);
        assert_eq!((limit.most(), free(&limit)), (4, 0));
        // Five go away with the first that are given back.
        drop(two);
        assert_eq!(free(&limit), 0);
        assert!(limit.try_take(1).is_none());
        drop(seven);
        assert_eq!(free(&limit), 4);
    }

    #[test]
    fn more_places_pay_what_is_owed_first() {
        let limit = Limit::new(4);
        let mut all = limit.try_take(3).unwrap();
        all.merge(limit.try_take(1).unwrap());
        limit.set(1);
        limit.set(5);
        assert_eq!(free(&limit), 1);
        drop(all);
        assert_eq!(free(&limit), 5);
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn whatever_happens_at_once_the_sum_is_right() {
        let limit = Limit::new(8);
        let taking = (0..8).map(|_| {
            let limit = Arc::clone(&limit);
            tokio::spawn(async move {
                for _ in 0..2000 {
                    let one = limit.take().await.unwrap();
                    tokio::task::yield_now().await;
                    drop((one, limit.try_take(2)));
                }
            })
        });
        let taking: Vec<_> = taking.collect();
        for round in 0..2000 {
            limit.set(1 + round % 13);
            tokio::task::yield_now().await;
        }
        limit.set(6);
        for task in taking {
            task.await.unwrap();
        }
        assert_eq!((free(&limit), limit.owed.load(Ordering::Acquire)), (6, 0));
    }
}
