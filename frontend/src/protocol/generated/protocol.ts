// Generated from lib/protocol by `cargo xtask codegen`. Do not edit.

/** The version of the frame protocol. */
export const PROTOCOL_VERSION = 1;
/** The longest line of a pipe, in bytes. */
export const MAX_LINE_BYTES = 8388608;

/** Every command. */
export const COMMANDS = [
  "sessions.watch",
  "session.create",
  "session.list",
  "session.get",
  "session.stop",
  "session.resume",
  "session.delete",
  "session.rename",
  "subscribe",
  "unsubscribe",
  "prompt",
  "steer",
  "follow_up",
  "queue.cancel",
  "queue.edit",
  "queue.send",
  "abort",
  "input.respond",
  "set_model",
  "set_thinking_level",
  "compact",
  "fork",
  "rewind",
  "get_state",
  "get_messages",
  "get_models",
  "get_commands",
  "get_stats",
  "get_budget",
  "set_budget",
  "workspace.trust",
  "runner.info",
  "blob.put",
  "blob.get",
  "search",
] as const;

/** Every command that a relay answers itself. */
export const SYSTEM_COMMANDS = [
  "ping",
  "relay.info",
  "link.create",
  "credential.create",
] as const;

/** Every durable event. */
export const LOG_EVENTS = [
  "session.created",
  "message",
  "prompt.queued",
  "prompt.cancelled",
  "turn.started",
  "turn.ended",
  "input.requested",
  "input.resolved",
  "session.renamed",
  "session.rewound",
  "session.resumed",
  "config.changed",
  "budget.changed",
  "context.compacted",
  "session.forked",
  "harness.bound",
  "session.closed",
] as const;

/** Every live event. */
export const LIVE_EVENTS = [
  "session.snapshot",
  "stream.message_start",
  "stream.text_delta",
  "stream.thinking_delta",
  "stream.tool_call_delta",
  "stream.usage",
  "tool.start",
  "tool.progress",
  "tool.end",
  "agent.working",
  "agent.idle",
  "agent.waiting",
  "agent.error",
  "retry.start",
  "retry.end",
  "compact.start",
  "compact.end",
  "status",
  "notify",
  "session.heartbeat",
] as const;

/** Every event of a connection. */
export const SYSTEM_EVENTS = [
  "hello",
  "runner.lost",
  "runner.back",
  "protocol.error",
  "sessions.changed",
  "sessions.removed",
  "subscription.ended",
] as const;

/** Every channel. */
export const CHANNELS = [
  "agent",
  "files",
  "terminal",
  "hstry",
  "trx",
  "system",
] as const;

/** What a harness may be able to do. */
export const CAPABILITIES = [
  "images",
  "steer",
  "abort",
  "compact",
  "fork",
  "rewind",
  "models",
  "thinking",
  "commands",
  "stats",
  "resume",
  "trust",
] as const;

/** What a session may be doing. */
export const SESSION_STATES = [
  "starting",
  "idle",
  "working",
  "waiting",
  "asleep",
  "stopped",
  "failed",
] as const;

/** What a working agent may be at. */
export const PHASES = [
  "initializing",
  "generating",
  "thinking",
  "tool_running",
  "compacting",
  "retrying",
] as const;

/** What a peer may be able to do. */
export const PEER_CAPABILITIES = [
  "agent",
  "search",
  "relay",
] as const;

/** What each error code means to HTTP, and whether the same request may succeed later. */
export const ERROR_KINDS: Record<ErrorKind, { http: number; retryable: boolean }> = {
  "malformed_frame": { http: 400, retryable: false },
  "too_large": { http: 413, retryable: false },
  "invalid_params": { http: 400, retryable: false },
  "unknown_command": { http: 404, retryable: false },
  "unsupported": { http: 501, retryable: false },
  "not_found": { http: 404, retryable: false },
  "already_exists": { http: 409, retryable: false },
  "conflict": { http: 409, retryable: false },
  "workspace": { http: 422, retryable: false },
  "harness_unavailable": { http: 424, retryable: false },
  "harness_failed": { http: 502, retryable: false },
  "model": { http: 422, retryable: false },
  "budget": { http: 402, retryable: false },
  "unauthenticated": { http: 401, retryable: false },
  "not_permitted": { http: 403, retryable: false },
  "unreachable": { http: 503, retryable: true },
  "unavailable": { http: 503, retryable: true },
  "disk_full": { http: 507, retryable: true },
  "fenced": { http: 409, retryable: false },
  "corrupt": { http: 500, retryable: false },
  "newer_version": { http: 409, retryable: false },
  "config": { http: 500, retryable: false },
  "timed_out": { http: 504, retryable: true },
  "cancelled": { http: 499, retryable: false },
  "failed": { http: 500, retryable: false },
  "internal": { http: 500, retryable: false },
};

/**
 * `agent.error`: something failed that did not end the turn.
 */
export type AgentError = { 
/**
 * What.
 */
message: string, };

/**
 * `agent.working`.
 */
export type AgentWorking = { 
/**
 * At what.
 */
phase: Phase, 
/**
 * More about it (the tool's name, for example).
 */
detail?: string, };

/**
 * Reply of commands that append one entry.
 */
export type Appended = { 
/**
 * Number of the entry.
 */
seq: number, };

/**
 * Reply of `blob.get`: at most 4 MiB of the bytes.
 */
export type BlobChunk = { 
/**
 * The bytes, standard base64 with padding.
 */
data: string, 
/**
 * Where they begin.
 */
offset: number, 
/**
 * Size of the whole.
 */
total: number, };

/**
 * Parameters of `blob.get` on the `hstry` channel.
 */
export type BlobGet = { 
/**
 * Lower-case hexadecimal SHA-256 of the bytes.
 */
sha256: string, 
/**
 * Where to begin, in bytes.
 */
offset: number, };

/**
 * Parameters of `blob.put` on the `hstry` channel: bytes of a picture or file, in order, in chunks of at most 4 MiB.
 */
export type BlobPut = { 
/**
 * Names the upload on this connection; chosen by the asker.
 */
upload: string, 
/**
 * The next bytes, standard base64 with padding.
 */
data: string, 
/**
 * Whether these are the last ones.
 */
last: boolean, 
/**
 * For example `image/png`.
 */
mime_type: string, };

/**
 * Reply of `blob.put`.
 */
export type BlobStored = { 
/**
 * Bytes received so far.
 */
bytes: number, 
/**
 * After the last chunk: where the bytes are now. Durable.
 */
media?: Media, };

/**
 * What a session may use of the model gateway over all its starts, and what it has used by the gateway's book.
 */
export type Budget = { 
/**
 * US dollars that it may cost.
 */
usd?: number, 
/**
 * Tokens that it may use, read and written.
 */
tokens?: number, 
/**
 * US dollars that it has cost.
 */
spent_usd: number, 
/**
 * Tokens that it has used.
 */
spent_tokens: number, 
/**
 * The most US dollars that it may be given; absent: as many as one likes.
 */
max_usd?: number, 
/**
 * The most tokens that it may be given; absent: as many as one likes.
 */
max_tokens?: number, };

