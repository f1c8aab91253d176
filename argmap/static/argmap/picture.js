// A drawing grows from its conclusion, which stands half-way down: a look at it begins there.
"use strict";

for (const picture of document.querySelectorAll(".picture[data-start]")) {
  const start = document.getElementById(`n-${picture.dataset.start}`);
  if (start) {
    const box = start.getBoundingClientRect();
    const frame = picture.getBoundingClientRect();
    picture.scrollTop += box.y + box.height / 2 - frame.y - frame.height / 2;
    picture.scrollLeft += box.x - frame.x - 16;
  }
}
