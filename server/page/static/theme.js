// Sets the colours the reader chose, as early as a script can that nothing waits for.
try {
	const theme = localStorage.getItem("theme");
	if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch { /* without storage the system's colours stay */ }
