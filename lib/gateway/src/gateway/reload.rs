//! New settings while the gateway runs: all of them, or none.

use std::sync::{Arc, PoisonError};

use super::{Current, Gateway, GatewayError, Variables, admin, beside, routing, vault};
use crate::accounts::Problem;
use crate::config::{Settings, UpstreamSettings};
use crate::server::body::bytes_of;

impl Gateway {
    /// Takes new settings: all of them, or none. Requests on their way keep theirs. What needs a new start is told by
    /// [`Gateway::problems`] until the settings are as they were, or it was started.
    ///
    /// # Errors
    /// [`GatewayError::Settings`] and [`GatewayError::AdminKey`]; the old ones stay then.
    pub fn reload(&self, settings: &Settings, var: &Variables) -> Result<(), GatewayError> {
        let _one = self.one.lock().unwrap_or_else(PoisonError::into_inner);
        self.take(settings.clone(), var)?;
        *self.not_taken.lock().unwrap_or_else(PoisonError::into_inner) = None;
        Ok(())
    }

    /// The same with the settings that were taken last: what is kept of accounts changed.
    ///
    /// # Errors
    /// As [`Gateway::reload`].
    pub fn reload_accounts(&self, var: &Variables) -> Result<(), GatewayError> {
        let _one = self.one.lock().unwrap_or_else(PoisonError::into_inner);
        self.take(self.current().settings.clone(), var)
    }

    /// New settings could not be taken: this is told to those who run the gateway until others are.
    pub fn not_taken(&self, detail: String) {
        let problem = Problem { what: "configuration".to_owned(), detail };
        *self.not_taken.lock().unwrap_or_else(PoisonError::into_inner) = Some(problem);
    }

    /// First everything that can fail, then everything that counts from now on.
    fn take(&self, settings: Settings, var: &Variables) -> Result<(), GatewayError> {
        let settings = beside(settings, &self.database);
        let old = self.current();
        let admin = admin(&settings, var)?;
        let kept = || self.kept.read(&vault(&self.database, &settings), &settings, var);
        let routing = routing(&settings, Some(&old.routing), var, kept)?;
        let server = &settings.server;
        let connections = usize::try_from(server.max_connections).unwrap_or(usize::MAX);
        self.connections.set(connections);
        old.abandoned.set(connections);
        old.bodies.set(bytes_of(server.max_bodies_mib));
        old.client.connects_within(UpstreamSettings::seconds(settings.upstream.connect_timeout_seconds));
        self.book.recorder.keep(settings.log.most());
        let new = Current {
            routing,
            admin,
            book: Arc::clone(&old.book),
            client: Arc::clone(&old.client),
            bodies: Arc::clone(&old.bodies),
            abandoned: Arc::clone(&old.abandoned),
            tasks: old.tasks.clone(),
            settings,
        };
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(new);
        Ok(())
    }

    /// What of the settings counts with the next start alone.
    #[must_use]
    pub fn waits_for_a_start(&self) -> Option<Problem> {
        let (is, wanted) = (self.listen, self.current().settings.server.listen);
        let detail = format!("it listens at {is} until it is started anew, and then at {wanted}");
        (wanted != is).then(|| Problem { what: "server.listen".to_owned(), detail })
    }
}
