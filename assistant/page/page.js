// Moves the pictures of pages; copies, links, prints and saves; sends what people say of an answer.
"use strict";

const SCALES = [1.5, 2.25, 3]; // pixels of a picture for each point of the page
const LARGEST = SCALES.length - 1;

function address(view) {
  const asked = new URLSearchParams({ path: view.dataset.path, page: view.dataset.page });
  for (const mark of view.dataset.marks.split(";").filter(Boolean)) asked.append("mark", mark);
  const zoom = Number(view.dataset.zoom ?? 0);
  if (zoom) asked.append("zoom", zoom);
  return `picture?${asked}`;
}

function marksHere(view) {
  const page = `${view.dataset.page},`;
  return view.dataset.marks.split(";").some((mark) => mark.startsWith(page));
}

function setButtons(view) {
  const page = Number(view.dataset.page);
  const zoom = Number(view.dataset.zoom ?? 0);
  const off = (name, value, is) => {
    view.querySelector(`[data-${name}="${value}"]`).disabled = is;
  };
  off("turn", "-1", page <= 1);
  off("turn", "1", page >= Number(view.dataset.pages));
  off("zoom", "1", zoom >= LARGEST);
  off("zoom", "-1", zoom <= 0);
}

async function setCaption(view) {
  const { path, page, pages } = view.dataset;
  const said = await fetch(`printed?${new URLSearchParams({ path, page })}`);
  const printed = said.ok ? (await said.json()).printed : "";
  if (view.dataset.page !== page) return; // turned on in the meantime
  const number = printed ? `Printed page ${printed}, ` : "";
  const bare = marksHere(view) ? "" : " (nothing cited here)";
  view.querySelector("figcaption").textContent = `${number}PDF page ${page} of ${pages}${bare}`;
}

function show(view) {
  const image = view.querySelector("img");
  view.classList.remove("failed");
  view.classList.add("loading");
  image.src = address(view);
  image.alt = marksHere(view)
    ? `PDF page ${view.dataset.page} as printed; the cited words are marked, and stand above as text`
    : `PDF page ${view.dataset.page} as printed`;
  const link = view.querySelector(".tools a");
  link.href = link.href.replace(/#page=\d+$/, `#page=${view.dataset.page}`);
  setButtons(view);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.(".pageview button");
  if (!button) return;
  const view = button.closest(".pageview");
  if (button.dataset.turn) {
    view.dataset.page = Number(view.dataset.page) + Number(button.dataset.turn);
    setCaption(view);
  } else {
    view.dataset.zoom = Number(view.dataset.zoom ?? 0) + Number(button.dataset.zoom);
  }
  show(view);
  // A button that has gone off keeps no focus: its neighbour takes it.
  if (button.disabled) button.parentElement.querySelector("button:not(:disabled)").focus();
});

// The marked words are brought into the window, with some of what stands above them.
function toMark(view) {
  const { page, marks, zoom } = view.dataset;
  const mark = marks.split(";").find((one) => one.startsWith(`${page},`));
  const image = view.querySelector("img");
  const frame = view.querySelector(".window");
  const top = mark ? Number(mark.split(",")[2]) * SCALES[Number(zoom ?? 0)] : 0;
  const left = mark ? Number(mark.split(",")[1]) * SCALES[Number(zoom ?? 0)] : 0;
  const size = image.clientHeight / image.naturalHeight;
  frame.scrollTo(left * size - 40, top * size - frame.clientHeight / 3);
}

// Neither event bubbles, hence the capture.
document.addEventListener("load", (event) => {
  const view = event.target.closest?.(".pageview");
  if (!view) return;
  view.classList.remove("loading", "failed");
  toMark(view);
}, true);
document.addEventListener("error", (event) => {
  const view = event.target.closest?.(".pageview");
  if (!view) return;
  view.classList.remove("loading");
  view.classList.add("failed");
  view.querySelector("figcaption").textContent =
    "This page cannot be shown as a picture: read the words above, or open the file.";
}, true);

