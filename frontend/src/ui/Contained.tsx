import { Component, type ReactNode } from "react";
import { Trouble } from "./Trouble";

type Props = { what: string; children: ReactNode };

/** A mistake in drawing one thing takes only that thing away, and says so. */
export class Contained extends Component<Props, { failed: string | undefined }> {
  override state: { failed: string | undefined } = { failed: undefined };

  static getDerivedStateFromError(error: unknown): { failed: string } {
    return { failed: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { failed } = this.state;
    if (failed === undefined) return this.props.children;
    return <Trouble message={`${this.props.what} cannot be shown: ${failed}. Nothing is lost; loading the page again may help.`} />;
  }
}
