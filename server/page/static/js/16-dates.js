// Dates in the reader's zone. Those that are known to the day only stay as they are: a day has no zone to be turned from.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });
const clock = (seconds) => new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", ...(seconds && { second: "2-digit" }), timeZoneName: "short" });
const minutes = clock(false), withSeconds = clock(true);
const local = (date, seconds) => `${day.format(date)}, ${(seconds ? withSeconds : minutes).format(date)}`;

// Texts that end with UTC are written anew and kept as the title; others (data-relative: "2 hours ago") get the time as theirs.
const rewrite = (time) => {
	const date = new Date(time.dateTime);
	if (!instant.test(time.dateTime) || Number.isNaN(date.getTime())) return;
	const written = time.textContent;
	if ("relative" in time.dataset) {
		time.title = local(date, false);
	} else if (written.endsWith(" UTC")) {
		time.title = written;
		time.textContent = local(date, /:\d\d:\d\d /.test(written));
	}
};

// daysHere lets the reader choose that the days of a search begin at midnight where he is: tz=, which stays in the address.
const daysHere = (place) => {
	const form = document.getElementById("search");
	if (!zone || !form || !document.querySelector("section.dates")) return;
	const sent = form.querySelector("input[type=hidden][name=tz]");
	const box = document.createElement("input");
	Object.assign(box, { type: "checkbox", id: "days-here", name: "tz", value: zone, checked: sent?.value === zone });
	box.setAttribute("form", form.id);
	box.autocomplete = "off";
	const label = document.createElement("label");
	label.htmlFor = box.id;
	label.textContent = "days of a search begin there at midnight";
	sent?.remove();
	box.addEventListener("change", () => form.requestSubmit());
	place.append("; ", box, " ", label);
};

if (zone !== "UTC" && zone !== "Etc/UTC") {
	document.querySelectorAll("time[datetime]").forEach(rewrite);
	const place = document.querySelector("[data-zone]");
	if (place) {
		place.textContent = `Times are those of ${zone ?? "your zone"}`;
		daysHere(place);
	}
}
