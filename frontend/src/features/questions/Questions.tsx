import { MessageCircleQuestion } from "lucide-react";
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from "react";
import { Button } from "../../ui/Button";
import { useNow } from "../../ui/clock";
import { Trouble } from "../../ui/Trouble";
import { duration } from "../../ui/words";
import { respond, useQuestions, type Answer, type InputRequest, type SessionId } from "./api";
import "./questions.css";

/** A card that has just come cannot be answered by a key or click that was meant for something else, in milliseconds. */
const INERT = 500;

/** Open questions, pinned above the composer; the oldest first. */
export function Questions({ session }: { session: SessionId }): ReactNode {
  const questions = useQuestions(session);
  const [first] = questions;
  if (!first) return null;
  return <Card key={first.id} session={session} request={first} more={questions.length - 1} />;
}

function Card({ session, request, more }: { session: SessionId; request: InputRequest; more: number }): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  const [ready, setReady] = useState(false);
  const [sent, setSent] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  useEffect(() => {
    const timer = setTimeout(() => setReady(true), INERT);
    return () => clearTimeout(timer);
  }, []);
  useFocusUnlessTyping(heading);
  const answer = (value: Answer): void => {
    setSent(true);
    respond(session, request.id, value).catch((error: Error) => {
      setSent(false);
      setTrouble(error.message);
    });
  };
  const inert = !ready || sent;
  return (
    <section className="question" aria-labelledby={`q-${request.id}`} data-inert={inert || undefined}>
      <header>
        <MessageCircleQuestion size={18} aria-hidden="true" />
        <h2 id={`q-${request.id}`} ref={heading} tabIndex={-1}>
          {request.title}
        </h2>
        {more > 0 ? <span className="question-more">{more} more after this</span> : null}
      </header>
      {request.message ? <p className="question-text scroll">{request.message}</p> : null}
      <Choices request={request} inert={inert} answer={answer} />
      {request.expires_at ? <Deadline at={request.expires_at} /> : null}
      {trouble ? <Trouble message={`Not answered: ${trouble}`} /> : null}
    </section>
  );
}

/** The heading takes the focus, not a button, and not from somebody who writes. */
function useFocusUnlessTyping(heading: { current: HTMLElement | null }): void {
  useEffect(() => {
    const { activeElement } = document;
    const writing = activeElement instanceof HTMLTextAreaElement && activeElement.value !== "";
    if (!writing && !document.querySelector("[role=dialog]")) heading.current?.focus();
  }, [heading]);
}

type ChoiceProps = { request: InputRequest; inert: boolean; answer: (answer: Answer) => void };

function Choices({ request, inert, answer }: ChoiceProps): ReactNode {
  switch (request.kind) {
    case "confirm":
      return <YesNo yes="Yes" no="No" inert={inert} answer={answer} />;
    case "permission":
      return <YesNo yes="Allow once" no="Deny" inert={inert} answer={answer} />;
    case "select":
      return <Select request={request} inert={inert} answer={answer} />;
    case "input":
    case "editor":
      return <Words request={request} inert={inert} answer={answer} />;
  }
}

type Inner = Omit<ChoiceProps, "request">;

function YesNo({ yes, no, inert, answer }: Inner & { yes: string; no: string }): ReactNode {
  return (
    <footer>
      <Button look="primary" disabled={inert} onClick={() => answer({ confirmed: true })}>
        {yes}
      </Button>
      <Button disabled={inert} onClick={() => answer({ confirmed: false })}>
        {no}
      </Button>
      <Decline inert={inert} answer={answer} />
    </footer>
  );
}

function Select({ request, inert, answer }: ChoiceProps): ReactNode {
  return (
      <ul role="list" className="question-options">
        {(request.options ?? []).map((option) => (
          <li key={option}>
            <Button disabled={inert} onClick={() => answer({ value: option })}>
              {option}
            </Button>
          </li>
        ))}
        <li>
          <Decline inert={inert} answer={answer} />
        </li>
      </ul>
  );
}

function Words({ request, inert, answer }: ChoiceProps): ReactNode {
  const [text, setText] = useState(request.prefill ?? "");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!inert) answer({ value: text });
  };
  const field = {
    className: "input",
    value: text,
    placeholder: request.placeholder,
    "aria-label": request.title,
    onChange: (event: { target: { value: string } }) => setText(event.target.value),
  };
  return (
    <form onSubmit={submit}>
      {request.kind === "editor" ? <textarea {...field} rows={6} /> : <input {...field} />}
      <footer>
        <Button look="primary" type="submit" disabled={inert}>
          Answer
        </Button>
        <Decline inert={inert} answer={answer} />
      </footer>
    </form>
  );
}

function Decline({ inert, answer }: Inner): ReactNode {
  return (
    <Button look="quiet" disabled={inert} onClick={() => answer({ cancelled: true })}>
      Decline to answer
    </Button>
  );
}

function Deadline({ at }: { at: number }): ReactNode {
  const now = useNow(1_000);
  return <p className="question-more">The agent waits for {duration(Math.max(0, at - now)).replace(/\.\d s/, " s")} more.</p>;
}
