//! Which instance is asked when, and how pages become one list.

use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use oqto_protocol::error::ErrorKind;
use serde::Serialize;

use crate::agent::Manner;
use crate::answer::{Answer, Extras, Found};
use crate::fault::Fault;
use crate::instance::Instance;
use crate::question::Question;
use crate::searxng;
use crate::settings::Strategy;

/// No search asks for more pages than this.
const MOST_PAGES: u32 = 50;

/// What is searched, where and how.
#[derive(Debug)]
pub(crate) struct Search<'a> {
    pub(crate) question: &'a Question,
    pub(crate) instances: &'a [Instance],
    pub(crate) strategy: Strategy,
    pub(crate) manner: &'a Manner,
    /// At most this many results; 0 is one page as it comes.
    pub(crate) count: usize,
}

/// What came of it, when at least one instance answered.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) results: Vec<Found>,
    pub(crate) extras: Extras,
    /// The instance that answered.
    pub(crate) instance: Instance,
    /// Those that did not, and why.
    pub(crate) failures: Vec<Failure>,
}

impl Outcome {
    /// Whether nothing was found, not even a direct answer.
    pub(crate) fn is_empty(&self) -> bool {
        self.results.is_empty() && !self.extras.answer()
    }
}

/// An instance that did not answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Failure {
    pub(crate) instance: Instance,
    pub(crate) fault: Fault,
}

/// A failure as JSON shows it.
#[derive(Serialize)]
pub(crate) struct Told {
    instance: String,
    code: ErrorKind,
    message: String,
}

impl Failure {
    /// As JSON shows it.
    pub(crate) fn told(&self) -> Told {
        Told { instance: self.instance.to_string(), code: self.fault.kind(), message: self.fault.to_string() }
    }
}

/// Hears how each request went. It is never told the question.
pub(crate) trait Watch: Sync {
    fn asked(&self, instance: &Instance, took: Duration, answered: Result<&Answer, &Fault>);
}

/// One request that was answered.
struct Answered {
    instance: Instance,
    answer: Answer,
}

impl Search<'_> {
    /// Asks until there are enough results.
    ///
    /// # Errors
    /// Every instance's failure, when none of them answered.
    pub(crate) fn run(&self, watch: &dyn Watch) -> Result<Outcome, Vec<Failure>> {
        let mut failures = Vec::new();
        let first = match self.strategy {
            Strategy::Ordered => self.ordered(watch, &mut failures),
            Strategy::ParallelFastest => self.fastest(watch, &mut failures),
        };
        let Some(Answered { instance, answer }) = first else { return Err(failures) };
        let mut outcome = Outcome { results: Vec::new(), extras: answer.extras, instance, failures };
        add_new(&mut outcome.results, answer.results);
        self.further_pages(watch, &mut outcome);
        if self.count > 0 {
            outcome.results.truncate(self.count);
        }
        Ok(outcome)
    }

    /// One more page of an instance.
    ///
    /// # Errors
    /// When it does not answer.
    pub(crate) fn page(&self, instance: &Instance, page: u32, watch: &dyn Watch) -> Result<Answer, Fault> {
        let start = Instant::now();
        let answer = searxng::ask(instance, self.question, page, self.manner);
        watch.asked(instance, start.elapsed(), answer.as_ref());
        answer
    }

    /// The first with results; else the first that answered at all.
    fn ordered(&self, watch: &dyn Watch, failures: &mut Vec<Failure>) -> Option<Answered> {
        let mut empty = None;
        for instance in self.instances {
            match self.page(instance, 1, watch) {
                Ok(answer) if !answer.is_empty() => {
                    return Some(Answered { instance: instance.clone(), answer });
                }
                Ok(answer) => empty = empty.or_else(|| Some(Answered { instance: instance.clone(), answer })),
                Err(fault) => failures.push(Failure { instance: instance.clone(), fault }),
            }
        }
        empty
    }

    /// The same with all asked at once. Those that are slower are left to themselves; they end with the program.
    fn fastest(&self, watch: &dyn Watch, failures: &mut Vec<Failure>) -> Option<Answered> {
        let (sender, receiver) = mpsc::channel();
        for instance in self.instances {
            let (sender, instance) = (sender.clone(), instance.clone());
            let (question, manner) = (self.question.clone(), self.manner.clone());
            thread::spawn(move || {
                let start = Instant::now();
                let answer = searxng::ask(&instance, &question, 1, &manner);
                // Nobody listens any more when another was faster.
                let _ = sender.send((instance, answer, start.elapsed()));
            });
        }
        drop(sender);
        let mut empty = None;
        for (instance, answer, took) in receiver {
            watch.asked(&instance, took, answer.as_ref());
            match answer {
                Ok(answer) if !answer.is_empty() => return Some(Answered { instance, answer }),
                Ok(answer) => empty = empty.or(Some(Answered { instance, answer })),
                Err(fault) => failures.push(Failure { instance, fault }),
            }
        }
        // They come in the order of their speed; said is the order of the configuration.
        let place = |failure: &Failure| self.instances.iter().position(|instance| *instance == failure.instance);
        failures.sort_by_key(place);
        empty
    }

    /// Further pages of the instance that answered, until there are enough or a page brings nothing new. What is there
    /// already is not lost when a later page fails.
    fn further_pages(&self, watch: &dyn Watch, outcome: &mut Outcome) {
        let mut page = 1;
        while !outcome.results.is_empty() && outcome.results.len() < self.count && page < MOST_PAGES {
            page += 1;
            match self.page(&outcome.instance, page, watch) {
                Ok(answer) => {
                    outcome.extras.join(answer.extras);
                    if !add_new(&mut outcome.results, answer.results) {
                        return;
                    }
                }
                Err(fault) => {
                    outcome.failures.push(Failure { instance: outcome.instance.clone(), fault });
                    return;
                }
            }
        }
    }
}

/// Adds the results that are not there yet, and says whether there were any. The address is what makes two the same.
pub(crate) fn add_new(into: &mut Vec<Found>, from: Vec<Found>) -> bool {
    let before = into.len();
    for found in from {
        let is_known = !found.url.is_empty() && into.iter().any(|known| known.url == found.url);
        if !is_known {
            into.push(found);
        }
    }
    into.len() > before
}
