//! HTTP: one table of routes, who may use each, the page, and what is said about it all.

mod answer;
mod guard;
mod login;
mod openapi;
mod page;
mod sessions;
mod table;

use crate::relay::Relay;
use axum::Router;
use std::sync::Arc;

/// Everything this server answers over HTTP.
pub fn router(relay: Arc<Relay>) -> Router {
    let mut router = Router::new();
    for route in table::ROUTES {
        router = router.route(route.path, table::handler(route, &relay));
    }
    router
        .fallback(page::serve)
        .layer(axum::extract::DefaultBodyLimit::max(oqto_protocol::MAX_LINE_BYTES))
        .layer(axum::middleware::from_fn_with_state(Arc::clone(&relay), guard::check_request))
        .with_state(relay)
}
