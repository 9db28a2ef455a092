//! Blobs as streams of pieces. Files are read and written on threads that may block.

use std::io::Read as _;

use bytes::Bytes;
use sha2::{Digest, Sha256};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Status, Streaming};

use super::history::History;
use crate::blobs::{PIECE, hex};
use crate::error::HistoryError;
use crate::model::Blob;
use crate::proto::v1;

pub(super) type BlobStream = ReceiverStream<Result<v1::GetBlobResponse, Status>>;

impl History {
    pub(super) async fn receive_blob(&self, mut pieces: Streaming<v1::PutBlobRequest>) -> Result<Blob, HistoryError> {
        let blobs = self.blobs.clone();
        let (sender, mut chunks) = mpsc::channel::<Option<Bytes>>(4);
        let writing = tokio::task::spawn_blocking(move || {
            let mut receiving = blobs.receive()?;
            while let Some(chunk) = chunks.blocking_recv() {
                match chunk {
                    Some(chunk) => receiving.push(&chunk)?,
                    None => return receiving.finish(),
                }
            }
            Err(HistoryError::Invalid("the stream of the blob broke off".into()))
        });
        let mut broken = None;
        loop {
            match pieces.message().await {
                Ok(Some(piece)) => {
                    if sender.send(Some(piece.chunk)).await.is_err() {
                        break;
                    }
                }
                Ok(None) => {
                    let _ = sender.send(None).await;
                    break;
                }
                Err(status) => {
                    broken = Some(HistoryError::from(status));
                    break;
                }
            }
        }
        drop(sender);
        let blob = writing.await.map_err(|error| HistoryError::Internal(error.to_string()))?;
        broken.map_or(blob, Err)
    }

    pub(super) fn send_blob(&self, sha256: &str) -> Result<BlobStream, HistoryError> {
        let (file, bytes) = self.blobs.open(sha256)?;
        let (pieces, stream) = mpsc::channel(4);
        let sha256 = sha256.to_owned();
        tokio::task::spawn_blocking(move || {
            if let Err(error) = send(file, bytes, &sha256, &pieces) {
                let _ = pieces.blocking_send(Err(error.to_status()));
            }
        });
        Ok(ReceiverStream::new(stream))
    }
}

/// Sends a file in pieces; the last is held back until the whole is known to be what its name says.
fn send(
    mut file: std::fs::File,
    bytes: u64,
    sha256: &str,
    pieces: &mpsc::Sender<Result<v1::GetBlobResponse, Status>>,
) -> Result<(), HistoryError> {
    let mut hash = Sha256::new();
    let mut held: Option<v1::GetBlobResponse> = Some(v1::GetBlobResponse { bytes, chunk: Bytes::new() });
    loop {
        let mut chunk = vec![0; PIECE];
        let count =
            file.read(&mut chunk).map_err(|error| HistoryError::Io(format!("cannot read blob {sha256}: {error}")))?;
        if count == 0 {
            break;
        }
        chunk.truncate(count);
        hash.update(&chunk);
        let before = held.replace(v1::GetBlobResponse { bytes: 0, chunk: chunk.into() });
        if before.is_some_and(|piece| pieces.blocking_send(Ok(piece)).is_err()) {
            return Ok(());
        }
    }
    if hex(hash.finalize().as_slice()) != sha256 {
        return Err(HistoryError::Corrupt(format!("blob {sha256} is damaged; run: hstry verify")));
    }
    if let Some(piece) = held {
        let _ = pieces.blocking_send(Ok(piece));
    }
    Ok(())
}
