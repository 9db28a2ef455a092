//! Starting a holder and talking to it.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use std::path::Path;
//! use oqto_process::{HolderSpec, Kind, attach, start};
//!
//! let dir = Path::new("/run/user/1000/oqto/holders/example");
//! let spec = HolderSpec::new(dir, "example-0001", vec!["/bin/cat".into()], "/tmp");
//! start(Path::new("/usr/lib/oqto/oqto-hold"), &spec).await?;
//! let (holder, mut records) = attach(dir, 1, 0).await?;
//! holder.send("hello-1", b"hello\n".to_vec()).await?;
//! while let Some(record) = records.next().await {
//!     if let Kind::Out(bytes) = record?.kind {
//!         assert_eq!(bytes, b"hello\n");
//!         break;
//!     }
//! }
//! # Ok(())
//! # }
//! ```

mod connect;
mod handle;
mod pump;
mod records;
mod start;

pub use connect::{AttachError, attach, status};
pub use handle::{CallError, Holder, Sent};
pub use records::{Records, StreamError};
pub use start::{StartError, start};
