// The methods of the official SDK's client that are not about users, each with the reason. A method that the SDK gets
// one day is in no list, so the test asks what it is about.

/** By the object that has them, and by why they are left out. */
export const notAboutUsers = {
  client: {
    "lists of words that messages may not hold":
      "listBlockLists createBlockList importBlockList deleteBlockList getBlockList updateBlockList",
    "tries out how an app sends pushes and events": "checkPush checkSNS checkSQS",
    "push providers and templates of the whole app":
      "listPushProviders upsertPushProvider deletePushProvider getPushTemplates upsertPushTemplate",
    "where an app's files are stored":
      "listExternalStorage createExternalStorage deleteExternalStorage updateExternalStorage checkExternalStorage",
    "imports of a whole app's data, by file": `createImportURL createImport getImport listImports createImportV2Task
      getImportV2Task listImportV2Tasks cancelImportV2Task deleteImportV2Task getImporterExternalStorage
      upsertImporterExternalStorage validateImporterExternalStorage deleteImporterExternalStorage`,
    "files and links in messages": "uploadFile deleteFile uploadImage deleteImage getOG",
    "polls in messages": `createPoll getPoll updatePoll updatePollPartial queryPolls deletePoll createPollOption
      getPollOption updatePollOption deletePollOption queryPollVotes`,
  },
  moderation: {
    "what the automatic moderation does": `check customCheck checkS3Access bulkImageModeration analyze labels
      queryLabelResults bypass upsertConfig getConfig deleteConfig queryModerationConfigs upsertModerationRule
      getModerationRule deleteModerationRule queryModerationRules v2UpsertTemplate v2QueryTemplates v2DeleteTemplate
      getSetupSession upsertSetupSession`,
    "what moderators do in the dashboard": `queryReviewQueue getReviewQueueItem submitAction submitModerationFeedback
      listQueues createQueue getQueue updateQueue deleteQueue getActionConfig upsertActionConfig bulkUpsertActionConfig
      bulkDeleteActionConfig deleteActionConfig insertActionLog queryModerationLogs queryModerationFlags getFlagCount`,
    "appeals against what moderators did": "appeal getAppeal queryAppeals bulkActionAppeals",
    "tries out policies of moderation": `getPolicyTestRun listPolicyTestSets createPolicyTestSet deletePolicyTestSet
      getPolicyTestSet startPolicyTestRun`,
  },
  chat: {
    campaigns: `createCampaign queryCampaigns deleteCampaign getCampaign updateCampaign startCampaign stopCampaign
      createSegment querySegments deleteSegment getSegment updateSegment addSegmentTargets deleteSegmentTargets
      segmentTargetExists querySegmentTargets`,
    "channels and their members": `channel queryChannels channelBatchUpdate deleteChannels groupedQueryChannels
      getOrCreateDistinctChannel getOrCreateChannel getChannel updateChannelPartial updateChannel deleteChannel
      exportChannels hideChannel showChannel truncateChannel muteChannel unmuteChannel sendEvent queryMembers
      updateMemberPartial deleteChannelFile uploadChannelFile deleteChannelImage uploadChannelImage`,
    "types of channels, commands, retention": `listChannelTypes createChannelType deleteChannelType getChannelType
      updateChannelType listCommands createCommand deleteCommand getCommand updateCommand getRetentionPolicy
      setRetentionPolicy deleteRetentionPolicy getRetentionPolicyRuns queryTeamUsageStats`,
    "messages, and who has read them": `sendMessage getMessage getManyMessages updateMessage updateMessagePartial
      ephemeralMessageUpdate deleteMessage undeleteMessage commitMessage runMessageAction translateMessage
      queryMessageHistory queryMessageFlags search sendReaction deleteReaction getReactions queryReactions getReplies
      queryThreads getThread updateThreadPartial castPollVote deletePollVote createReminder updateReminder
      deleteReminder queryReminders getDraft deleteDraft queryDrafts markRead markUnread markChannelsRead markDelivered
      unreadCounts unreadCountsBatch`,
  },
};
