"use strict";
const cards = [...document.querySelectorAll("details.pd")];
const texts = cards.map((card) => (card.closest("article").querySelector("h3").textContent + " " + card.textContent).toLowerCase());
const byId = (id) => document.getElementById(id);
const search = byId("search"), kind = byId("kind"), section = byId("section");
const fold = byId("fold"), count = byId("count"), clear = byId("clear"), contents = byId("contents");
const whole = count.textContent;

function fits(card, text, words) {
  return words.every((word) => text.includes(word))
    && (!kind.value || card.dataset.kind === kind.value)
    && (!section.value || card.closest("section").id === section.value);
}

function find() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  cards.forEach((card, index) => {
    card.hidden = !fits(card, texts[index], words);
    shown += !card.hidden;
  });
  for (const part of document.querySelectorAll("main section, main article")) {
    part.hidden = !part.querySelector("details.pd:not([hidden])");
  }
  for (const link of contents.querySelectorAll("a")) {
    const part = byId(link.hash.slice(1));
    link.parentElement.hidden = part.hidden;
    const number = link.parentElement.querySelector("span");
    if (number) { number.textContent = part.querySelectorAll("details.pd:not([hidden])").length; }
  }
  const some = Boolean(words.length || kind.value || section.value);
  byId("none").hidden = shown > 0;
  clear.hidden = !some;
  count.textContent = some ? shown + " of " + whole : whole;
}

function unfold(open) {
  cards.forEach((card) => { card.open = open; });
  fold.setAttribute("aria-pressed", open);
  fold.textContent = open ? "Hide all answers" : "Show all answers";
}

function showAll() {
  search.value = kind.value = section.value = "";
  find();
}

search.addEventListener("input", find);
kind.addEventListener("change", find);
section.addEventListener("change", find);
clear.addEventListener("click", () => { showAll(); search.focus(); });
search.form.addEventListener("submit", (event) => event.preventDefault());
fold.addEventListener("click", () => unfold(fold.getAttribute("aria-pressed") !== "true"));
// Beside the cards there is room for the contents; above them they would push the first card away.
if (matchMedia("(min-width: 64rem)").matches) { contents.open = true; }
// A link from elsewhere opens the card it points to, whatever was searched for.
function openTarget() {
  const card = byId(location.hash.slice(1));
  if (!card || !cards.includes(card)) { return; }
  if (card.hidden) { showAll(); }
  card.open = true;
}
addEventListener("hashchange", openTarget);
find();
openTarget();
// On paper every answer is open, and afterwards each is as it was.
let before = [];
addEventListener("beforeprint", () => { before = cards.map((card) => card.open); cards.forEach((card) => { card.open = true; }); });
addEventListener("afterprint", () => cards.forEach((card, index) => { card.open = before[index]; }));
