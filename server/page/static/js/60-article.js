// An article: buttons that go from match to match, and names that are shown in the text without another page.
const bar = document.querySelector("[data-matches]");
let at = 0; // the number of the match that is looked at, 0 before the first

function show(number) {
	const total = Number(bar.dataset.matches);
	document.querySelectorAll("mark.at").forEach((m) => m.classList.remove("at"));
	at = ((number - 1 + total) % total) + 1;
	const mark = document.getElementById("m" + at);
	if (!mark) return;
	mark.classList.add("at");
	const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
	mark.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
	bar.querySelector("[data-at]").textContent = at + " of " + total;
}

if (bar) {
	bar.querySelectorAll("[data-step]").forEach((button) => {
		button.addEventListener("click", () => {
			const step = Number(button.dataset.step);
			show(at === 0 && step < 0 ? 0 : at + step);
		});
	});
}

// A page of this server as a document, in which no script runs.
function load(address) {
	return new Promise((resolve, reject) => {
		const request = new XMLHttpRequest();
		request.open("GET", address);
		request.responseType = "document";
		request.onload = () => (request.status === 200 && request.response ? resolve(request.response) : reject(new Error(request.status)));
		request.onerror = reject;
		request.send();
	});
}

// The page that the link leads to has the text as it is wanted: its parts take the places of those here.
async function swap(link) {
	const page = await load(link.href);
	const texts = page.querySelectorAll("[data-text]");
	const other = page.querySelector("a[data-names]");
	const here = document.querySelectorAll("[data-text]");
	if (!other || texts.length !== here.length) throw new Error("another page");
	here.forEach((part, i) => part.replaceWith(document.importNode(texts[i], true)));
	history.replaceState(history.state, "", link.href);
	link.textContent = other.textContent;
	link.setAttribute("href", other.getAttribute("href"));
	if (at > 0) document.getElementById("m" + at)?.classList.add("at");
}

document.querySelector("a[data-names]")?.addEventListener("click", (event) => {
	if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
	event.preventDefault();
	const link = event.currentTarget;
	swap(link).catch(() => location.assign(link.href));
});
