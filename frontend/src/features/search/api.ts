// Searching all history.
import { asWireError, client, useClient } from "../../protocol";
import type { SearchHit, SearchResults } from "../../protocol";

export type { SearchHit, SessionId } from "../../protocol";
export { asWireError };

export const search = (query: string, limit: number): Promise<SearchResults> => client.call("search", { query, limit });

/** Whether somebody behind the relay can search. */
export function useCanSearch(): boolean {
  return useClient((state) => state.connection.status === "online");
}

export const hitKey = (hit: SearchHit): string => `${hit.session}:${hit.seq}`;