// A page that is not reached by HTTPS may only copy what is selected.
async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const box = document.createElement("textarea");
  box.value = text;
  document.body.append(box);
  box.select();
  document.execCommand("copy");
  box.remove();
}

function tell(tools, text) {
  tools.querySelector(".told").textContent = text;
}

async function report(tools, reason, asked) {
  const sent = await fetch("feedback", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      reason,
      cited: JSON.parse(tools.dataset.cited),
      refused: tools.dataset.refused === "yes",
      question: asked ? tools.dataset.question : "",
    }),
  });
  tell(tools, sent.ok ? "Thank you: kept on this machine for the officers." : await sent.text());
}

const DEEDS = {
  copy: async (tools) => {
    await copy(tools.dataset.said);
    tell(tools, "Answer copied");
  },
  link: async (tools) => {
    await copy(new URL(tools.dataset.link, location.href.split(/[?#]/)[0]).href);
    tell(tools, "Link copied: whoever opens it sees this question asked again");
  },
  helpful: (tools) => report(tools, "helpful", false),
  print: () => window.print(),
  csv: (tools, button) => {
    // The mark tells a spreadsheet that the file is UTF-8.
    save("figures.csv", new Blob(["\ufeff", button.dataset.csv], { type: "text/csv" }));
    tell(tools, "Data saved as figures.csv");
  },
};

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-do]");
  if (button) DEEDS[button.dataset.do](button.closest(".turntools"), button);
});

// Questions go out one at a time: what is asked while an answer is sought is asked next.
let underWay = null;
let ended = () => {};
let begun = "";

window.begin = async (question) => {
  while (underWay) await underWay;
  underWay = new Promise((done) => { ended = done; });
  begun = question;
  const turn = document.createElement("article");
  turn.className = "turn";
  turn.innerHTML = '<h2 class="question"><span class="unseen">You asked: </span></h2>'
    + '<p class="working"><span class="spinner"></span>Looking in the papers …</p>';
  if (question) turn.querySelector("h2").append(unturned(question));
  else turn.querySelector("h2").remove();
  document.querySelector("#under-way").replaceChildren(turn);
  rest(true);
  say("Looking in the papers");
  turn.scrollIntoView({ block: "nearest" });
};

function end() {
  document.querySelector("#under-way").replaceChildren();
  rest(false);
  underWay = null;
  ended();
}

// Nothing is asked twice by a second press.
function rest(is) {
  for (const button of document.querySelectorAll("#go, #examples button")) button.disabled = is;
}

// Marks that nobody sees, and that turn the words around them
function unturned(text) {
  return text.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");
}

function say(text) {
  document.querySelector("#said").textContent = text;
}

// Questions taken out of the box as they were asked; what is typed since stays in it. Gradio would
// read the box only when it gets round to it, and under load find the next question there.
const taken = [];

function take() {
  const box = document.querySelector("#question textarea");
  if (!box.value.trim()) return;
  taken.push(box.value);
  box.value = "";
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("keydown", (event) => {
  const asks = event.key === "Enter" && !event.shiftKey;
  if (asks && event.target.matches?.("#question textarea")) take();
}, true);
document.addEventListener("click", (event) => {
  if (event.target.closest?.("#go")) take();
}, true);

// The second press of a key that asked already would ask for nothing.
window.asking = async () => {
  const question = taken.shift();
  if (!question) return underWay ? new Promise(() => {}) : "";
  await window.begin(question);
  return question;
};

// The controls are drawn anew where the scope has changed: who chose with them stays at them.
let chose = false;
window.listed = () => {
  if (chose) document.querySelector("#choose summary")?.focus();
};

window.answered = (said) => {
  const wished = window.wished && JSON.parse(window.wished);
  window.wished = "";
  if (underWay) end();
  if (said) say(said);
  chose = wished?.do === "scope";
  window.listed();
  const turn = document.querySelector(".turn:last-of-type");
  if (showSlip() || !turn || chose) return;
  turn.scrollIntoView();
  // The control that was pressed is gone: who uses the keyboard goes on from what came of it.
  if (wished) turn.querySelector("h2").focus({ preventScroll: true });
};

// Where the server cannot be reached, Gradio loads the page anew, and the conversation is gone. An
// answer that says that something went wrong leaves it as it is.
const reach = window.fetch;
window.fetch = async (...asked) => {
  try {
    return await reach(...asked);
  } catch (error) {
    const address = String(asked[0]?.url ?? asked[0]);
    if (!address.includes("/run/predict")) throw error;
    return Response.json({ error: "not reached" }, { status: 500 });
  }
};

// Whether there is a word on what was typed, which is then brought into view
function showSlip() {
  const slip = document.querySelector("#slip .note");
  slip?.scrollIntoView({ block: "center" });
  return Boolean(slip);
}

// What is far longer never reaches the assistant, which would say so itself.
const LONGEST = 2000;
const LOST = "No answer came: the assistant could not be reached, or something went wrong, which is "
  + "in its log. Wait a little, then ask again.";

function tooLong(question) {
  const [has, most] = [question.length, LONGEST].map((one) => one.toLocaleString("en-GB"));
  return question.length > LONGEST && `question of ${has} characters, which is too long; ask it in at most ${most}`;
}

// What stands in the page where no answer came, and the question back in its box
window.lost = () => {
  const why = tooLong(begun) || LOST;
  if (underWay) end();
  window.wished = "";
  say(why);
  setTimeout(showSlip, 100); // when it is there
  return [`<p class="note" role="alert">${why}</p>`, begun];
};

// What a control asks for goes to the server by a hidden button, which takes it from here.
async function wish(what) {
  if (what.do !== "scope") await window.begin(what.question ?? "");
  window.wished = JSON.stringify(what);
  document.querySelector("#wish").click();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-wish]");
  if (button) wish(JSON.parse(button.dataset.wish));
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest?.("form[data-wishes]");
  if (!form) return;
  event.preventDefault();
  const said = Object.fromEntries(new FormData(form));
  if (form.dataset.wishes === "scope") wish({ do: "scope", ...said });
  else wish({ do: "again", turn: Number(form.dataset.turn), parts: said });
});

