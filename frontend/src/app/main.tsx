import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { bindKeys } from "../commands/keys";
import { client } from "../protocol";
import "../ui/tokens.css";
import "../ui/base.css";
import "../ui/controls.css";
import { Contained } from "../ui/Contained";
import { App } from "./App";
import "./shell.css";
import { startTheme } from "./theme";
import { followViewport } from "./viewport";

startTheme();
followViewport();
bindKeys();
client.start();
addEventListener("online", () => client.nudge());
addEventListener("pageshow", () => client.nudge());
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) client.nudge();
});

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Contained what="The page">
        <App />
      </Contained>
    </StrictMode>,
  );
}
