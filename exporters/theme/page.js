"use strict";
const cards = [...document.querySelectorAll("details.pd")];
const texts = cards.map((card) => card.textContent.toLowerCase());
const search = document.getElementById("search");
const fold = document.getElementById("fold");
const count = document.getElementById("count");
const whole = count.textContent;

function find() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  cards.forEach((card, index) => {
    card.hidden = !words.every((word) => texts[index].includes(word));
    shown += !card.hidden;
  });
  for (const section of document.querySelectorAll("section")) {
    section.hidden = !section.querySelector("details.pd:not([hidden])");
  }
  document.getElementById("none").hidden = shown > 0;
  count.textContent = words.length ? shown + " of " + whole : whole;
}

function unfold(open) {
  cards.forEach((card) => { card.open = open; });
  fold.setAttribute("aria-pressed", open);
  fold.textContent = open ? "Hide all answers" : "Show all answers";
}

search.addEventListener("input", find);
search.form.addEventListener("submit", (event) => event.preventDefault());
fold.addEventListener("click", () => unfold(fold.getAttribute("aria-pressed") !== "true"));
// A link from elsewhere opens the card it points to.
function openTarget() {
  const card = document.getElementById(location.hash.slice(1));
  if (card && cards.includes(card)) { card.open = true; }
}
addEventListener("hashchange", openTarget);
openTarget();
// On paper every answer is open, and afterwards each is as it was.
let before = [];
addEventListener("beforeprint", () => { before = cards.map((card) => card.open); cards.forEach((card) => { card.open = true; }); });
addEventListener("afterprint", () => cards.forEach((card, index) => { card.open = before[index]; }));
