// The `fetch` of the page: the platform's, or an emulator's.

export type PageFetch = (url: string, init?: RequestInit) => Promise<Response>;