/**
 * `budget.changed`: what a person has said of this session's budget; what is not said stays.
 */
export type BudgetChanged = { 
/**
 * US dollars that the session may cost.
 */
usd?: number, 
/**
 * Tokens that it may use, read and written.
 */
tokens?: number, 
/**
 * What has no limit any more.
 */
unlimited?: Array<BudgetPart>, 
/**
 * Who did it.
 */
by: Origin, };

/**
 * What a budget is counted in.
 */
export type BudgetPart = "usd" | "tokens";

/**
 * What a person has said of a session's budget. What is not said is as the configuration of its runner says.
 */
export type BudgetTerms = { 
/**
 * US dollars that it may cost over all its starts.
 */
usd?: number, 
/**
 * Tokens that it may use, read and written.
 */
tokens?: number, 
/**
 * What has no limit.
 */
unlimited?: Array<BudgetPart>, };

/**
 * What a harness can do. A command outside a session's capabilities is refused with `unsupported`.
 */
export type Capability = "images" | "steer" | "abort" | "compact" | "fork" | "rewind" | "models" | "thinking" | "commands" | "stats" | "resume" | "trust";

/**
 * What a frame is about.
 */
export type Channel = "agent" | "files" | "terminal" | "hstry" | "trx" | "system";

/**
 * Why a session has no process any more.
 */
export type CloseReason = "stopped" | "parked" | "exited" | "crashed";

/**
 * A command.
 */
export type Command = { "cmd": "sessions.watch", "params": Empty } | { "cmd": "session.create", "params": SessionCreate } | { "cmd": "session.list", "params": SessionList } | { "cmd": "session.get", "params": Empty } | { "cmd": "session.stop", "params": Keyed } | { "cmd": "session.resume", "params": Keyed } | { "cmd": "session.delete", "params": Keyed } | { "cmd": "session.rename", "params": SessionRename } | { "cmd": "subscribe", "params": Subscribe } | { "cmd": "unsubscribe", "params": Empty } | { "cmd": "prompt", "params": Prompt } | { "cmd": "steer", "params": Prompt } | { "cmd": "follow_up", "params": Prompt } | { "cmd": "queue.cancel", "params": QueueItem } | { "cmd": "queue.edit", "params": QueueEdit } | { "cmd": "queue.send", "params": QueueItem } | { "cmd": "abort", "params": Empty } | { "cmd": "input.respond", "params": InputRespond } | { "cmd": "set_model", "params": SetModel } | { "cmd": "set_thinking_level", "params": SetThinkingLevel } | { "cmd": "compact", "params": Compact } | { "cmd": "fork", "params": Fork } | { "cmd": "rewind", "params": Rewind } | { "cmd": "get_state", "params": Empty } | { "cmd": "get_messages", "params": GetMessages } | { "cmd": "get_models", "params": GetModels } | { "cmd": "get_commands", "params": Empty } | { "cmd": "get_stats", "params": Empty } | { "cmd": "get_budget", "params": Empty } | { "cmd": "set_budget", "params": SetBudget } | { "cmd": "workspace.trust", "params": WorkspaceTrust } | { "cmd": "runner.info", "params": Empty } | { "cmd": "blob.put", "params": BlobPut } | { "cmd": "blob.get", "params": BlobGet } | { "cmd": "search", "params": Search };

/**
 * A slash command that a harness offers.
 */
export type CommandInfo = { 
/**
 * Its name, without the slash.
 */
name: string, 
/**
 * What it does.
 */
description?: string, 
/**
 * Where it comes from: `extension`, `prompt`, `skill`.
 */
source: string, };

/**
 * Reply of `get_commands`.
 */
export type Commands = { 
/**
 * What can be typed.
 */
commands: Array<CommandInfo>, };

/**
 * Parameters of `compact`.
 */
export type Compact = { 
/**
 * What the summary should keep.
 */
instructions?: string, 
/**
 * The key of the command.
 */
client_id?: string, };

/**
 * `compact.end`.
 */
export type CompactEnd = { 
/**
 * Whether the context was summarised.
 */
success: boolean, 
/**
 * What failed.
 */
error?: string, };

/**
 * `compact.start`.
 */
export type CompactStart = { 
/**
 * `manual`, `threshold` or `overflow`.
 */
reason: string, };

/**
 * `config.changed`: only the fields that changed.
 */
export type ConfigChanged = { 
/**
 * The model.
 */
model?: string, 
/**
 * Its provider.
 */
provider?: string, 
/**
 * The thinking level.
 */
thinking?: string, 
/**
 * Who did it.
 */
by: Origin, };

/**
 * `context.compacted`: the agent replaced the earlier conversation by a summary. The log keeps everything.
 */
export type ContextCompacted = { 
/**
 * The summary.
 */
summary: string, 
/**
 * Estimated tokens of the context before.
 */
tokens_before?: number, 
/**
 * Estimated tokens of the context after.
 */
tokens_after?: number, 
/**
 * `manual`, `threshold` or `overflow`.
 */
reason: string, };

/**
 * How a prompt gets to the harness.
 */
export type Delivery = "turn" | "steer";

/**
 * A payload without content: `agent.idle`, `agent.waiting`.
 */
export type Empty = Record<symbol, never>;

/**
 * What went wrong, as a closed set. Each has one wire code, HTTP status, gRPC status and exit code.
 */
export type ErrorKind = "malformed_frame" | "too_large" | "invalid_params" | "unknown_command" | "unsupported" | "not_found" | "already_exists" | "conflict" | "workspace" | "harness_unavailable" | "harness_failed" | "model" | "budget" | "unauthenticated" | "not_permitted" | "unreachable" | "unavailable" | "disk_full" | "fenced" | "corrupt" | "newer_version" | "config" | "timed_out" | "cancelled" | "failed" | "internal";

/**
 * Parameters of `fork`: a new session that knows everything before a user message.
 */
export type Fork = { 
/**
 * Number of the entry of the user message to fork before; absent: everything so far.
 */
at?: number, 
/**
 * The key of the command.
 */
client_id?: string, };

/**
 * Where a forked session comes from.
 */
export type ForkOrigin = { 
/**
 * The session.
 */
session: SessionId, 
/**
 * The last entry that was taken over.
 */
seq: number, };

/**
 * Reply of `fork`.
 */
export type Forked = { 
/**
 * The new session.
 */
session: SessionInfo, 
/**
 * The text of the message it was forked before, to be edited and sent.
 */
text?: string, };

/**
 * A frame. Which of the fields are there decides its [kind](Frame::kind).
 */
