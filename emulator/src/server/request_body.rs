//! Reads a body up to the size limit.

use axum::body::Body;
use http_body_util::BodyExt;

/// How much of a body that is too long is still read, so that a client which sends everything before it reads gets its
/// response instead of a broken connection.
const MAX_DISCARDED: usize = 64 * 1024 * 1024;

/// Reads a body and keeps at most `most` bytes.
///
/// # Errors
/// If the connection breaks before the body ends.
pub(super) async fn read(mut body: Body, most: usize) -> Result<Vec<u8>, axum::Error> {
    let mut kept = Vec::new();
    let mut discarded = 0;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame?.into_data() else { continue };
        let room = data.len().min(most - kept.len());
        let (keep, discard) = data.split_at_checked(room).unwrap_or_default();
        kept.extend_from_slice(keep);
        discarded += discard.len();
        if discarded > MAX_DISCARDED {
            break;
        }
    }
    Ok(kept)
}
