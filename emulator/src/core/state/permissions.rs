//! The permissions that can be granted to a role.
//!
//! A permission allows an action. Its id contains its scope: `update-user` covers all users, `update-user-owner` the
//! caller only. A final `-any-team` covers all teams; only the search for users has such a permission here.

use getstream_users::model::Permission;

/// The actions that need a permission here. Names are those of Stream's documentation. Those for user groups and roles
/// are derived from permission ids, which are seen in the settings of an app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    BanUser,
    CreateUserGroup,
    DeleteUserGroup,
    FlagUser,
    MuteUser,
    ReadRoles,
    ReadUserGroups,
    SearchUser,
    UpdateUser,
    UpdateUserGroup,
}

/// Which objects a permission covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// All objects.
    All,
    /// The caller's own objects.
    Own,
}

impl Reach {
    /// The wider of the two.
    pub(crate) const fn wider(self, other: Self) -> Self {
        match self {
            Self::All => self,
            Self::Own => other,
        }
    }
}

impl Action {
    /// The action's name in messages.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::BanUser => "BanUser",
            Self::CreateUserGroup => "CreateUserGroup",
            Self::DeleteUserGroup => "DeleteUserGroup",
            Self::FlagUser => "FlagUser",
            Self::MuteUser => "MuteUser",
            Self::ReadRoles => "ReadRoles",
            Self::ReadUserGroups => "ReadUserGroups",
            Self::SearchUser => "SearchUser",
            Self::UpdateUser => "UpdateUser",
            Self::UpdateUserGroup => "UpdateUserGroup",
        }
    }

    /// How far the granted permissions allow the action; `None` if none of them does.
    pub(crate) fn reach(self, granted: &[String]) -> Option<Reach> {
        let own = |id: &String| id.strip_suffix(ANY_TEAM).unwrap_or(id).ends_with(OWNER);
        let allowing = granted.iter().filter(|id| kind(id).is_some_and(|kind| kind.action == self.name()));
        let reaches = allowing.map(|id| if own(id) { Reach::Own } else { Reach::All });
        reaches.reduce(Reach::wider)
    }
}

const OWNER: &str = "-owner";
/// The suffix of permissions that cover all teams.
pub(super) const ANY_TEAM: &str = "-any-team";

/// The permissions for one action, which differ in their reach.
#[derive(Debug)]
struct Kind {
    /// The id of the permission that covers everything within a team.
    id: &'static str,
    action: &'static str,
    /// Where it is granted: `app` or `channel`.
    level: &'static str,
    /// The type of the objects that the permission covers.
    resource: &'static str,
    description: &'static str,
}

const fn app(id: &'static str, action: Action, resource: &'static str, description: &'static str) -> Kind {
    Kind { id, action: action.name(), level: "app", resource, description }
}

const fn channel(id: &'static str, action: &'static str, resource: &'static str, description: &'static str) -> Kind {
    Kind { id, action, level: "channel", resource, description }
}

/// Every kind of permission: those with an effect here, and the most frequent ones of channels, which SDK tests read.
const KINDS: &[Kind] = &[
    app("ban-user", Action::BanUser, "User", "Ban users and list banned users"),
    app("create-user-group", Action::CreateUserGroup, "UserGroup", "Create user groups"),
    app("delete-user-group", Action::DeleteUserGroup, "UserGroup", "Delete user groups"),
    app("flag-user", Action::FlagUser, "User", "Flag users"),
    app("mute-user", Action::MuteUser, "User", "Mute and unmute users"),
    app("read-roles", Action::ReadRoles, "Role", "Search roles"),
    app("read-user-groups", Action::ReadUserGroups, "UserGroup", "List, search and read user groups"),
    app("search-user", Action::SearchUser, "User", "Search users"),
    app("update-user", Action::UpdateUser, "User", "Create and change users"),
    app("update-user-group", Action::UpdateUserGroup, "UserGroup", "Change user groups and their members"),
    channel("create-channel", "CreateChannel", "Channel", "Create channels"),
    channel("read-channel", "ReadChannel", "Channel", "Read the messages of channels"),
    channel("update-channel", "UpdateChannel", "Channel", "Change channels"),
    channel("delete-channel", "DeleteChannel", "Channel", "Delete channels"),
    channel("read-channel-members", "ReadChannelMembers", "Channel", "List the members of channels"),
    channel("update-channel-members", "UpdateChannelMembers", "Channel", "Add and remove members of channels"),
    channel("ban-channel-member", "BanChannelMember", "Channel", "Ban members of channels"),
    channel("create-message", "CreateMessage", "Channel", "Send messages"),
    channel("update-message", "UpdateMessage", "Message", "Change messages"),
    channel("delete-message", "DeleteMessage", "Message", "Delete messages"),
    channel("create-reaction", "CreateReaction", "Channel", "React to messages"),
    channel("upload-attachment", "UploadAttachment", "Channel", "Upload files and images"),
];