export type Frame = { 
/**
 * What it is about; `agent` when absent.
 */
channel?: Channel, 
/**
 * Chosen by the asker, unique on its connection; the reply repeats it.
 */
id?: string, 
/**
 * The session it is about.
 */
session?: SessionId, 
/**
 * The runner it is for.
 */
runner?: string, 
/**
 * Number of a durable event.
 */
seq?: number, 
/**
 * Unix milliseconds of an event.
 */
ts?: number, 
/**
 * The command of a request.
 */
cmd?: string, 
/**
 * The parameters of a request.
 */
params?: unknown, 
/**
 * The result of a request that succeeded.
 */
ok?: unknown, 
/**
 * Why a request failed.
 */
error?: WireError, 
/**
 * The name of an event.
 */
event?: string, 
/**
 * The payload of an event.
 */
data?: unknown, };

/**
 * The model gateway that agents use.
 */
export type GatewayInfo = { 
/**
 * Its admin socket.
 */
socket: string, 
/**
 * Where agents reach it, while it answers.
 */
address?: string, 
/**
 * Its version, while it answers.
 */
version?: string, 
/**
 * US dollars that a session may cost.
 */
budget_usd?: number, 
/**
 * Tokens that a session may use.
 */
budget_tokens?: number, 
/**
 * The most US dollars that a session may be given; absent: as many as one likes.
 */
budget_max_usd?: number, 
/**
 * The most tokens that a session may be given; absent: as many as one likes.
 */
budget_max_tokens?: number, 
/**
 * Why it cannot be used now.
 */
problem?: WireError, };

/**
 * Parameters of `get_messages`.
 */
export type GetMessages = { 
/**
 * Only messages before this number.
 */
before?: number, 
/**
 * At most so many, 1 to 1000; 50 when absent.
 */
limit?: number, };

/**
 * Parameters of `get_models`.
 */
export type GetModels = { 
/**
 * Without a session: the harness to ask.
 */
harness?: string, 
/**
 * Without a session: the workspace to ask in.
 */
workspace?: string, };

/**
 * `harness.bound`: which process, version and native session serve this session from here on.
 */
export type HarnessBound = { 
/**
 * The name of the harness.
 */
harness: string, 
/**
 * Its version.
 */
version?: string, 
/**
 * Its own id of the conversation.
 */
native_id?: string, 
/**
 * Its own file of the conversation.
 */
native_file?: string, };

/**
 * A harness that a runner can or could drive.
 */
export type HarnessInfo = { 
/**
 * Its name.
 */
name: string, 
/**
 * Its version, where it is installed.
 */
version?: string, 
/**
 * Absolute path of the program, where it is installed.
 */
program?: string, 
/**
 * What it can do.
 */
capabilities: Array<Capability>, 
/**
 * Why it cannot be used, with how to mend it.
 */
problem?: WireError, };

/**
 * `session.heartbeat`, every 10 s while a session works.
 */
export type Heartbeat = { 
/**
 * Unix milliseconds of the last sign of life of the harness.
 */
last_activity: number, };

/**
 * `hello`: the first frame either side sends.
 */
export type Hello = { 
/**
 * The protocol version.
 */
protocol: number, 
/**
 * Name and version of the program, for example `oqto-runner/0.1.0`.
 */
software: string, 
/**
 * What this end can do (see [`capability`]). Features are asked for by name, not guessed from versions.
 */
capabilities: Array<string>, 
/**
 * Who is asking.
 */
peer?: PeerInfo, 
/**
 * The runners behind a relay; the first is the default.
 */
runners?: Array<RunnerInfo>, 
/**
 * The name of the runner, in the hello of a runner.
 */
runner?: string, 
/**
 * Whether answers come from a scripted demo model because no provider is connected.
 */
demo?: boolean, };

/**
 * Entries `after < seq < before` that a rewind has hidden.
 */
export type HiddenRange = { 
/**
 * The last visible entry before the range.
 */
after: number, 
/**
 * The entry that hid it.
 */
before: number, };

/** An id that starts with `inp_`. */
export type InputId = `inp_${string}`;

/**
 * What kind of answer a question wants.
 */
export type InputKind = "select" | "confirm" | "input" | "editor" | "permission";

/**
 * How a question to the person ended.
 */
export type InputOutcome = "answered" | "cancelled" | "expired" | "gone";

/**
 * A question to the person.
 */
export type InputRequest = { 
/**
 * The question.
 */
id: InputId, 
/**
 * What kind of answer it wants.
 */
kind: InputKind, 
/**
 * One line.
 */
title: string, 
/**
 * More about it.
 */
message?: string, 
/**
 * What can be chosen.
 */
options?: Array<string>, 
/**
 * What an empty field shows.
 */
placeholder?: string, 
/**
 * What the field holds at first.
 */
prefill?: string, 
/**
 * When the harness stops waiting, Unix milliseconds.
 */
expires_at?: number, };

/**
 * `input.requested`.
 */
export type InputRequested = { 
/**
 * The question.
 */
request: InputRequest, 
/**
 * The turn that waits for it.
 */
turn?: TurnId, };

/**
 * `input.resolved`: exactly one a question.
 */
export type InputResolved = { 
/**
 * The question.
 */
request_id: InputId, 
/**
 * How it ended.
 */
outcome: InputOutcome, 
/**
 * The answer: a text, or `true`/`false` for `confirm`.
 */
value?: string | boolean, 
/**
 * Who answered.
 */
by?: string, };

/**
 * Parameters of `input.respond`: `value` for select, input and editor; `confirmed` for confirm and permission; or `cancelled`.
 */
export type InputRespond = { 
/**
 * The question.
 */
request_id: InputId, 
/**
 * The chosen option or the text.
 */
value?: string, 
/**
 * Yes or no.
 */
confirmed?: boolean, 
/**
 * The person declines to answer.
 */
cancelled?: boolean, 
/**
 * The key of the command.
 */
client_id?: string, };

/**
 * Parameters of commands that need nothing but, perhaps, a key.
 */
export type Keyed = { 
/**
 * The key of the command.
 */
client_id?: string, };

/**
 * Lines of a file, both included, from 1.
 */
export type LineRange = { 
/**
 * The first line.
 */
start: number, 
/**
 * The last line.
 */
end: number, };

/**
 * An event that is shown but not kept.
 */
export type LiveEvent = { "event": "session.snapshot", "data": Snapshot } | { "event": "stream.message_start", "data": MessageStart } | { "event": "stream.text_delta", "data": TextDelta } | { "event": "stream.thinking_delta", "data": TextDelta } | { "event": "stream.tool_call_delta", "data": ToolCallDelta } | { "event": "stream.usage", "data": UsageSoFar } | { "event": "tool.start", "data": ToolStart } | { "event": "tool.progress", "data": ToolProgress } | { "event": "tool.end", "data": ToolEnd } | { "event": "agent.working", "data": AgentWorking } | { "event": "agent.idle", "data": Empty } | { "event": "agent.waiting", "data": Empty } | { "event": "agent.error", "data": AgentError } | { "event": "retry.start", "data": RetryStart } | { "event": "retry.end", "data": RetryEnd } | { "event": "compact.start", "data": CompactStart } | { "event": "compact.end", "data": CompactEnd } | { "event": "status", "data": Status } | { "event": "notify", "data": Notify } | { "event": "session.heartbeat", "data": Heartbeat };

