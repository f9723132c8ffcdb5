// The arrow keys go from bar to bar, one of which the tab key stops at; dragging, or Shift with an arrow key, chooses a span to
// narrow the page to. data-bars holds the buckets: from|to|name|found|all;…
const clamp = (i, list) => Math.min(Math.max(i, 0), list.length - 1);
for (const chart of document.querySelectorAll("svg[data-bars]")) {
  const bars = chart.dataset.bars.split(";").map((b) => b.split("|"));
  const links = [...chart.querySelectorAll("a")];
  const note = chart.parentNode.querySelector("[data-picked]");
  const hint = [...(note?.childNodes ?? [])];
  const box = document.createElementNS(chart.namespaceURI, "rect");
  box.setAttribute("class", "span");
  box.setAttribute("y", 18);
  box.setAttribute("height", chart.dataset.tall);
  const on = (type, f) => chart.addEventListener(type, f);
  let from = -1, to = -1; // the span as it was chosen; -1 is none
  let down = null;
  let dragged = false;

  const at = (link) => bars.findIndex((b) => b[0] === new URL(link.getAttribute("href"), location).searchParams.get("from"));
  const ends = () => [Math.min(from, to), Math.max(from, to)];
  const show = () => {
    const [a, b] = ends();
    if (a < 0) {
      box.remove();
      if (note) { note.replaceChildren(...hint); delete note.dataset.on; }
      return;
    }
    const slot = 100 / bars.length;
    box.setAttribute("x", a * slot + "%");
    box.setAttribute("width", (b - a + 1) * slot + "%");
    chart.append(box);
    if (!note) return;
    const part = bars.slice(a, b + 1);
    let text = part[0][2] + (a < b ? " to " + part.at(-1)[2] : "");
    if (chart.dataset.noun) {
      const sum = (i) => part.reduce((n, bar) => n + Number(bar[i]), 0).toLocaleString("en");
      text += ": " + sum(3) + " of " + sum(4) + " " + chart.dataset.noun;
    }
    note.textContent = text;
    note.dataset.on = "";
  };
  const clear = () => { from = to = -1; show(); };
  const go = () => {
    const url = new URL(chart.dataset.url, location.href);
    if (url.pathname === "/") url.pathname = "/search";
    const [a, b] = ends();
    url.searchParams.set("from", bars[a][0]);
    url.searchParams.set("to", bars[b][1]);
    location.assign(url);
  };

  if (links.length) links[0].tabIndex = 0;
  on("keydown", (e) => {
    const now = links.indexOf(e.target.closest("a"));
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -links.length, End: links.length }[e.key];
    if (e.ctrlKey || e.altKey || e.metaKey) return;
    if (step && e.shiftKey) {
      if (from < 0) from = to = at(links[now]);
      to = clamp(to + step, bars);
      show();
    } else if (step) {
      const next = links[clamp(now + step, links)];
      for (const l of links) l.tabIndex = l === next ? 0 : -1;
      clear();
      next.focus();
    } else if (e.key === "Enter" && from >= 0) go();
    else if (e.key === "Escape" && from >= 0) clear();
    else return;
    e.preventDefault();
    e.stopPropagation();
  });
  on("focusout", () => { if (!down) clear(); });

  const bucket = (e) => {
    const r = chart.getBoundingClientRect();
    return clamp(Math.floor(((e.clientX - r.left) / r.width) * bars.length), bars);
  };
  on("dragstart", (e) => e.preventDefault());
  on("pointerdown", (e) => {
    dragged = false;
    if (e.button === 0 && !e.ctrlKey && !e.metaKey && !e.shiftKey) down = { id: e.pointerId, x: e.clientX, bucket: bucket(e) };
  });
  on("pointermove", (e) => {
    if (down?.id !== e.pointerId) return;
    if (!dragged && Math.abs(e.clientX - down.x) < 6) return;
    if (!dragged) chart.setPointerCapture(e.pointerId);
    dragged = true;
    from = down.bucket;
    to = bucket(e);
    show();
  });
  on("pointerup", (e) => {
    if (down?.id !== e.pointerId) return;
    down = null;
    if (dragged && from >= 0) go();
  });
  on("pointercancel", () => { down = null; dragged = false; clear(); });
  on("click", (e) => { if (dragged) e.preventDefault(); dragged = false; });
  addEventListener("keydown", (e) => { if (e.key === "Escape" && down) { down = null; clear(); } });
  addEventListener("pageshow", clear);
}
// What a style sheet unfolds on a wide page elsewhere.
if (!CSS.supports("selector(::details-content)") && matchMedia("(min-width: 40.01rem)").matches) {
  for (const fold of document.querySelectorAll("details.fold")) fold.open = true;
}
