//! The labels, with a bounded number of values each.

use std::borrow::Cow;
use std::sync::Arc;

use prometheus_client::encoding::EncodeLabelSet;

use super::Settled;
use crate::keys::token::PREFIX;

/// What has no number of its own.
pub(super) const OTHER: &str = "other";
/// The longest value of a label.
const LONGEST: usize = 100;

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct OfProvider {
    provider: Arc<str>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct OfModel {
    provider: Arc<str>,
    model: Arc<str>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct OfTokens {
    provider: Arc<str>,
    model: Arc<str>,
    kind: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct OfRequest {
    provider: Arc<str>,
    model: Arc<str>,
    api: &'static str,
    status: &'static str,
    outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct OfReason {
    pub(super) reason: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct OfAccount {
    pub(super) provider: String,
    pub(super) account: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct OfMeter {
    pub(super) provider: String,
    pub(super) account: String,
    pub(super) limit: String,
}

impl OfProvider {
    pub(super) fn new(provider: &str) -> Self {
        Self { provider: provider.into() }
    }
}

impl OfModel {
    pub(super) fn new(provider: &str, model: &str) -> Self {
        Self { provider: provider.into(), model: model.into() }
    }
}

impl OfTokens {
    pub(super) fn new(of: &OfModel, kind: &'static str) -> Self {
        Self { provider: Arc::clone(&of.provider), model: Arc::clone(&of.model), kind }
    }
}

impl OfRequest {
    pub(super) fn new(of: &OfModel, request: &Settled<'_>) -> Self {
        Self {
            provider: Arc::clone(&of.provider),
            model: Arc::clone(&of.model),
            api: request.api,
            status: class(request.status),
            outcome: request.outcome,
        }
    }
}

/// The class of a status; `none` where there was no answer.
fn class(status: u16) -> &'static str {
    match status {
        100..=199 => "1xx",
        200..=299 => "2xx",
        300..=399 => "3xx",
        400..=499 => "4xx",
        500..=599 => "5xx",
        _ => "none",
    }
}

/// A model's name as a label. What nobody would call a model so, a key by mistake for one, is `other`.
pub(super) fn named(model: &str) -> Cow<'_, str> {
    let usual = |c: char| c.is_ascii_alphanumeric() || "-_.:/@+".contains(c);
    if model.is_empty() || model.len() > LONGEST || !model.chars().all(usual) || model.contains(PREFIX) {
        return OTHER.into();
    }
    model.into()
}
