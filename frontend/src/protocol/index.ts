// What a feature's api may use of the protocol.
export * from "./generated/protocol";
export { Client, TAIL, type Probe } from "./client";
export { isSessionId, type CommandName, type Entry, type Params, type Reply } from "./frames";
export { shows } from "./fold";
export { keptWherePossible, type Kept } from "./kept";
export { asWireError, Refused } from "./requests";
export type { Notice, SessionModel } from "./session";
export type { Connection, PageState, Unsent } from "./state";
export { client, useClient } from "./shared";