/**
 * A durable fact.
 */
export type LogEvent = { "event": "session.created", "data": SessionCreated } | { "event": "message", "data": MessageEntry } | { "event": "prompt.queued", "data": PromptQueued } | { "event": "prompt.cancelled", "data": PromptCancelled } | { "event": "turn.started", "data": TurnStarted } | { "event": "turn.ended", "data": TurnEnded } | { "event": "input.requested", "data": InputRequested } | { "event": "input.resolved", "data": InputResolved } | { "event": "session.renamed", "data": SessionRenamed } | { "event": "session.rewound", "data": SessionRewound } | { "event": "session.resumed", "data": SessionResumed } | { "event": "config.changed", "data": ConfigChanged } | { "event": "budget.changed", "data": BudgetChanged } | { "event": "context.compacted", "data": ContextCompacted } | { "event": "session.forked", "data": SessionForked } | { "event": "harness.bound", "data": HarnessBound } | { "event": "session.closed", "data": SessionClosed };

/** An id that starts with `log_`. */
export type LogId = `log_${string}`;

/**
 * Where the bytes of a picture, sound, film or file are.
 */
export type Media = { "kind": "blob", 
/**
 * Lower-case hexadecimal SHA-256 of the bytes.
 */
sha256: string, 
/**
 * For example `image/png`.
 */
mime_type: string, 
/**
 * Size in bytes.
 */
bytes: number, } | { "kind": "base64", 
/**
 * Standard alphabet with padding.
 */
data: string, 
/**
 * For example `image/png`.
 */
mime_type: string, } | { "kind": "url", 
/**
 * The address.
 */
url: string, 
/**
 * For example `image/png`, where it is known.
 */
mime_type?: string, };

/**
 * A message.
 */
export type Message = { 
/**
 * Minted by us, once.
 */
id: MessageId, 
/**
 * Who it is from.
 */
role: Role, 
/**
 * What it consists of, in order.
 */
parts: Array<Part>, 
/**
 * Unix milliseconds.
 */
created_at: number, 
/**
 * Who wrote it, for user messages of a shared session.
 */
sender?: Sender, 
/**
 * The model that answered.
 */
model?: string, 
/**
 * The provider of that model.
 */
provider?: string, 
/**
 * Why the model stopped.
 */
stop_reason?: StopReason, 
/**
 * What failed, in the harness's words, when `stop_reason` is `error`.
 */
error?: string, 
/**
 * Tokens and cost.
 */
usage?: Usage, 
/**
 * The key under which the asker sent it.
 */
client_id?: string, 
/**
 * The queued prompt that became this message.
 */
prompt?: PromptId, };

/**
 * `message`: a finished message.
 */
export type MessageEntry = { 
/**
 * The message.
 */
message: Message, 
/**
 * The turn it belongs to.
 */
turn?: TurnId, };

/** An id that starts with `msg_`. */
export type MessageId = `msg_${string}`;

/**
 * `stream.message_start`.
 */
export type MessageStart = { 
/**
 * The message that begins.
 */
message_id: MessageId, 
/**
 * Who it is from.
 */
role: Role, 
/**
 * The turn it belongs to.
 */
turn?: TurnId, 
/**
 * The model that answers.
 */
model?: string, 
/**
 * Its provider.
 */
provider?: string, };

/**
 * Reply of `get_messages`, in order.
 */
export type Messages = { 
/**
 * The messages.
 */
messages: Array<NumberedMessage>, 
/**
 * Whether there are earlier ones.
 */
more: boolean, };

/**
 * A model that a harness offers.
 */
export type ModelInfo = { 
/**
 * Its id at the provider.
 */
id: string, 
/**
 * The provider.
 */
provider: string, 
/**
 * The name to show.
 */
name: string, 
/**
 * Whether it can think.
 */
reasoning: boolean, 
/**
 * Whether it understands pictures.
 */
images: boolean, 
/**
 * Tokens of its context.
 */
context_window?: number, };

/**
 * Reply of `get_models`.
 */
export type Models = { 
/**
 * What can be chosen.
 */
models: Array<ModelInfo>, 
/**
 * Thinking levels that can be chosen.
 */
thinking_levels: Array<string>, };

/**
 * Reply of `credential.create` (admin socket only).
 */
export type NewCredential = { 
/**
 * To be sent as `Authorization: Bearer …`.
 */
token: string, 
/**
 * Unix milliseconds after which it is void.
 */
expires_at: number, };

/**
 * Reply of `link.create` (admin socket only).
 */
export type NewLink = { 
/**
 * To be opened once in a browser.
 */
url: string, 
/**
 * Unix milliseconds after which it is void.
 */
expires_at: number, };

/**
 * How much a notice matters.
 */
export type NoticeLevel = "info" | "warning" | "error";

/**
 * `notify`: a passing notice.
 */
export type Notify = { 
/**
 * How much it matters.
 */
level: NoticeLevel, 
/**
 * What it says.
 */
message: string, };

/**
 * A message with its number.
 */
export type NumberedMessage = { 
/**
 * The number of its entry.
 */
seq: number, 
/**
 * The message.
 */
message: Message, };

/**
 * Who changed something.
 */
export type Origin = "person" | "harness" | "runner";

/**
 * A part of a message, tagged by `type`.
 */
export type Part = { "type": "text", 
/**
 * The text.
 */
text: string, } | { "type": "thinking", 
/**
 * The text.
 */
text: string, } | { "type": "tool_call" } & ToolCall | { "type": "tool_result" } & ToolResult | { "type": "image", 
/**
 * Its bytes.
 */
media: Media, } | { "type": "audio", 
/**
 * Its bytes.
 */
media: Media, } | { "type": "video", 
/**
 * Its bytes.
 */
media: Media, } | { "type": "file_ref", 
/**
 * `file:` address or path relative to the workspace.
 */
uri: string, 
/**
 * Which lines, when not all.
 */
range?: LineRange, } | { "type": "attachment", 
/**
 * Its bytes.
 */
media: Media, 
/**
 * Its name, where it has one.
 */
filename?: string, } | { "type": "citation", 
/**
 * Its address.
 */
uri: string, 
/**
 * Its title, where it has one.
 */
title?: string, } | { "type": "a2ui", 
/**
 * The surface, in the A2UI format.
 */
surface: unknown, };

/**
 * Who is asking, said once for a connection.
 */
export type PeerInfo = { 
/**
 * The account.
 */
account: string, 
/**
 * The name to show.
 */
name: string, };

/**
 * What a working agent is at.
 */
export type Phase = "initializing" | "generating" | "thinking" | "tool_running" | "compacting" | "retrying";

/**
 * Reply of `ping`.
 */
export type Pong = { 
/**
 * Unix milliseconds of the answer.
 */
ts: number, };