document.addEventListener("submit", async (event) => {
  const form = event.target.closest?.(".tell form");
  if (!form) return;
  event.preventDefault();
  const tools = form.closest(".turntools");
  await report(tools, form.elements.reason.value, form.elements.asked.checked);
  const fold = form.closest("details");
  fold.open = false;
  fold.querySelector("summary").focus();
});

// Turns that the saved file leaves out; the page draws its turns anew with each answer.
const leftOut = new Set();
window.leftOut = () => JSON.stringify([...leftOut]);

document.addEventListener("change", (event) => {
  const box = event.target.closest?.(".chosen");
  if (!box) return;
  const turn = Number(box.dataset.turn);
  if (box.checked) leftOut.delete(turn);
  else leftOut.add(turn);
});

new MutationObserver(() => {
  const boxes = document.querySelectorAll(".chosen");
  if (!boxes.length) leftOut.clear();
  document.body?.classList.toggle("talked", boxes.length > 0);
  for (const box of boxes) box.checked = !leftOut.has(Number(box.dataset.turn));
}).observe(document.documentElement, { childList: true, subtree: true });

function save(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

window.saveFile = (carried) => {
  const { name, kind, data } = JSON.parse(carried);
  const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
  save(name, new Blob([bytes], { type: kind }));
};

// What is folded away would be missing on paper.
const FOLDED = ".citation:not([open]), .nearest:not([open]), .more:not([open])";
window.addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll(FOLDED)) {
    fold.open = true;
    fold.dataset.printed = "";
  }
});
window.addEventListener("afterprint", () => {
  for (const fold of document.querySelectorAll("details[data-printed]")) {
    fold.open = false;
    delete fold.dataset.printed;
  }
});
