// The pages work without this. Each file of this folder is a block of one module and has its names to itself; what it improves
// it finds by attributes (data-...) or by what the page has anyway.
document.documentElement.dataset.script = "on"; // what needs the script is shown by [data-script] in the style sheet
