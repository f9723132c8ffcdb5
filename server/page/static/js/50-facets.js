// A box in each filter with more values than it shows: what is typed lists those whose words begin so. Without script the link
// "Search them" does the same.
const number = new Intl.NumberFormat("en");
const languages = typeof Intl.DisplayNames === "function" ? new Intl.DisplayNames(["en"], { type: "language", fallback: "code" }) : null;

// address is that of this search with some parameters changed; a cursor belongs to the search that made it.
function address(change, path = "/search", leave = ["cursor", "seen"]) {
	const params = new URLSearchParams(location.search);
	leave.forEach((name) => params.delete(name));
	change(params);
	return path + "?" + params;
}

function without(params, name, value) {
	const left = params.getAll(name).filter((v) => v.toLowerCase() !== value.toLowerCase());
	params.delete(name);
	left.forEach((v) => params.append(name, v));
}

function link(text, href, hidden) {
	const a = document.createElement("a");
	a.href = href;
	a.rel = "nofollow";
	const name = a.appendChild(document.createElement("bdi"));
	name.textContent = text.replace(/[\u202a-\u202e\u2066-\u2069]/g, ""); // as the page does: they would turn the count beside it
	if (hidden) {
		const more = a.appendChild(document.createElement("span"));
		more.className = "hidden";
		more.textContent = hidden;
	}
	return a;
}

// row is a value as the server draws it, without its own page.
function row(field, v) {
	const li = document.createElement("li");
	const text = field === "language" && languages && /^[a-z]{2,3}$/i.test(v.value) ? languages.of(v.value) : v.value;
	const not = "not." + field;
	if (v.selected || v.excluded) {
		li.className = v.selected ? "selected" : "excluded";
		const a = link(text, address((p) => without(p, v.selected ? field : not, v.value)), v.selected ? ", selected: remove" : ", excluded: allow again");
		a.setAttribute("aria-current", "true");
		if (v.excluded) a.prepend("not ");
		li.append(a);
	} else {
		li.append(link(text, address((p) => {
			without(p, "missing", field);
			without(p, not, v.value);
			p.append(field, v.value);
		})));
		const a = link("not", address((p) => p.append(not, v.value)), " " + text);
		a.className = "not";
		li.append(" ", a);
	}
	const count = document.createElement("span");
	count.className = "count";
	count.textContent = number.format(v.count);
	li.append(" ", count);
	return li;
}

function improve(box) {
	const { facet: field, label } = box.dataset;
	const list = box.parentElement.querySelector("ul");
	const usual = [...list.childNodes];
	const input = document.createElement("input");
	input.setAttribute("aria-label", label);
	Object.assign(input, { type: "search", dir: "auto", placeholder: label, autocomplete: "off", spellcheck: false, maxLength: 200 });
	const said = document.createElement("p");
	said.className = "said-count";
	said.setAttribute("role", "status");
	let turn = null, timer = 0;
	async function find() {
		turn?.abort();
		const typed = input.value.trim();
		if (!typed) {
			list.replaceChildren(...usual);
			said.textContent = "";
			return;
		}
		const mine = turn = new AbortController();
		const url = address((p) => {
			p.set("prefix", typed);
			p.set("facet_size", "20");
		}, "/api/v1/facets/" + field, ["view", "seen", "cursor"]);
		try {
			const answer = await fetch(url, { signal: mine.signal });
			if (!answer.ok) throw new Error(String(answer.status));
			const found = await answer.json();
			list.replaceChildren(...found.values.map((v) => row(field, v)));
			const n = found.distinct, shown = found.values.length;
			said.textContent = n === 0 ? "none begins like that" : number.format(n) + " found" + (shown < n ? ", " + shown + " shown" : "");
		} catch (fault) {
			if (!mine.signal.aborted) said.textContent = "cannot be looked up now";
		}
	}
	input.addEventListener("input", () => {
		clearTimeout(timer);
		timer = setTimeout(find, 150);
	});
	input.addEventListener("keydown", (e) => {
		if (e.key === "Enter") e.preventDefault();
		if (e.key === "Escape" && input.value) {
			input.value = "";
			find();
			e.preventDefault();
		}
	});
	box.append(input, said);
	box.hidden = false;
}

document.querySelectorAll(".find[data-facet]").forEach(improve);
