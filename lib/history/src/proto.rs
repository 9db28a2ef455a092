//! The generated messages and services of `proto/hstry/v1`.

#[expect(missing_docs, unused_qualifications, clippy::all, reason = "generated code")]
pub mod v1 {
    tonic::include_proto!("hstry.v1");
}
