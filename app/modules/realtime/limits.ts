/** What one process of the hub allows. Times in milliseconds, sizes in bytes, rates per second. */
export type HubLimits = {
  frameBytes: number;
  topicsPerSocket: number;
  /** Frames of one socket that wait for their answers. */
  pendingPerSocket: number;
  connectionsPerPrincipal: number;
  /** Guests' sockets from one address. */
  guestsPerAddress: number;
  handshakesPerSecond: number;
  handshakeBurst: number;
  messagesPerMinute: number;
  /** Of all guests of one address (this machine's own excepted), and of one organisation, a minute. */
  guestMessagesPerAddress: number;
  guestMessagesPerOrganisation: number;
  subscriptionsPerSecond: number;
  subscriptionBurst: number;
  framesPerSecond: number;
  frameBurst: number;
  /** Frames per minute that make no sense, before the socket is closed with 4504. */
  strikes: number;
  typingEveryMs: number;
  /** How often a process says again who looks at a conversation, and when what it said is forgotten. */
  presenceEveryMs: number;
  presenceForgottenMs: number;
  /** How long somebody without a socket still counts as there. */
  goneAfterMs: number;
  /** How often it is written down who was there. */
  seenEveryMs: number;
  /** Over this many buffered bytes typing and presence are left out. */
  lossyBufferedBytes: number;
  maxBufferedBytes: number;
  idleTimeoutSeconds: number;
  /** Below 240: uWebSockets.js counts minutes modulo 240, so that 240 would mean at once. */
  lifetimeMinutes: number;
  headsEveryMs: number;
  sweepEveryMs: number;
  rightsEveryMs: number;
  drainSpreadMs: number;
};

export const DEFAULT_LIMITS: HubLimits = {
  frameBytes: 64 * 1024,
  topicsPerSocket: 500,
  pendingPerSocket: 256,
  connectionsPerPrincipal: 100,
  guestsPerAddress: 300,
  handshakesPerSecond: 5_000,
  handshakeBurst: 10_000,
  messagesPerMinute: 100,
  guestMessagesPerAddress: 600,
  guestMessagesPerOrganisation: 60_000,
  subscriptionsPerSecond: 20,
  subscriptionBurst: 600,
  framesPerSecond: 100,
  frameBurst: 1_000,
  strikes: 10,
  typingEveryMs: 3_000,
  presenceEveryMs: 15_000,
  presenceForgottenMs: 40_000,
  goneAfterMs: 3_000,
  seenEveryMs: 60_000,
  lossyBufferedBytes: 16 * 1024,
  maxBufferedBytes: 512 * 1024,
  idleTimeoutSeconds: 60,
  lifetimeMinutes: 239,
  headsEveryMs: 25_000,
  sweepEveryMs: 1_000,
  rightsEveryMs: 30_000,
  drainSpreadMs: 5_000,
};