/**
 * Parameters of `prompt`, `steer` and `follow_up`.
 */
export type Prompt = { 
/**
 * What the person says.
 */
text: string, 
/**
 * Pictures.
 */
images?: Array<Media>, 
/**
 * The key of the command.
 */
client_id?: string, };

/**
 * `prompt.cancelled`.
 */
export type PromptCancelled = { 
/**
 * The prompt.
 */
prompt: PromptId, };

/** An id that starts with `prm_`. */
export type PromptId = `prm_${string}`;

/**
 * `prompt.queued`: a prompt waits. The same prompt again replaces the earlier form (edited, or a steer that came back).
 */
export type PromptQueued = { 
/**
 * The prompt.
 */
prompt: PromptId, 
/**
 * What the person wrote.
 */
parts: Array<Part>, 
/**
 * How it gets to the harness.
 */
delivery: Delivery, 
/**
 * Whether it waits for a person to send it (it came back from an aborted turn, for example).
 */
held: boolean, 
/**
 * The key under which the asker sent it.
 */
client_id?: string, };

/**
 * Reply of `prompt`, `steer` and `follow_up`: it is durable.
 */
export type Prompted = { 
/**
 * Number of the entry that holds it.
 */
seq: number, 
/**
 * The turn that it opened, when it did not have to wait.
 */
turn?: TurnId, 
/**
 * The user message, when it did not have to wait.
 */
message?: MessageId, 
/**
 * The queued prompt, when it has to wait.
 */
prompt?: PromptId, };

/**
 * `protocol.error`: a frame without an id could not be understood.
 */
export type ProtocolError = { 
/**
 * Why.
 */
error: WireError, };

/**
 * Parameters of `queue.edit`.
 */
export type QueueEdit = { 
/**
 * The prompt.
 */
prompt: PromptId, 
/**
 * Its new text.
 */
text: string, 
/**
 * Another way of delivery.
 */
delivery?: Delivery, 
/**
 * The key of the command.
 */
client_id?: string, };

/**
 * Parameters of `queue.cancel` and `queue.send`.
 */
export type QueueItem = { 
/**
 * The prompt.
 */
prompt: PromptId, 
/**
 * The key of the command.
 */
client_id?: string, };

/**
 * A prompt that waits.
 */
export type QueuedPrompt = { 
/**
 * The prompt.
 */
prompt: PromptId, 
/**
 * What the person wrote.
 */
parts: Array<Part>, 
/**
 * How it gets to the harness.
 */
delivery: Delivery, 
/**
 * Whether it waits for a person to send it.
 */
held: boolean, };

/**
 * Reply of `relay.info`.
 */
export type RelayInfo = { 
/**
 * Version of the program.
 */
version: string, 
/**
 * Its process.
 */
pid: number, 
/**
 * Where it listens, such as `http://127.0.0.1:8080`.
 */
address: string, 
/**
 * Unix milliseconds of its start.
 */
started_at: number, 
/**
 * Connections that are open: pages and programs.
 */
connections: number, 
/**
 * The runners, the default one first.
 */
runners: Array<RunnerInfo>, };

/**
 * `retry.end`.
 */
export type RetryEnd = { 
/**
 * Whether an attempt succeeded.
 */
success: boolean, 
/**
 * What failed last.
 */
error?: string, };

/**
 * A retry that waits.
 */
export type RetryInfo = { 
/**
 * Which attempt comes next, from 1.
 */
attempt: number, 
/**
 * How many there are at most.
 */
max_attempts: number, 
/**
 * When, Unix milliseconds.
 */
at: number, 
/**
 * Why.
 */
error: string, };

/**
 * `retry.start`.
 */
export type RetryStart = { 
/**
 * Which attempt comes next, from 1.
 */
attempt: number, 
/**
 * How many there are at most.
 */
max_attempts: number, 
/**
 * How long it waits, in milliseconds.
 */
delay_ms: number, 
/**
 * Why.
 */
error: string, };

/**
 * Parameters of `rewind`.
 */
export type Rewind = { 
/**
 * Number of the entry of the user message to go back before.
 */
to: number, 
/**
 * The key of the command.
 */
client_id?: string, };

/**
 * Reply of `rewind`.
 */
export type Rewound = { 
/**
 * Number of the entry.
 */
seq: number, 
/**
 * The text of the message that was taken back, to be edited and sent again.
 */
text: string, };

/**
 * Who a message is from.
 */
export type Role = "user" | "assistant" | "system" | "tool";

/**
 * Reply of `runner.info`: what `oqtoctl doctor` looks at.
 */
export type RunnerDetails = { 
/**
 * The name of the runner.
 */
name: string, 
/**
 * Its version.
 */
version: string, 
/**
 * The process.
 */
pid: number, 
/**
 * Its fencing number.
 */
epoch: number, 
/**
 * The harnesses.
 */
harnesses: Array<HarnessInfo>, 
/**
 * Names of the environment variables that agents get. Values are not shown.
 */
agent_environment: Array<string>, 
/**
 * The state directory.
 */
state_dir: string, 
/**
 * The history service's socket.
 */
hstry_socket: string, 
/**
 * The directory that relative workspaces are taken from; the page offers it for a first session.
 */
home: string, 
/**
 * Whether agents talk to the scripted demo model because no provider is connected.
 */
demo?: boolean, 
/**
 * The model gateway that agents use; absent: they ask providers themselves.
 */
gateway?: GatewayInfo, 
/**
 * What starts Pi, where that is not simply `pi` on the PATH.
 */
pi_command?: string, };

/**
 * A runner that a relay knows.
 */
export type RunnerInfo = { 
/**
 * Its name.
 */
name: string, 
/**
 * Whether it can be reached.
 */
state: RunnerState, };

/**
 * `runner.lost` and `runner.back`.
 */
export type RunnerPipe = { 
/**
 * The runner.
 */
runner: string, 
/**
 * Which pipe to it, counted from 1 for a connection.
 */
pipe: number, };

/**
 * Whether a runner can be reached.
 */
export type RunnerState = "unknown" | "connected" | "lost";

/**
 * A tool that runs, or has ended while its result is not in the log yet.
 */
export type RunningTool = { 
/**
 * The call.
 */
tool_call_id: string, 
/**
 * The tool.
 */
name: string, 
/**
 * Its arguments.
 */
input: unknown, 
/**
 * Unix milliseconds.
 */
started_at: number, 
/**
 * The output so far.
 */
output: string, 
/**
 * Whether it has ended, and how.
 */
ended?: ToolEnded, };

/**
 * Parameters of `search` on the `hstry` channel.
 */
export type Search = { 
/**
 * What to look for.
 */
query: string, 
/**
 * `auto`, `natural` or `code`.
 */
mode?: string, 
/**
 * Only in this workspace.
 */
workspace?: string, 
/**
 * Only from this harness.
 */
harness?: string, 
/**
 * Only messages of this role.
 */
role?: string, 
/**
 * Only answers of this model.
 */
model?: string, 
/**
 * Only after this time, Unix milliseconds.
 */
after?: number, 
/**
 * Only before this time, Unix milliseconds.
 */
before?: number, 
/**
 * At most so many, 1 to 200; 20 when absent.
 */
limit?: number, };

