// What the map page asked for and did not get. It stays as it is, with all that is typed in it, and
// says why; of what is not there any more it says that, each part in its own way.
import { reasonOf, shout, wayBack } from "./shout.js";
import { typedIn } from "./steady.js";

const KIND = "missed";
const TYPED = "#draft, #panel, [data-talk]";

// Whether to ask once more may bring it.
function mayCome(status) {
  return !status || status === 401 || status >= 500;
}

export function startMissed(stage, panel, views) {
  const { canvas } = stage;

  function tell({ requestConfig, target, pathInfo, xhr }) {
    const { status } = xhr;
    const isGone = status === 404;
    const key = stage.keyIn(pathInfo.requestPath);
    if (requestConfig.verb !== "get") return;
    if (isGone && key && target === panel.element) panel.clear(key);
    else if (isGone && target === canvas && views.leave(pathInfo.requestPath)) views.redraw();
    else say(status, target === canvas && pathInfo.requestPath);
  }

  document.addEventListener("htmx:responseError", ({ detail }) => tell(detail));
  document.addEventListener("htmx:sendError", ({ detail }) => tell(detail));
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.successful) document.querySelector(`#toast .${KIND}`)?.remove();
  });
}

function say(status, page) {
  const isTyped = [...document.querySelectorAll(TYPED)].some((part) => typedIn(part).length);
  // Why the map itself is not to be had the whole page tells.
  if (page && !mayCome(status) && !isTyped) return location.assign(page);
  const kept = isTyped ? " What you typed is still here." : "";
  return shout(`${reasonOf(status, "This did not come")}.${kept}`, wayBack(status), KIND);
}
