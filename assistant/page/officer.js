// Shows how far a rebuild is, and loads the page again when it has ended.
const line = document.getElementById("progress");

async function look() {
  const answer = await fetch("officer/progress", { cache: "no-store" });
  if (!answer.ok) return location.reload();
  const now = await answer.json();
  if (!now.running) return location.reload();
  if (line.textContent !== now.line) line.textContent = now.line;
  setTimeout(look, 1000);
}

if (line && line.dataset.running) setTimeout(look, 1000);
