//! Which connections receive an event. Every event here has its user in the field `user`.

/// Who receives an event, and whether it closes connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Audience {
    /// The connections of the user itself.
    pub(super) user: bool,
    /// Connections that watch the user's presence.
    pub(super) watchers: bool,
    /// Why the event closes the user's connections, if it does. A choice: a user who cannot connect does not stay
    /// connected.
    pub(super) ends: Option<&'static str>,
}

impl Audience {
    /// `None` for an event that only hooks receive.
    pub(super) fn of(event: &str) -> Option<Self> {
        let both = Self { user: true, watchers: true, ends: None };
        Some(match event {
            "user.updated" | "user.banned" | "user.unbanned" | "user.reactivated" => both,
            "user.deactivated" => Self { ends: Some("was deactivated"), ..both },
            "user.deleted" => Self { ends: Some("was deleted"), ..both },
            "user.presence.changed" => Self { user: false, ..both },
            // An event type without a dot is a custom event of the app.
            custom if !custom.contains('.') => Self { watchers: false, ..both },
            _ => return None,
        })
    }
}
