const { getDefaultConfig, mergeConfig } = require("@react-native/metro-config");

// React Native's, without React Native itself, which Metro would run first.
module.exports = mergeConfig(getDefaultConfig(__dirname), {
  serializer: { getModulesRunBeforeMainModule: () => [] },
});