/// The kind of the permission with this id.
fn kind(id: &str) -> Option<&'static Kind> {
    let wide = id.strip_suffix(ANY_TEAM).unwrap_or(id);
    let base = wide.strip_suffix(OWNER).unwrap_or(wide);
    KINDS.iter().find(|kind| kind.id == base)
}

/// All permissions.
pub(crate) fn all() -> impl Iterator<Item = Permission> {
    KINDS.iter().flat_map(|kind| {
        ["", OWNER, ANY_TEAM, "-owner-any-team"].map(|suffix| describe(kind, format!("{}{suffix}", kind.id)))
    })
}

/// The permission with this id.
pub(crate) fn get(id: &str) -> Option<Permission> {
    kind(id).map(|kind| describe(kind, id.to_owned()))
}

fn describe(kind: &Kind, id: String) -> Permission {
    let same_team = !id.ends_with(ANY_TEAM);
    let owner = id.strip_suffix(ANY_TEAM).unwrap_or(&id).ends_with(OWNER);
    Permission {
        name: title(&id),
        action: kind.action.to_owned(),
        description: kind.description.to_owned(),
        level: kind.level.to_owned(),
        owner_resource: kind.resource.to_owned(),
        // No source names any tags.
        tags: Vec::new(),
        custom: false,
        owner,
        same_team,
        condition: None,
        id,
    }
}

/// `Update User Owner` for `update-user-owner`.
fn title(id: &str) -> String {
    let words = id.split('-').map(|word| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_reaches_as_far_as_the_widest_permission() {
        let reach = |ids: &[&str]| {
            let ids: Vec<String> = ids.iter().map(|&id| id.to_owned()).collect();
            Action::UpdateUser.reach(&ids)
        };
        assert_eq!(reach(&[]), None);
        assert_eq!(reach(&["mute-user", "update-user-group", "update-user-owners"]), None);
        assert_eq!(reach(&["update-user-owner"]), Some(Reach::Own));
        assert_eq!(reach(&["update-user-owner-any-team"]), Some(Reach::Own));
        assert_eq!(reach(&["update-user-owner", "update-user-any-team"]), Some(Reach::All));
        assert_eq!(reach(&["update-user", "update-user-owner"]), Some(Reach::All));
    }

    #[test]
    fn every_listed_permission_is_found_by_its_id() {
        for permission in all() {
            assert_eq!(get(&permission.id), Some(permission.clone()), "{}", permission.id);
        }
        assert_eq!(get("create-everything"), None);
        assert_eq!(get("-owner"), None);
    }

    #[test]
    fn an_id_says_what_a_permission_is_for() {
        let shape = |id: &str| get(id).map(|found| (found.name, found.action, found.owner, found.same_team));
        let expected =
            |name: &str, action: &str, owner, same_team| Some((name.to_owned(), action.to_owned(), owner, same_team));
        assert_eq!(shape("create-channel"), expected("Create Channel", "CreateChannel", false, true));
        assert_eq!(shape("update-user-owner"), expected("Update User Owner", "UpdateUser", true, true));
        assert_eq!(shape("mute-user-any-team"), expected("Mute User Any Team", "MuteUser", false, false));
    }
}
