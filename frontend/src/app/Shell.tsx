import { MessagesSquare, MoreHorizontal, PanelLeft, Plus, Search, SlidersHorizontal } from "lucide-react";
import { useMemo, useState, type ReactNode } from "react";
import { useActions, type Action } from "../commands/registry";
import { ConnectProvider, DemoBanner } from "../features/config/Demo";
import { ConnectionStrip } from "../features/connection/ConnectionState";
import { Palette } from "../features/palette/Palette";
import { SearchPlace } from "../features/search/SearchPlace";
import { NewSession } from "../features/sessions/NewSession";
import { SessionList } from "../features/sessions/SessionList";
import { IconButton } from "../ui/Button";
import { Mark } from "../ui/Mark";
import { Menu, type MenuItem } from "../ui/Menu";
import { Home } from "./Home";
import { goBegun, goHome, goMessage, goSearch, goSession, useRoute, type Route } from "./route";
import { SessionPlace } from "./SessionPlace";
import { StatusBar } from "./StatusBar";
import { setTheme, THEMES, useTheme } from "./theme";

type Overlay = "new" | "palette" | "provider";

/** The workspace: rail, list, place, status bar; on a phone one place at a time above a bar. */
export function Shell(): ReactNode {
  const route = useRoute();
  const [overlay, setOverlay] = useState<Overlay>();
  const [listOpen, setListOpen] = useState(() => localStorage.getItem("list") !== "closed");
  const close = (): void => setOverlay(undefined);
  const toggleList = (): void => {
    localStorage.setItem("list", listOpen ? "closed" : "open");
    setListOpen(!listOpen);
  };
  useShellActions(setOverlay, toggleList);
  const more = useMore(setOverlay);
  const session = route.place === "session" ? route.session : undefined;
  const create = (): void => setOverlay("new");

  return (
    <div className="shell" data-place={route.place} data-list={listOpen ? "open" : "closed"}>
      <a className="skip" href="#main" onClick={skip}>
        Skip to the conversation
      </a>
      <div className="rail">
        <Mark size={26} />
        <IconButton label="Conversations" aria-pressed={listOpen} onClick={toggleList}>
          <PanelLeft size={18} />
        </IconButton>
        <IconButton label="Search history" aria-pressed={route.place === "search"} onClick={goSearch}>
          <Search size={18} />
        </IconButton>
        <span className="rail-space" />
        <Menu items={more} align="start" trigger={<IconButton label="Settings"><SlidersHorizontal size={18} /></IconButton>} />
      </div>
      <div className="list">
        <SessionList current={session} show={goSession} create={create} />
      </div>
      <main id="main" className="place" tabIndex={-1}>
        <DemoBanner />
        <ConnectionStrip />
        <Place route={route} create={create} />
      </main>
      <StatusBar session={session} />
      <nav className="bottom-bar" aria-label="Places">
        <Tab label="Chats" here={route.place === "home"} icon={<MessagesSquare size={20} />} go={goHome} />
        <Tab label="New" here={false} icon={<Plus size={20} />} go={create} />
        <Tab label="Search" here={route.place === "search"} icon={<Search size={20} />} go={goSearch} />
        <Menu
          items={more}
          trigger={
            <button type="button" className="tab">
              <MoreHorizontal size={20} aria-hidden="true" />
              More
            </button>
          }
        />
      </nav>
      {overlay === "new" ? <NewSession close={close} show={goBegun} /> : null}
      {overlay === "palette" ? <Palette close={close} show={goSession} /> : null}
      {overlay === "provider" ? <ConnectProvider close={close} /> : null}
    </div>
  );
}

function skip(event: { preventDefault: () => void }): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

function Place({ route, create }: { route: Route; create: () => void }): ReactNode {
  switch (route.place) {
    case "home":
      return <Home create={create} />;
    case "search":
      return <SearchPlace show={goMessage} leave={goHome} />;
    case "session":
      return (
        <SessionPlace
          key={route.session}
          session={route.session}
          jump={route.seq === undefined ? undefined : { seq: route.seq, nonce: route.nonce }}
        />
      );
  }
}

function Tab({ label, here, icon, go }: { label: string; here: boolean; icon: ReactNode; go: () => void }): ReactNode {
  return (
    <button type="button" className="tab" aria-current={here ? "page" : undefined} onClick={go}>
      {icon}
      {label}
    </button>
  );
}

function useShellActions(open: (overlay: Overlay) => void, toggleList: () => void): void {
  const list = useMemo<readonly Action[]>(
    () => [
      { id: "palette", title: "All commands", group: "Help", keys: ["$mod+k", "$mod+Shift+P", "$mod+p", "Shift+?"], run: () => open("palette") },
      { id: "new", title: "New conversation", group: "Go to", keys: ["$mod+Shift+O"], run: () => open("new") },
      { id: "search", title: "Search history", group: "Go to", keys: ["$mod+Shift+F"], run: goSearch },
      { id: "home", title: "Conversations", group: "Go to", run: goHome },
      { id: "list", title: "Show or hide the list", group: "View", keys: ["$mod+b"], run: toggleList },
      { id: "provider", title: "Connect a provider", group: "Help", run: () => open("provider") },
      ...THEMES.map((theme): Action => ({ id: `theme-${theme}`, title: `Look: ${theme}`, group: "View", run: () => setTheme(theme) })),
    ],
    // The setters stay the same; the toggle reads what is current when it runs.
    [open, toggleList],
  );
  useActions(list);
}

function useMore(open: (overlay: Overlay) => void): MenuItem[] {
  const theme = useTheme();
  return [
    { kind: "label", id: "look", title: "Look" },
    ...THEMES.map((one): MenuItem => ({
      id: one,
      title: `${one === theme ? "● " : ""}${one === "system" ? "As the system" : one === "light" ? "Light" : "Dark"}`,
      run: () => setTheme(one),
    })),
    { kind: "line", id: "line" },
    { id: "palette", title: "All commands", run: () => open("palette") },
    { id: "provider", title: "Connect a provider", run: () => open("provider") },
  ];
}
