//! The door of those who run the gateway: the admin routes of the service that runs, or of one opened for a moment.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::http::{Method, Request, StatusCode};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use oqto_kit::Tasks;
use oqto_store::error::StoreError;
use oqto_wire::http::{self, HttpError};
use oqto_wire::unix::{self, SocketError};
use serde_json::Value;

use super::admin;
use crate::book::{BookError, system_clock};
use crate::config::Settings;
use crate::gateway::{Gateway, GatewayError, Variables};

const LARGEST_ANSWER: usize = 64 << 20;

/// Whether the database may be opened when no service answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lock {
    /// It may: what is asked is in it.
    Taken,
    /// It may not: only a service that runs knows.
    Left,
}

/// The door did not give what was asked.
#[derive(Debug, thiserror::Error)]
pub enum DoorError {
    /// No service answers on the socket.
    #[error("no gateway answers on {path}")]
    Absent {
        /// The socket.
        path: PathBuf,
    },
    /// The connection failed.
    #[error("the gateway on {path} does not answer")]
    Broken {
        /// The socket.
        path: PathBuf,
        /// Why.
        source: HttpError,
    },
    /// The gateway cannot be opened.
    #[error(transparent)]
    Gateway(#[from] GatewayError),
    /// It refused.
    #[error("{message}")]
    Refused {
        /// The HTTP status.
        status: StatusCode,
        /// A word that programs can decide by.
        code: String,
        /// Why.
        message: String,
    },
}

/// The way to the admin routes.
#[derive(Debug)]
pub enum Door {
    /// Of the service that runs.
    Service(PathBuf),
    /// Of a gateway that this process opened, because no service runs.
    Own(Arc<Gateway>),
}

impl Door {
    /// Finds the service on its socket, or opens the database where there is none.
    ///
    /// # Errors
    /// [`DoorError`].
    pub async fn open(
        socket: &Path,
        database: &Path,
        lock: Lock,
        settings: impl FnOnce() -> Settings,
        var: &Variables,
    ) -> Result<Self, DoorError> {
        match unix::connect(socket).await {
            Ok(_) => return Ok(Self::Service(socket.to_path_buf())),
            Err(SocketError::NobodyListens(_)) => {}
            Err(error) => return Err(DoorError::Broken { path: socket.to_path_buf(), source: error.into() }),
        }
        if lock == Lock::Left {
            return Err(DoorError::Absent { path: socket.to_path_buf() });
        }
        match Gateway::open(settings(), database, system_clock(), var, Tasks::new()).await {
            Ok(gateway) => Ok(Self::Own(gateway)),
            // It started between the two looks, or listens on another socket.
            Err(GatewayError::Book(BookError::Store(StoreError::Owned { .. }))) => {
                Err(DoorError::Absent { path: socket.to_path_buf() })
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Asks. The path begins with `/admin/`.
    ///
    /// # Errors
    /// [`DoorError`].
    pub async fn ask(&self, method: Method, path: &str, body: Option<&Value>) -> Result<Value, DoorError> {
        let body = Full::new(body.map(|body| Bytes::from(body.to_string())).unwrap_or_default());
        let mut request = Request::new(body);
        *request.method_mut() = method;
        *request.uri_mut() = path.parse().map_err(|error: axum::http::uri::InvalidUri| DoorError::Refused {
            status: StatusCode::BAD_REQUEST,
            code: "invalid_path".to_owned(),
            message: error.to_string(),
        })?;
        let (status, bytes) = match self {
            Self::Service(socket) => http::ask(socket, request, LARGEST_ANSWER)
                .await
                .map_err(|source| DoorError::Broken { path: socket.clone(), source })?,
            Self::Own(gateway) => within(gateway, request).await,
        };
        let value: Value = serde_json::from_slice(&bytes).unwrap_or_default();
        if status.is_success() {
            return Ok(value);
        }
        let text = |name: &str| value["error"][name].as_str().unwrap_or_default().to_owned();
        Err(DoorError::Refused { status, code: text("code"), message: text("message") })
    }

    /// Closes what was opened.
    pub async fn close(self) {
        match self {
            Self::Service(_) => {}
            Self::Own(gateway) => gateway.book.close().await,
        }
    }
}

async fn within(gateway: &Arc<Gateway>, request: Request<Full<Bytes>>) -> (StatusCode, Bytes) {
    let (head, body) = request.into_parts();
    let body = match body.collect().await {
        Ok(body) => body.to_bytes(),
        Err(never) => match never {},
    };
    let response =
        admin::answer(gateway, &head, body).await.unwrap_or_else(|failure| super::entry::told(&failure, None));
    let status = response.status();
    let body = Limited::new(response.into_body(), LARGEST_ANSWER).collect().await;
    (status, body.map(|body| body.to_bytes()).unwrap_or_default())
}
