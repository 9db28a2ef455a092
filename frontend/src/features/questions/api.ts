// Questions of an agent to the person.
import { client, useClient } from "../../protocol";
import type { InputId, InputRequest, SessionId } from "../../protocol";

export type { InputRequest, SessionId } from "../../protocol";

const NONE: readonly InputRequest[] = [];

export function useQuestions(session: SessionId): readonly InputRequest[] {
  return useClient((state) => state.open.get(session)?.snapshot.inputs ?? NONE);
}

export type Answer = { value: string } | { confirmed: boolean } | { cancelled: true };

export const respond = (session: SessionId, request_id: InputId, answer: Answer): Promise<unknown> =>
  client.change("input.respond", { request_id, ...answer }, { session });
