// The address of the emulator's server, for programs with an environment.
const { STREAM_BASE_URL, STREAM_API_KEY, STREAM_API_SECRET } = process.env;

export const settings = { basePath: STREAM_BASE_URL, apiKey: STREAM_API_KEY, apiSecret: STREAM_API_SECRET };
