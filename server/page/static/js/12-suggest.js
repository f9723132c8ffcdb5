// Suggestions while typing: the search box becomes an editable combobox with a list (WAI-ARIA APG). What is typed stays as it is
// until an option is chosen.
const box = document.querySelector("form.search input[name=q]");
if (box) {
	const form = box.form, list = document.createElement("div"), said = document.createElement("div");
	const names = { query: "Words", person: "People", org: "Organisations", place: "Places", source: "Sources", agency: "Agencies",
		author: "Authors", topic: "Topics", section: "Sections", language: "Languages", date: "Dates", title: "Titles" };
	let options = [], at = -1, timer = 0, asking = null, typed = box.value;

	const set = (element, attributes) => {
		for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
		return element;
	};
	const make = (tag, text, attributes) => {
		const element = set(document.createElement(tag), attributes);
		element.textContent = text.replace(/[\u202a-\u202e\u2066-\u2069]/g, ""); // as the pages do: they would turn the count beside it
		return element;
	};
	set(list, { id: "suggestions", role: "listbox", "aria-label": "Suggestions", class: "suggestions", hidden: "" });
	set(said, { class: "hidden", role: "status" });
	set(box, { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "suggestions", "aria-haspopup": "listbox" });
	box.removeAttribute("list");
	form.append(list, said);

	const show = (open) => {
		list.hidden = !open;
		box.setAttribute("aria-expanded", String(open));
		if (!open) mark(-1);
	};
	const mark = (i) => {
		options[at]?.element.setAttribute("aria-selected", "false");
		at = i;
		if (i < 0) return box.removeAttribute("aria-activedescendant");
		options[i].element.setAttribute("aria-selected", "true");
		options[i].element.scrollIntoView({ block: "nearest" });
		box.setAttribute("aria-activedescendant", options[i].element.id);
	};
	const stop = () => {
		clearTimeout(timer);
		asking?.abort();
		asking = null;
	};
	const choose = (s) => {
		stop();
		show(false);
		if (s.type === "title") return location.assign("/article/" + encodeURIComponent(s.id));
		box.value = typed = s.query;
		form.requestSubmit();
	};
	const draw = (suggestions) => {
		mark(-1);
		options = [];
		list.replaceChildren();
		let group = null, type = "";
		for (const s of suggestions) {
			if (!(s.type in names)) continue;
			if (s.type !== type) {
				type = s.type;
				group = make("div", "", { role: "group", "aria-labelledby": "suggest-" + type });
				group.append(make("div", names[type], { id: "suggest-" + type, class: "kind", role: "presentation" }));
				list.append(group);
			}
			const element = make("div", "", { role: "option", id: "suggestion-" + options.length, "aria-selected": "false" });
			element.append(make("bdi", s.text, {}));
			const count = s.count.toLocaleString("en") + (s.count === 1 ? " article" : " articles");
			if (type !== "title") element.append(" ", make("span", count, { class: "n" }));
			element.addEventListener("pointerdown", (e) => e.preventDefault()); // the box keeps the focus
			element.addEventListener("click", () => choose(s));
			options.push({ element, s });
			group.append(element);
		}
		show(options.length > 0);
		said.textContent = options.length === 0 ? "No suggestions" : options.length + (options.length === 1 ? " suggestion" : " suggestions");
	};
	const ask = async () => {
		stop();
		typed = box.value;
		if (typed.trim() === "") {
			said.textContent = "";
			return show(false);
		}
		const mine = asking = new AbortController();
		const asked = new URLSearchParams(new FormData(form));
		for (const [name, value] of [...asked]) if (value === "") asked.delete(name, value);
		asked.set("q", typed);
		asked.set("caret", String([...typed.slice(0, box.selectionStart ?? typed.length)].length));
		try {
			const answer = await fetch("/api/v1/suggest?" + asked, { signal: mine.signal });
			const { suggestions } = answer.ok ? await answer.json() : { suggestions: [] };
			if (asking === mine && box.value === typed && document.activeElement === box) draw(suggestions);
		} catch {
			if (asking === mine) show(false);
		}
	};
	box.addEventListener("input", (e) => {
		stop();
		if (!e.isComposing) timer = setTimeout(ask, 120);
	});
	box.addEventListener("blur", () => {
		stop();
		show(false);
	});
	form.addEventListener("submit", stop);
	box.addEventListener("keydown", (e) => {
		if (e.isComposing || e.ctrlKey || e.metaKey) return;
		const open = !list.hidden, n = options.length;
		const moves = { ArrowDown: at + 1 < n ? at + 1 : -1, ArrowUp: at < 0 ? n - 1 : at - 1 };
		if (e.key in moves) {
			e.preventDefault();
			if (open) mark(e.altKey ? at : moves[e.key]);
			else if (e.key === "ArrowDown") ask();
			if (open && e.altKey && e.key === "ArrowUp") show(false);
		} else if (!open) {
			return;
		} else if (e.key === "Enter" && at >= 0) {
			e.preventDefault();
			choose(options[at].s);
		} else if (e.key === "Escape") {
			e.preventDefault(); // and keeps what was typed
			e.stopPropagation();
			show(false);
		} else if (e.key === "Tab" || e.key === "Enter") {
			show(false);
		} else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(e.key)) {
			mark(-1); // the caret moves, as it does in any box
		}
	});
}
