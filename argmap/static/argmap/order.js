// Lets several that were chosen be put in another order: each has a line below the list, with
// buttons that move it. The list sends them in the order of its options.
"use strict";

django.jQuery(function ($) {
  const chosen = (select) => [...select.options].filter((option) => option.selected);

  const button = (sign, label, move, enabled) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = sign;
    made.setAttribute("aria-label", label);
    made.dataset.move = move;
    made.disabled = !enabled;
    return made;
  };

  const line = (option, place, count) => {
    const made = document.createElement("li");
    const key = option.value;
    made.dataset.key = key;
    made.append(
      button("↑", `Move ${key} up`, "up", place > 0),
      button("↓", `Move ${key} down`, "down", place < count - 1),
      option.textContent,
    );
    return made;
  };

  const show = (select, list) => {
    const options = chosen(select);
    list.hidden = options.length < 2;
    list.replaceChildren(...options.map((option, place) => line(option, place, options.length)));
  };

  const move = (select, list, pressed) => {
    const { key } = pressed.closest("li").dataset;
    const options = chosen(select);
    const place = options.findIndex((option) => option.value === key);
    if (pressed.dataset.move === "up") options[place - 1].before(options[place]);
    else options[place + 1].after(options[place]);
    $(select).trigger("change");
    const moved = [...list.children].find((each) => each.dataset.key === key);
    const again = moved.querySelector(`[data-move=${pressed.dataset.move}]`);
    (again.disabled ? moved.querySelector("button:enabled") : again).focus();
  };

  for (const select of document.querySelectorAll("select.in-order")) {
    const list = document.createElement("ol");
    list.className = "order";
    list.setAttribute("aria-label", "Their order");
    select.parentElement.append(list);
    $(select).on("change", () => show(select, list));
    list.addEventListener("click", (event) => {
      const pressed = event.target.closest("button");
      if (pressed) move(select, list, pressed);
    });
    show(select, list);
  }
});