/**
 * One message that was found.
 */
export type SearchHit = { 
/**
 * The session.
 */
session: SessionId, 
/**
 * The number of the message's entry.
 */
seq: number, 
/**
 * The message.
 */
message_id: string, 
/**
 * Who it is from.
 */
role: string, 
/**
 * The place, with the hits between U+E000 and U+E001.
 */
snippet: string, 
/**
 * Unix milliseconds of the message.
 */
ts: number, 
/**
 * The session's title.
 */
title: string, 
/**
 * The session's workspace.
 */
workspace: string, 
/**
 * Higher is better.
 */
score: number, };

/**
 * Reply of `search`, best first.
 */
export type SearchResults = { 
/**
 * What was found.
 */
hits: Array<SearchHit>, 
/**
 * Whether there may be more.
 */
more: boolean, };

/**
 * Who wrote a user message.
 */
export type Sender = { 
/**
 * The account.
 */
account: string, 
/**
 * The name to show.
 */
name: string, };

/**
 * `sessions.changed`: a row of the watched list is new or different.
 */
export type SessionChanged = { 
/**
 * Rises by one with every change.
 */
revision: number, 
/**
 * The row.
 */
session: SessionInfo, };

/**
 * `session.closed`: the session has no process any more; it can be resumed.
 */
export type SessionClosed = { 
/**
 * Why.
 */
reason: CloseReason, 
/**
 * What happened, for a person.
 */
message?: string, };

/**
 * Parameters of `session.create`.
 */
export type SessionCreate = { 
/**
 * The harness: `pi`.
 */
harness: string, 
/**
 * Path of the workspace; a relative one is taken from the runner's directory (`--stdio`: the script's).
 */
workspace: string, 
/**
 * `provider/model` or a name that the harness understands.
 */
model?: string, 
/**
 * The thinking level.
 */
thinking?: string, 
/**
 * The title.
 */
title?: string, 
/**
 * Refused until isolation exists: no option that does nothing.
 */
sandbox?: unknown, 
/**
 * The session that asks for this one.
 */
parent?: SessionId, 
/**
 * The key of the command.
 */
client_id?: string, };

/**
 * `session.created`: always entry 1.
 */
export type SessionCreated = { 
/**
 * The name of the harness.
 */
harness: string, 
/**
 * Absolute path of the workspace.
 */
workspace: string, 
/**
 * The title, where one was given.
 */
title?: string, 
/**
 * `provider/model`, where one was chosen.
 */
model?: string, 
/**
 * The thinking level, where one was chosen.
 */
thinking?: string, 
/**
 * Where it was forked from.
 */
parent?: ForkOrigin, };

/**
 * `session.forked`, in the session that was forked.
 */
export type SessionForked = { 
/**
 * The new session.
 */
session: SessionId, 
/**
 * The last entry that it took over.
 */
at: number, };

/** An id that starts with `ses_`. */
export type SessionId = `ses_${string}`;

/**
 * One session in a list.
 */
export type SessionInfo = { 
/**
 * The session.
 */
id: SessionId, 
/**
 * The runner that owns it.
 */
runner: string, 
/**
 * Its title; empty when it has none yet.
 */
title: string, 
/**
 * Absolute path of the workspace.
 */
workspace: string, 
/**
 * The name of the harness.
 */
harness: string, 
/**
 * What it is doing.
 */
state: SessionState, 
/**
 * The model.
 */
model?: string, 
/**
 * Its provider.
 */
provider?: string, 
/**
 * Number of the last entry.
 */
head: number, 
/**
 * Unix milliseconds.
 */
created_at: number, 
/**
 * Unix milliseconds of the last entry.
 */
updated_at: number, 
/**
 * How the last turn ended.
 */
last_turn?: TurnEnd, 
/**
 * How many questions wait for the person.
 */
open_inputs: number, 
/**
 * Where it was forked from.
 */
parent?: ForkOrigin, };

/**
 * Parameters of `session.list`.
 */
export type SessionList = { 
/**
 * Only sessions of this workspace.
 */
workspace?: string, 
/**
 * Only sessions whose title or workspace contains this, without regard to case.
 */
query?: string, 
/**
 * At most so many, 1 to 10000; 1000 when absent.
 */
limit?: number, };

/**
 * `sessions.removed`: a row of the watched list is gone.
 */
export type SessionRemoved = { 
/**
 * Rises by one with every change.
 */
revision: number, 
/**
 * The session.
 */
session: SessionId, };

/**
 * Parameters of `session.rename`.
 */
export type SessionRename = { 
/**
 * The new title, at most 500 characters.
 */
title: string, 
/**
 * The key of the command.
 */
client_id?: string, };

/**
 * `session.renamed`.
 */
export type SessionRenamed = { 
/**
 * The new title; empty takes it away.
 */
title: string, 
/**
 * Who did it.
 */
by: Origin, };

/**
 * Reply of commands that name one session.
 */
export type SessionReply = { 
/**
 * The session.
 */
session: SessionInfo, };

/**
 * `session.resumed`: the session has a process again.
 */
export type SessionResumed = { 
/**
 * Whether the agent had to start without its memory of the conversation.
 */
fresh: boolean, 
/**
 * Why, when it had to.
 */
reason?: string, };

/**
 * `session.rewound`: the entries after `to` and before this one are hidden from the conversation, not deleted.
 */
export type SessionRewound = { 
/**
 * The last entry that stays visible; 0 hides everything.
 */
to: number, };

/**
 * What a session is doing, at a glance.
 */
export type SessionState = "starting" | "idle" | "working" | "waiting" | "asleep" | "stopped" | "failed";

/**
 * Reply of `session.list` and `sessions.watch`, newest first.
 */
export type Sessions = { 
/**
 * Rises by one with every change.
 */
revision: number, 
/**
 * The sessions.
 */
sessions: Array<SessionInfo>, };

/**
 * Parameters of `set_budget`. What is not said stays as it is.
 */
export type SetBudget = { 
/**
 * US dollars that the session may cost over all its starts, what it has cost so far included.
 */
usd?: number, 
/**
 * Tokens that it may use, read and written.
 */
tokens?: number, 
/**
 * What is to have no limit.
 */
unlimited?: Array<BudgetPart>, 
/**
 * The key of the command.
 */
client_id?: string, };

/**
 * Parameters of `set_model`.
 */
export type SetModel = { 
/**
 * The model's id at its provider.
 */
model: string, 
/**
 * The provider.
 */
provider: string, 
/**
 * The key of the command.
 */
client_id?: string, };

/**
 * Parameters of `set_thinking_level`.
 */
export type SetThinkingLevel = { 
/**
 * `off`, `minimal`, `low`, `medium`, `high`, `xhigh`, `max`: what the harness offers.
 */
level: string, 
/**
 * The key of the command.
 */
client_id?: string, };

