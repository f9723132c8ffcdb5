// Keys without a modifier: see keys.go for the list that pages show. Entries are the titles of hits and what has data-entry.
const dialog = document.getElementById("keys-list");
const on = document.getElementById("keys-on");
const box = document.getElementById("q");
const stored = {
	get: () => { try { return localStorage.getItem("keys"); } catch { return null; } },
	set: (v) => { try { localStorage.setItem("keys", v); } catch { /* for this page only */ } },
};
let waiting = false; // for the key after g

const entries = () => [...document.querySelectorAll("main .hit h3 a, main [data-entry]")].filter((e) => e.getClientRects().length > 0);

// here is the entry with the focus, or that holds it, or the last one that had it.
let last = null;
const here = (list) => {
	const row = document.activeElement.closest("li, tr, article");
	const held = list.findIndex((e) => e === document.activeElement || row?.contains(e));
	return held >= 0 ? held : list.indexOf(last);
};

const move = (by) => {
	const list = entries();
	if (list.length === 0) return false;
	const at = here(list);
	const next = list[at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + by, 0), list.length - 1)];
	last = next;
	next.focus({ preventScroll: true });
	(next.closest("li, tr") ?? next).scrollIntoView({ block: "nearest" });
	return true;
};

const click = (selector) => {
	const link = document.querySelector(selector);
	link?.click();
	return link !== null;
};

const open = () => {
	const entry = document.activeElement.closest(".hit h3 a, [data-entry]");
	entry?.click();
	return Boolean(entry);
};

const show = () => {
	if (!dialog.open) dialog.showModal();
	return true;
};

const back = () => {
	if (click("[data-back], a[rel~=up]")) return true;
	let from = "";
	try {
		const before = new URL(document.referrer);
		if (before.origin === location.origin && before.pathname !== location.pathname) from = before.pathname;
	} catch { /* the page was opened by itself */ }
	if (from === "/" || from === "/search") history.back();
	return from !== "";
};

const does = {
	"/": () => { box.focus(); box.select(); return true; },
	j: () => move(1),
	k: () => move(-1),
	o: open,
	n: () => click("main a[rel~=next]"),
	p: () => click("main a[rel~=prev]"),
	u: back,
	g: () => { waiting = true; return true; },
	"?": show,
};

const typing = (e) => e.isContentEditable || e.closest("input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [role=combobox], [role=listbox]");

document.addEventListener("keydown", (event) => {
	if (event.key === "Shift") return;
	const after = waiting;
	waiting = false;
	if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
	const target = event.target instanceof Element ? event.target : document.body;
	if (target === box && event.key === "Escape" && (box.value === "" || box.value === box.defaultValue)) box.blur();
	if (!on.checked || dialog.open || typing(target)) return;
	if (after) {
		[...document.querySelectorAll("[data-go]")].find((link) => link.dataset.go === event.key)?.click();
	} else if (Object.hasOwn(does, event.key) && does[event.key]()) {
		event.preventDefault();
	}
});

on.checked = stored.get() !== "off";
on.addEventListener("change", () => stored.set(on.checked ? "on" : "off"));
dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); }); // beside it
for (const link of document.querySelectorAll("a[data-keys]")) {
	link.setAttribute("aria-haspopup", "dialog");
	link.addEventListener("click", (event) => {
		if (event.ctrlKey || event.metaKey || event.shiftKey) return;
		event.preventDefault();
		show();
	});
}
