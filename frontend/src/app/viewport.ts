// The height that is really free: a keyboard on a phone takes its part without telling the layout.

export function followViewport(): void {
  const view = window.visualViewport;
  if (!view) return;
  const follow = (): void => {
    const covered = window.innerHeight - view.height > 120;
    document.documentElement.style.setProperty("--height", covered ? `${view.height}px` : "100dvh");
    document.documentElement.toggleAttribute("data-keyboard", covered);
  };
  view.addEventListener("resize", follow);
  follow();
}
