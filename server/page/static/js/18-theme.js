// The choice of colours. theme.js sets it on the next pages.
const choice = document.querySelector("select[data-theme]");
const root = document.documentElement;
const paint = () => {
	const paper = getComputedStyle(root).getPropertyValue("background-color");
	if (root.dataset.theme) for (const meta of document.querySelectorAll("meta[name=theme-color]")) meta.content = paper;
};

choice.value = root.dataset.theme ?? "";
choice.addEventListener("change", () => {
	try {
		if (choice.value) localStorage.setItem("theme", choice.value);
		else localStorage.removeItem("theme");
	} catch { /* for this page only */ }
	if (choice.value) root.dataset.theme = choice.value;
	else delete root.dataset.theme;
	paint();
});
paint();
