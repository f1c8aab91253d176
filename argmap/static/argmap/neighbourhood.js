// Draws what a form holds while it is typed. Each look that a newer one overtakes is given up; where
// one fails, the drawing before it stays, and a line says so.
"use strict";

const PAUSE = 350; // milliseconds without a key: a short pause of someone who types

for (const around of document.querySelectorAll("[data-neighbourhood]")) {
  const form = around.closest("form");
  const names = around.dataset.fields.split(" ");
  const picture = around.querySelector("[data-picture]");
  const said = around.querySelector("[data-said]");
  const note = around.querySelector("[data-note]");
  let timer, request, shown;

  const held = () => {
    const all = new FormData(form);
    const kept = new URLSearchParams();
    for (const name of names) for (const value of all.getAll(name)) kept.append(name, value);
    return kept.toString();
  };

  const look = async (body) => {
    request?.abort();
    request = new AbortController();
    const { signal } = request;
    const token = form.elements.csrfmiddlewaretoken.value;
    try {
      const answer = await fetch(around.dataset.neighbourhood, {
        method: "POST",
        body,
        headers: { "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": token },
        signal,
      });
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      show(await answer.json());
    } catch (error) {
      if (error.name === "AbortError") return;
      shown = "";
      note.textContent = "The drawing is not up to date: the server did not answer as it should.";
    }
  };

  const show = (found) => {
    note.textContent = found.note;
    if (found.said) said.textContent = found.said;
    if (!found.svg) return;
    const parsed = new DOMParser().parseFromString(found.svg, "text/html");
    picture.replaceChildren(...parsed.body.children);
    picture.hidden = false;
  };

  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const body = held();
      if (body === shown) return;
      shown = body;
      look(body);
    }, PAUSE);
  };

  shown = held();
  // By jQuery: the fields that find elements tell of their changes to no one else.
  django.jQuery(form).on("input change", changed);
}
