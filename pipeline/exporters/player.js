
"use strict";
const body = document.body;
const video = document.querySelector("video");
const panel = document.querySelector(".choose");
const transcript = document.querySelector(".transcript");
const find = document.querySelector(".find input");
const tracks = JSON.parse(document.getElementById("cues").textContent);
const rows = [...document.querySelectorAll("li[data-start]")];
const starts = rows.map((row) => Number(row.dataset.start));
const ends = rows.map((row) => Number(row.dataset.end));
let current = -1, held = 0, follows = true;

// what was chosen before; a browser may keep nothing for a file
function kept(name) { try { return localStorage.getItem("bilect." + name); } catch { return null; } }
function keep(name, value) { try { localStorage.setItem("bilect." + name, value); } catch { /* then not */ } }

// subtitles in the picture: one track of the player's own, so that they are there in full screen too
const captions = video.addTextTrack("subtitles", "bilect", body.dataset.order.slice(0, 2));
captions.mode = "showing";
const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

function shownAt(cues, from, to) {
  return cues.filter(([start, end]) => start < to && end > from).map((cue) => cue[2]).join("\n");
}

function caption() {
  while (captions.cues && captions.cues.length) captions.removeCue(captions.cues[0]);
  const show = body.dataset.show;
  const order = body.dataset.order.split("-").filter((name) => show === "both" || show === name);
  const used = order.map((name) => tracks[name]);
  const times = [...new Set(used.flat().flatMap(([start, end]) => [start, end]))].sort((a, b) => a - b);
  const windows = order.map(() => ({ next: 0, open: [] }));
  for (let place = 0; place + 1 < times.length; place++) {
    const [from, to] = [times[place], times[place + 1]];
    const lines = order.map((name, side) => {
      const state = windows[side];
      while (state.next < used[side].length && used[side][state.next][0] <= from) state.open.push(used[side][state.next++]);
      state.open = state.open.filter((cue) => cue[1] > from);
      const text = shownAt(state.open, from, to);
      return text && `<c.${name}>${escaped(text)}</c>`;
    });
    const text = lines.filter(Boolean).join("\n");
    if (text) captions.addCue(new VTTCue(from / 1000, to / 1000, text));
  }
}

function set(show, order) {
  body.dataset.show = show;
  body.dataset.order = order;
  for (const button of document.querySelectorAll("[data-set]")) button.setAttribute("aria-pressed", button.dataset.set === show);
  keep("show", show);
  keep("order", order);
  caption();
  if (current >= 0) reveal(rows[current]);
}

const swapped = () => set(body.dataset.show, body.dataset.order === "zh-en" ? "en-zh" : "zh-en");

function setFollow(value) {
  follows = value;
  held = 0;
  document.getElementById("follow").setAttribute("aria-pressed", value);
  if (value && current >= 0) reveal(rows[current]);
}

// the transcript
function reveal(row) {
  if (!follows || Date.now() < held || row.hidden) return;
  const box = row.getBoundingClientRect();
  const isColumn = getComputedStyle(transcript).overflowY !== "visible";
  const frame = isColumn ? transcript : document.scrollingElement;
  const top = isColumn ? transcript.getBoundingClientRect().top + 60 : document.querySelector(".stage").getBoundingClientRect().bottom;
  const height = isColumn ? transcript.clientHeight - 60 : innerHeight - top;
  const away = box.top - top - height * 0.25;
  if (box.top >= top && box.bottom <= top + height * 0.8) return;
  frame.scrollBy({ top: away, behavior: Math.abs(away) > height ? "instant" : "auto" });
}

function mark(place) {
  if (place === current) return;
  if (current >= 0) { rows[current].classList.remove("now"); rows[current].removeAttribute("aria-current"); }
  current = place;
  if (place < 0) return;
  rows[place].classList.add("now");
  rows[place].setAttribute("aria-current", "true");
  reveal(rows[place]);
}

function at(time) {
  let low = 0, high = starts.length;
  while (low < high) { const middle = (low + high) >> 1; if (starts[middle] <= time) low = middle + 1; else high = middle; }
  return low - 1;
}

function go(place) {
  if (place < 0 || place >= rows.length) return;
  held = 0;
  if (body.dataset.media === "ready") video.currentTime = starts[place] / 1000 + 0.001;
  mark(place);
}

