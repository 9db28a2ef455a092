import { File, Link2, Paperclip } from "lucide-react";
import { useEffect, useState, type ReactNode } from "react";
import { Button } from "../../ui/Button";
import { baseName } from "../../ui/words";
import { mediaAddress, type Media, type Part } from "./api";

/** Parts that are neither text nor steps. */
export function PartView({ part }: { part: Part }): ReactNode {
  switch (part.type) {
    case "image":
      return <Picture media={part.media} />;
    case "audio":
    case "video":
      return <Playable media={part.media} what={part.type} />;
    case "attachment":
      return <Chip icon={<Paperclip size={14} />} text={part.filename ?? mime(part.media)} />;
    case "file_ref": {
      const lines = part.range ? `:${part.range.start}–${part.range.end}` : "";
      return <Chip icon={<File size={14} />} text={`${baseName(part.uri)}${lines}`} title={part.uri} />;
    }
    case "citation":
      return /^https?:/.test(part.uri) ? (
        <a className="chip" href={part.uri} target="_blank" rel="noopener noreferrer">
          <Link2 size={14} aria-hidden="true" /> {part.title ?? part.uri}
        </a>
      ) : (
        <Chip icon={<Link2 size={14} />} text={part.title ?? part.uri} />
      );
    case "a2ui":
      return <Raw name="A surface" value={part.surface} />;
    case "text":
    case "thinking":
    case "tool_call":
    case "tool_result":
      return null;
    default:
      return <Raw name={unknownName(part)} value={part} />;
  }
}

/** A part of a newer version, or what a harness alone knows. */
function unknownName(part: never): string {
  const { type } = part as { type?: unknown };
  return typeof type === "string" ? type : "Something new";
}

function Chip({ icon, text, title }: { icon: ReactNode; text: string; title?: string }): ReactNode {
  return (
    <span className="chip" title={title}>
      <span aria-hidden="true">{icon}</span> {text}
    </span>
  );
}

function Raw({ name, value }: { name: string; value: unknown }): ReactNode {
  return (
    <details className="raw">
      <summary>{name}</summary>
      <pre className="scroll">{JSON.stringify(value, null, 2)}</pre>
    </details>
  );
}

function mime(media: Media): string {
  return media.mime_type ?? "a file";
}

/** What is kept with the session is shown; what lies elsewhere is loaded only when a person asks for it. */
export function Picture({ media }: { media: Media }): ReactNode {
  const [wanted, setWanted] = useState(media.kind !== "url");
  const state = useAddress(media, wanted);
  if (!wanted && media.kind === "url") {
    return (
      <Button look="quiet" className="chip" onClick={() => setWanted(true)}>
        Load picture from {media.url}
      </Button>
    );
  }
  if (state?.trouble) return <Chip icon={<Paperclip size={14} />} text={`Picture: ${state.trouble}`} />;
  if (!state?.address) return <span className="picture-place" role="img" aria-label="Picture, loading" />;
  return <img className="picture" src={state.address} alt="" loading="lazy" referrerPolicy="no-referrer" />;
}

function Playable({ media, what }: { media: Media; what: "audio" | "video" }): ReactNode {
  const [wanted, setWanted] = useState(false);
  const state = useAddress(media, wanted);
  if (!wanted) return <Button onClick={() => setWanted(true)}>Load {what === "audio" ? "sound" : "film"}</Button>;
  if (state?.trouble) return <Chip icon={<Paperclip size={14} />} text={state.trouble} />;
  if (!state?.address) return null;
  // What an agent hands over has no captions.
  /* oxlint-disable jsx-a11y/media-has-caption */
  return what === "audio" ? <audio controls src={state.address} /> : <video className="picture" controls src={state.address} />;
  /* oxlint-enable jsx-a11y/media-has-caption */
}

function useAddress(media: Media, wanted: boolean): { address?: string; trouble?: string } | undefined {
  const [state, setState] = useState<{ address?: string; trouble?: string }>();
  useEffect(() => {
    if (!wanted) return;
    let here = true;
    void mediaAddress(media).then((found) => {
      if (here) setState(typeof found === "string" ? { address: found } : { trouble: found.message });
    });
    return () => {
      here = false;
    };
  }, [media, wanted]);
  return state;
}
