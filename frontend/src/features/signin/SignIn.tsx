import { useState, type FormEvent, type ReactNode } from "react";
import { Button } from "../../ui/Button";
import { Mark } from "../../ui/Mark";
import { Trouble } from "../../ui/Trouble";
import "./signin.css";

/** This browser is not signed in, or its link has expired. */
export function SignIn(): ReactNode {
  const [address, setAddress] = useState("");
  const [trouble, setTrouble] = useState<string>();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const link = sameOrigin(address.trim());
    if (link) location.assign(link);
    else setTrouble(`That is not a link of this page. It begins with ${location.origin}/`);
  };
  return (
    <main className="signin">
      <Mark size={44} />
      <h1>Sign in to Oqto</h1>
      <p>This browser is not signed in: its link was used already, or has expired. On the machine where Oqto runs, get a new one:</p>
      <pre>oqto link</pre>
      <p>Open the address that it prints here in this browser, or paste it:</p>
      <form onSubmit={submit}>
        <input
          className="input"
          aria-label="Sign-in link"
          placeholder={`${location.origin}/…`}
          value={address}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setAddress(event.target.value)}
        />
        <Button look="primary" type="submit" disabled={address.trim() === ""}>
          Sign in
        </Button>
      </form>
      {trouble ? <Trouble message={trouble} /> : null}
      <Button look="quiet" onClick={() => location.reload()}>
        I have signed in: load again
      </Button>
    </main>
  );
}

/** The link, when it leads to this very page. Another host's link would only carry the person away. */
function sameOrigin(text: string): string | undefined {
  try {
    const url = new URL(text);
    const here = new URL(location.href);
    const local = (host: string): boolean => host === "localhost" || host === "127.0.0.1" || host === "[::1]";
    if (url.origin === here.origin) return url.href;
    if (local(url.hostname) && local(here.hostname) && url.port === here.port) return here.origin + url.pathname + url.search;
  } catch {
    return undefined;
  }
  return undefined;
}