video.addEventListener("timeupdate", () => {
  const time = video.currentTime * 1000, place = at(time);
  const isOver = place >= 0 && time > Math.max(ends[place], (starts[place + 1] ?? Infinity) - 1) + 2000;
  mark(isOver ? -1 : place);
});

transcript.querySelector("ol").addEventListener("click", (event) => {
  const row = event.target.closest("li[data-start]");
  if (!row || (!event.target.closest("a") && String(getSelection()))) return;
  event.preventDefault();
  go(rows.indexOf(row));
});
for (const kind of ["wheel", "touchmove"]) addEventListener(kind, () => { held = Date.now() + 5000; }, { passive: true });

find.addEventListener("input", () => {
  const wanted = find.value.trim().toLowerCase();
  let count = 0;
  for (const row of rows) {
    row.hidden = wanted !== "" && !row.textContent.toLowerCase().includes(wanted);
    count += !row.hidden;
  }
  for (const title of document.querySelectorAll("li.chapter")) title.hidden = wanted !== "";
  document.querySelector(".find output").textContent = wanted && `${count} / ${rows.length}`;
  if (!wanted && current >= 0) reveal(rows[current]);
});

// the video: beside the page, else chosen
function missing(trouble) {
  body.dataset.media = "none";
  panel.hidden = false;
  document.querySelector(".trouble").textContent = trouble;
}

function ready() {
  body.dataset.media = "ready";
  panel.hidden = true;
  fromAddress();
}

function fromAddress() {
  const found = /^#t=(\d+(?:\.\d+)?)$/.exec(location.hash);
  if (!found) return;
  if (body.dataset.media === "ready") video.currentTime = Number(found[1]);
  mark(at(Number(found[1]) * 1000));
}

function chosen(file) {
  if (!file) return;
  if (video.src) URL.revokeObjectURL(video.src);
  video.src = URL.createObjectURL(file);
  video.load();
}

const last = [...video.querySelectorAll("source")].pop();
video.addEventListener("loadedmetadata", ready);
last.addEventListener("error", () => { if (!video.src) missing(""); });
video.addEventListener("error", () => { if (video.src) missing("此文件无法播放 · This browser cannot play that file"); });
if (video.readyState >= 1) ready();
const looking = setInterval(() => { // the last error may have been told before this script ran
  if (video.networkState === HTMLMediaElement.NETWORK_NO_SOURCE && !video.src) missing("");
  if (video.readyState >= 1 || !panel.hidden) clearInterval(looking);
}, 100);
document.querySelector(".file input").addEventListener("change", (event) => chosen(event.target.files[0]));
addEventListener("dragover", (event) => { event.preventDefault(); body.classList.add("dropping"); });
addEventListener("dragleave", () => body.classList.remove("dropping"));
addEventListener("drop", (event) => { event.preventDefault(); body.classList.remove("dropping"); chosen(event.dataTransfer.files[0]); });
addEventListener("hashchange", fromAddress);

// switches and keys
for (const button of document.querySelectorAll("[data-set]")) {
  button.addEventListener("click", () => set(button.dataset.set, body.dataset.order));
}
document.getElementById("order").addEventListener("click", swapped);
document.getElementById("follow").addEventListener("click", () => setFollow(!follows));

const keys = {
  k: () => { if (video.paused) video.play(); else video.pause(); },
  ArrowLeft: () => { video.currentTime -= 5; },
  ArrowRight: () => { video.currentTime += 5; },
  ArrowUp: () => go(Math.max(0, current - 1)),
  ArrowDown: () => go(current + 1),
  1: () => set("zh", body.dataset.order),
  2: () => set("en", body.dataset.order),
  3: () => set("both", body.dataset.order),
  o: swapped,
  f: () => setFollow(!follows),
  "/": () => find.focus(),
};
keys[" "] = keys.k;
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target === find) { if (event.key === "Escape") find.blur(); return; }
  const isButton = event.target.closest("button, summary, a, label, input");
  if (event.target === video || (isButton && [" ", "Enter"].includes(event.key))) return;
  const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

const shows = ["zh", "en", "both"], orders = ["zh-en", "en-zh"];
const before = [kept("show"), kept("order")];
set(shows.includes(before[0]) ? before[0] : "both", orders.includes(before[1]) ? before[1] : body.dataset.order);
fromAddress();
