import { Search, X } from "lucide-react";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { IconButton } from "../../ui/Button";
import { useNow } from "../../ui/clock";
import { Trouble } from "../../ui/Trouble";
import { ago, baseName, exactTime } from "../../ui/words";
import { asWireError, hitKey, search, useCanSearch, type SearchHit, type SessionId } from "./api";
import "./search.css";

const PAUSE = 180;
const AT_FIRST = 30;
const AT_MOST = 200;

type Found = { query: string; hits: readonly SearchHit[]; more: boolean };

/** Full-text search over everything that was ever said, with a way to the message. */
export function SearchPlace({ show, leave }: { show: (session: SessionId, seq: number) => void; leave: () => void }): ReactNode {
  const [query, setQuery] = useState("");
  const [limit, setLimit] = useState(AT_FIRST);
  const { found, trouble } = useSearch(query.trim(), limit);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const now = useNow(30_000);
  return (
    <section className="search" aria-label="Search history">
      <header>
        <Search size={17} aria-hidden="true" />
        <input
          ref={field}
          className="input"
          type="search"
          placeholder="Search everything that was said"
          aria-label="Search history"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setLimit(AT_FIRST);
          }}
          onKeyDown={(event) => {
            if (event.key === "Escape") leave();
          }}
        />
        <IconButton label="Close search" onClick={leave}>
          <X size={17} />
        </IconButton>
      </header>
      <p className="search-count" role="status">
        {found && query.trim() ? count(found) : ""}
      </p>
      {trouble ? <Trouble message={trouble} /> : null}
      {query.trim() === "" ? <p className="search-empty">Words, names, code: messages of all conversations are found, the best first.</p> : null}
      <ul role="list" className="scroll">
        {(query.trim() ? (found?.hits ?? []) : []).map((hit) => (
          <li key={hitKey(hit)}>
            <button type="button" className="hit" onClick={() => show(hit.session, hit.seq)}>
              <span className="hit-title">{hit.title || `In ${baseName(hit.workspace)}`}</span>
              <time title={exactTime(hit.ts)}>{ago(hit.ts, now)}</time>
              <span className="hit-text">
                <b>{hit.role === "user" ? "You" : hit.role === "tool" ? "Tool" : "Agent"}</b> <Snippet text={hit.snippet} />
              </span>
            </button>
          </li>
        ))}
        {found?.more && limit < AT_MOST ? (
          <li>
            <button type="button" className="link" onClick={() => setLimit(AT_MOST)}>
              More
            </button>
          </li>
        ) : null}
      </ul>
    </section>
  );
}

function count(found: Found): string {
  const { length } = found.hits;
  if (length === 0) return `Nothing found for “${found.query}”.`;
  return `${length}${found.more ? "+" : ""} ${length === 1 ? "message" : "messages"}`;
}

/** The hits stand between U+E000 and U+E001. */
function Snippet({ text }: { text: string }): ReactNode {
  return text.split("\uE000").map((piece, index) => {
    const [hit, rest] = index === 0 ? ["", piece] : split(piece);
    return (
      // Pieces of one text never change places.
      // oxlint-disable-next-line react/no-array-index-key
      <span key={index}>
        {hit ? <mark>{hit}</mark> : null}
        {rest}
      </span>
    );
  });
}

function split(piece: string): [hit: string, rest: string] {
  const end = piece.indexOf("\uE001");
  return end < 0 ? [piece, ""] : [piece.slice(0, end), piece.slice(end + 1)];
}

function useSearch(query: string, limit: number): { found: Found | undefined; trouble: string | undefined } {
  const [found, setFound] = useState<Found>();
  const [trouble, setTrouble] = useState<string>();
  const up = useCanSearch();
  useEffect(() => {
    if (!query || !up) return;
    let here = true;
    const timer = setTimeout(() => {
      search(query, limit).then(
        (reply) => {
          if (!here) return;
          setFound({ query, ...reply });
          setTrouble(undefined);
        },
        (thrown: unknown) => (here ? setTrouble(asWireError(thrown).message) : undefined),
      );
    }, PAUSE);
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [query, limit, up]);
  return { found, trouble };
}