/**
 * Everything about a session that a tail of its entries cannot tell, as of entry `seq`.
 *
 * Runner, page and tests fold the same events into this type with the same rules ([`crate::fold`]), so two
 * readers that have seen the same numbers hold equal snapshots.
 */
export type Snapshot = { 
/**
 * The session.
 */
session: SessionId, 
/**
 * The log it belongs to.
 */
log: LogId, 
/**
 * The number of the last entry that is folded in.
 */
seq: number, 
/**
 * What the session is doing.
 */
state: SessionState, 
/**
 * What a working agent is at.
 */
phase?: Phase, 
/**
 * More about the phase.
 */
detail?: string, 
/**
 * The title; empty when it has none.
 */
title: string, 
/**
 * Absolute path of the workspace.
 */
workspace: string, 
/**
 * The name of the harness.
 */
harness: string, 
/**
 * Its version.
 */
harness_version?: string, 
/**
 * What can be asked of it.
 */
capabilities: Array<Capability>, 
/**
 * The model.
 */
model?: string, 
/**
 * Its provider.
 */
provider?: string, 
/**
 * The thinking level.
 */
thinking?: string, 
/**
 * What a person has said of its budget.
 */
budget?: BudgetTerms, 
/**
 * The turn that runs.
 */
turn?: TurnInfo, 
/**
 * How the last turn ended.
 */
last_turn?: TurnEnd, 
/**
 * The message being written.
 */
streaming?: StreamingMessage, 
/**
 * Tools that run, in the order they began.
 */
tools: Array<RunningTool>, 
/**
 * Questions that wait for the person.
 */
inputs: Array<InputRequest>, 
/**
 * Prompts that wait, in order.
 */
queue: Array<QueuedPrompt>, 
/**
 * What a rewind has hidden, in order.
 */
hidden: Array<HiddenRange>, 
/**
 * A retry that waits.
 */
retry?: RetryInfo, 
/**
 * Lines of extensions, by key.
 */
statuses: { [key in string]: string }, 
/**
 * Where it was forked from.
 */
parent?: ForkOrigin, 
/**
 * Unix milliseconds.
 */
created_at: number, 
/**
 * Unix milliseconds of the last entry.
 */
updated_at: number, };

/**
 * Reply of `get_stats`.
 */
export type Stats = { 
/**
 * Tokens and cost of the session, as the harness counts them.
 */
usage: Usage, 
/**
 * Messages of the person.
 */
user_messages: number, 
/**
 * Messages of the agent.
 */
assistant_messages: number, 
/**
 * Tool calls.
 */
tool_calls: number, 
/**
 * Tokens in the context now, where they are known.
 */
context_tokens?: number, 
/**
 * Size of the context.
 */
context_window?: number, 
/**
 * What the session may use of the model gateway and has used, where one is in use.
 */
budget?: Budget, };

/**
 * `status`: a line that an extension of the harness keeps on the screen.
 */
export type Status = { 
/**
 * Which line.
 */
key: string, 
/**
 * Its text; absent takes it away.
 */
text?: string, };

/**
 * Why the model stopped.
 */
export type StopReason = "stop" | "length" | "tool_use" | "error" | "aborted" | "crashed";

/**
 * Reply of `session.stop`: what was ended.
 */
export type Stopped = { 
/**
 * Whether a turn was running.
 */
turn_ended: boolean, 
/**
 * How many prompts stay in the queue.
 */
queued: number, 
/**
 * Command lines of processes that were ended with it.
 */
processes: Array<string>, };

/**
 * What a part that is still being written will be.
 */
export type StreamingKind = "text" | "thinking" | "tool_call";

/**
 * A message that is still being written. Its parts hold everything shown so far.
 */
export type StreamingMessage = { 
/**
 * The message.
 */
message_id: MessageId, 
/**
 * Who it is from.
 */
role: Role, 
/**
 * The turn it belongs to.
 */
turn?: TurnId, 
/**
 * The model that answers.
 */
model?: string, 
/**
 * Its provider.
 */
provider?: string, 
/**
 * The parts by their index.
 */
parts: Array<StreamingPart>, 
/**
 * Tokens so far.
 */
usage?: Usage, };

/**
 * A part that is still being written.
 */
export type StreamingPart = { 
/**
 * `text`, `thinking` or `tool_call`.
 */
kind: StreamingKind, 
/**
 * The text so far; for a tool call its arguments as JSON text.
 */
text: string, 
/**
 * The call, for `tool_call`.
 */
tool_call_id?: string, 
/**
 * The tool, for `tool_call`.
 */
name?: string, };

/**
 * Parameters of `subscribe`: `log` and `after` go on from a number, `tail` begins near the end, nothing means the
 * whole log. With both, who has more than `tail` entries to catch up with, or a log that is void, begins near the
 * end too.
 */
export type Subscribe = { 
/**
 * The log that `after` counts in.
 */
log?: LogId, 
/**
 * The last number the reader has.
 */
after?: number, 
/**
 * At most the last so many entries.
 */
tail?: number, };

/**
 * Reply of `subscribe`. The entries follow, then one `session.snapshot`, then live events.
 */
export type Subscribed = { 
/**
 * The identity of the log.
 */
log: LogId, 
/**
 * The number of the last entry.
 */
head: number, 
/**
 * The number that the entries that follow come after.
 */
from: number, 
/**
 * Whether what the reader has does not count: another log, a number past head, or one that is further back than
 * the `tail` it asked for. It starts from nothing, after `from`.
 */
reset: boolean, };

/**
 * `subscription.ended`: nothing more comes for this session on this connection.
 */
export type SubscriptionEnded = { 
/**
 * Why.
 */
error: WireError, };

/**
 * A command of the `system` channel that a relay answers itself.
 */
export type SystemCommand = { "cmd": "ping", "params": Empty } | { "cmd": "relay.info", "params": Empty } | { "cmd": "link.create", "params": Empty } | { "cmd": "credential.create", "params": Empty };

/**
 * An event that belongs to the connection, not to a session's log.
 */
export type SystemEvent = { "event": "hello", "data": Hello } | { "event": "runner.lost", "data": RunnerPipe } | { "event": "runner.back", "data": RunnerPipe } | { "event": "protocol.error", "data": ProtocolError } | { "event": "sessions.changed", "data": SessionChanged } | { "event": "sessions.removed", "data": SessionRemoved } | { "event": "subscription.ended", "data": SubscriptionEnded };

/**
 * `stream.text_delta` and `stream.thinking_delta`: text at the end of a part.
 */
export type TextDelta = { 
/**
 * The message.
 */
message_id: MessageId, 
/**
 * Which part of it, from 0.
 */
part: number, 
/**
 * Where the text goes, in UTF-16 code units from the start of the part.
 */
offset: number, 
/**
 * The text.
 */
delta: string, };

/**
 * A call of a tool.
 */
