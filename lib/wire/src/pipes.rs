//! Lines over stdio, over a child's pipes, and over memory.

use crate::framing::LineReader;
use crate::writing::LineWriter;
use tokio::io::{AsyncRead, AsyncWrite, DuplexStream, ReadHalf, Stdin, Stdout, WriteHalf};

/// Line halves of any pair of byte streams, such as a child's stdout and stdin.
pub fn lines<R, W>(read: R, write: W) -> (LineReader<R>, LineWriter<W>)
where
    R: AsyncRead + Unpin + Send,
    W: AsyncWrite + Unpin + Send,
{
    (LineReader::new(read), LineWriter::new(write))
}

/// Line halves of this process's own stdin and stdout.
#[must_use]
pub fn stdio() -> (LineReader<Stdin>, LineWriter<Stdout>) {
    lines(tokio::io::stdin(), tokio::io::stdout())
}

/// One end of a pipe in memory.
pub type MemoryLines = (LineReader<ReadHalf<DuplexStream>>, LineWriter<WriteHalf<DuplexStream>>);

/// Two ends of a pipe in memory that holds at most `capacity` bytes in each direction.
#[must_use]
pub fn memory(capacity: usize) -> (MemoryLines, MemoryLines) {
    let (ours, theirs) = tokio::io::duplex(capacity);
    (halves(ours), halves(theirs))
}

/// Line halves of one end of a duplex stream.
#[must_use]
pub fn halves(stream: DuplexStream) -> MemoryLines {
    let (read, write) = tokio::io::split(stream);
    lines(read, write)
}
