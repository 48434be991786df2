// Shows an organisation's public chat on its own site: <script src="…/widget.js" data-handle="name" async></script>
(() => {
  const script = document.currentScript;
  const handle = script?.dataset.handle;
  if (!handle || !script.src) return;
  const chat = `${new URL(script.src).origin}/c/${encodeURIComponent(handle)}`;

  const STYLE = `
    :host { all: initial; }
    button { position: fixed; right: 20px; bottom: 20px; z-index: 2147483647; width: 56px; height: 56px; padding: 0;
      border: 0; border-radius: 50%; background: var(--colour); color: #fff; cursor: pointer;
      box-shadow: 0 2px 10px rgb(0 0 0 / 0.25); }
    button:focus-visible { outline: 3px solid #fff; box-shadow: 0 0 0 6px var(--colour); }
    svg { width: 26px; height: 26px; display: block; margin: auto; }
    section { position: fixed; right: 20px; bottom: 88px; z-index: 2147483646; width: 380px;
      height: min(620px, calc(100dvh - 108px)); border: 1px solid rgb(0 0 0 / 0.15); border-radius: 10px;
      overflow: hidden; background: #fff; box-shadow: 0 8px 30px rgb(0 0 0 / 0.2); }
    section[hidden] { display: none; }
    iframe { width: 100%; height: 100%; border: 0; display: block; }
    @media (max-width: 480px) { section { inset: 0 0 88px 0; width: auto; height: auto; border-radius: 0; } }
    @media print { :host { display: none; } }`;
  const OPEN = "M21 11.5a8.4 8.4 0 0 1-12.2 7.5L3 21l2-5.8A8.4 8.4 0 1 1 21 11.5z";
  const CLOSE = "M18 6 6 18M6 6l12 12";

  const drawing = (path) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    const look = { fill: "none", stroke: "currentColor", "stroke-width": "2", "stroke-linecap": "round", d: path };
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    for (const [name, value] of Object.entries(look)) line.setAttribute(name, value);
    svg.append(line);
    return svg;
  };

  const build = ({ name, colour, open, close }) => {
    const host = document.createElement("div");
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE.replaceAll("var(--colour)", /^#[0-9a-f]{6}$/.test(colour) ? colour : "#a8512c"));
    root.adoptedStyleSheets = [sheet];
    const panel = document.createElement("section");
    panel.id = "guazu-chat";
    panel.hidden = true;
    panel.setAttribute("aria-label", name);
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-controls", panel.id);
    const show = (shown) => {
      if (shown && !panel.firstChild) {
        const frame = document.createElement("iframe");
        frame.title = name;
        frame.allow = "microphone";
        frame.src = `${chat}?widget=1`;
        panel.append(frame);
      }
      panel.hidden = !shown;
      button.setAttribute("aria-expanded", String(shown));
      button.setAttribute("aria-label", shown ? close : open);
      button.replaceChildren(drawing(shown ? CLOSE : OPEN));
    };
    button.addEventListener("click", () => show(panel.hidden));
    root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || panel.hidden) return;
      show(false);
      button.focus();
    });
    show(false);
    root.append(button, panel);
    document.body.append(host);
  };

  const start = async () => {
    const answer = await fetch(`${chat}/widget`, { credentials: "omit" }).catch(() => null);
    if (answer?.ok) build(await answer.json());
  };
  if (document.body) start();
  else document.addEventListener("DOMContentLoaded", start);
})();