export type ToolCall = { 
/**
 * The harness's id of the call: opaque, unique within the session.
 */
tool_call_id: string, 
/**
 * The tool.
 */
name: string, 
/**
 * Its arguments.
 */
input: unknown, };

/**
 * `stream.tool_call_delta`: the arguments of a call as they are written, JSON text.
 */
export type ToolCallDelta = { 
/**
 * The message.
 */
message_id: MessageId, 
/**
 * Which part of it, from 0.
 */
part: number, 
/**
 * Where the text goes, in UTF-16 code units from the start of the arguments.
 */
offset: number, 
/**
 * More of the arguments.
 */
delta: string, 
/**
 * The call, on the first delta of a part.
 */
tool_call_id?: string, 
/**
 * The tool, on the first delta of a part.
 */
name?: string, };

/**
 * `tool.end`.
 */
export type ToolEnd = { 
/**
 * The call.
 */
tool_call_id: string, 
/**
 * Its output.
 */
output: string, 
/**
 * Pictures it gave back.
 */
media?: Array<Media>, 
/**
 * Whether it failed.
 */
is_error: boolean, 
/**
 * How long it ran, in milliseconds.
 */
duration_ms: number, };

/**
 * How a tool ended.
 */
export type ToolEnded = { 
/**
 * Whether it failed.
 */
is_error: boolean, 
/**
 * How long it ran, in milliseconds.
 */
duration_ms: number, };

/**
 * `tool.progress`: all output so far, or its end when it is long.
 */
export type ToolProgress = { 
/**
 * The call.
 */
tool_call_id: string, 
/**
 * The output so far; replaces the earlier one.
 */
output: string, };

/**
 * What a tool gave back.
 */
export type ToolResult = { 
/**
 * The call it answers.
 */
tool_call_id: string, 
/**
 * The tool, where the harness says it again.
 */
name?: string, 
/**
 * Its text output.
 */
output: string, 
/**
 * Pictures it gave back.
 */
media?: Array<Media>, 
/**
 * What the harness alone knows (a diff, for example).
 */
details?: unknown, 
/**
 * Whether it failed.
 */
is_error: boolean, 
/**
 * How long it ran, in milliseconds.
 */
duration_ms?: number, };

/**
 * `tool.start`.
 */
export type ToolStart = { 
/**
 * The call.
 */
tool_call_id: string, 
/**
 * The tool.
 */
name: string, 
/**
 * Its arguments.
 */
input: unknown, };

/**
 * Reply of `workspace.trust`.
 */
export type Trust = { 
/**
 * Whether it is trusted; absent: nobody has chosen.
 */
trusted?: boolean, 
/**
 * Whether the workspace has extensions or prompts of its own.
 */
has_project_files: boolean, };

/**
 * How a turn ended. Exactly one per turn, written by the runner.
 */
export type TurnEnd = "done" | "aborted" | "error" | "crashed";

/**
 * `turn.ended`.
 */
export type TurnEnded = { 
/**
 * The turn.
 */
turn: TurnId, 
/**
 * How.
 */
reason: TurnEnd, 
/**
 * What went wrong, for `error` and `crashed`.
 */
message?: string, 
/**
 * What to do about it.
 */
hint?: string, 
/**
 * What kind of error it was: `budget` where what the session may use is used up.
 */
code?: ErrorKind, 
/**
 * Tokens and cost of the whole turn.
 */
usage?: Usage, 
/**
 * From `turn.started` to here, in milliseconds.
 */
duration_ms: number, };

/** An id that starts with `trn_`. */
export type TurnId = `trn_${string}`;

/**
 * A running turn.
 */
export type TurnInfo = { 
/**
 * The turn.
 */
turn: TurnId, 
/**
 * The user message that opened it.
 */
message: MessageId, 
/**
 * Unix milliseconds.
 */
started_at: number, };

/**
 * `turn.started`.
 */
export type TurnStarted = { 
/**
 * The turn.
 */
turn: TurnId, 
/**
 * The user message that opens it. It is the entry after this one.
 */
message: MessageId, 
/**
 * The queued prompt that it came from.
 */
prompt?: PromptId, };

/**
 * Tokens and cost of one response.
 */
export type Usage = { 
/**
 * Tokens of the prompt that were not cached.
 */
input_tokens: number, 
/**
 * Tokens of the answer.
 */
output_tokens: number, 
/**
 * Tokens of the prompt that were read from the provider's cache.
 */
cache_read_tokens: number, 
/**
 * Tokens of the prompt that were written to the provider's cache.
 */
cache_write_tokens: number, 
/**
 * Cost in US dollars, as the harness states it.
 */
cost_usd: number, };

/**
 * `usage`: tokens of the answer so far.
 */
export type UsageSoFar = { 
/**
 * The message.
 */
message_id: MessageId, 
/**
 * Cumulative for this answer.
 */
usage: Usage, };

/**
 * An error as it crosses a pipe.
 */
export type WireError = { 
/**
 * The kind, from the closed set.
 */
code: ErrorKind, 
/**
 * One sentence for a person: what failed and why.
 */
message: string, 
/**
 * What to do about it, if there is something: a command to paste or a place to look.
 */
hint?: string, 
/**
 * Whether the same request may succeed later without a change.
 */
retryable: boolean, };

/**
 * Parameters of `workspace.trust`: whether the workspace's own extensions and prompts may be loaded by the harness.
 */
export type WorkspaceTrust = { 
/**
 * Absolute path.
 */
workspace: string, 
/**
 * The person's choice; absent: only ask.
 */
trusted?: boolean, 
/**
 * The key of the command.
 */
client_id?: string, };

/** What each command is answered with. */
export type Replies = {
  "sessions.watch": Sessions;
  "session.create": SessionReply;
  "session.list": Sessions;
  "session.get": SessionReply;
  "session.stop": Stopped;
  "session.resume": SessionReply;
  "session.delete": Stopped;
  "session.rename": Appended;
  "subscribe": Subscribed;
  "unsubscribe": Empty;
  "prompt": Prompted;
  "steer": Prompted;
  "follow_up": Prompted;
  "queue.cancel": Appended;
  "queue.edit": Appended;
  "queue.send": Prompted;
  "abort": Empty;
  "input.respond": Appended;
  "set_model": Appended;
  "set_thinking_level": Appended;
  "compact": Empty;
  "fork": Forked;
  "rewind": Rewound;
  "get_state": Snapshot;
  "get_messages": Messages;
  "get_models": Models;
  "get_commands": Commands;
  "get_stats": Stats;
  "get_budget": Budget;
  "set_budget": Budget;
  "workspace.trust": Trust;
  "runner.info": RunnerDetails;
  "blob.put": BlobStored;
  "blob.get": BlobChunk;
  "search": SearchResults;
};

/** What each command of the `system` channel is answered with. */
export type SystemReplies = {
  "ping": Pong;
  "relay.info": RelayInfo;
  "link.create": NewLink;
  "credential.create": NewCredential;
};
