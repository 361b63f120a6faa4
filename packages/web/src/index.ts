export { type ErrorAnswer, errorAnswerSchema } from './answers/error-answer.js';
export { readJson, readQuery } from './answers/read-json.js';
export { receiveFile } from './answers/receive-file.js';
export { eventStream, type StreamOptions } from './events/event-stream.js';
export { type Numbered, type NumberedEvents, RecentEvents } from './events/numbered-events.js';
export { RateLimit } from './guard/rate-limit.js';
export { Roots } from './roots/roots.js';
export { type LocalServer, type ServeOptions, serveLocal } from './serve-local.js';
