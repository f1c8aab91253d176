// What others do meanwhile: asked again and again, so that it is seen within three seconds. That
// costs the server next to nothing while nothing happens.
import { renew } from "./steady.js";

const MILLISECONDS = 1500;

function listed(names) {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

export class Live {
  constructor(stage, views, draft) {
    this.stage = stage;
    this.views = views;
    this.draft = draft;
    this.address = document.querySelector("[data-live]").dataset.live;
    this.here = document.querySelector("[data-here]");
    this.toast = document.getElementById("toast");
    this.talk = document.querySelector("[data-talk]");
    this.tag = "";
    // Up to where others' changes were told; the drawing may be further, where an edit of this page
    // brought along what they did.
    this.told = this.drawn;
    this.waiting = [];
  }

  start() {
    this.go();
    // Whoever was signed out comes back from signing in, or sends something with success.
    document.addEventListener("visibilitychange", () => {
      this.go();
      this.ask();
    });
    document.addEventListener("htmx:afterOnLoad", () => this.go());
    window.addEventListener("focus", () => this.go());
    // A redrawing that had to wait until someone had typed a statement.
    this.stage.canvas.addEventListener("drawn", () => this.catchUp());
  }

  go() {
    if (this.timer) return;
    this.timer = setInterval(() => this.ask(), MILLISECONDS);
    this.ask();
  }

  get drawn() {
    return Number(this.stage.canvas.dataset.activity);
  }

  // An edit is under way: its answer brings the drawing and says what was done, which must not be
  // wiped away by what is asked meanwhile.
  get isEditing() {
    return document.querySelector(".htmx-request") !== null;
  }

  async ask() {
    if (document.hidden || this.asking || this.isEditing) return;
    this.asking = true;
    try {
      await this.asked();
    } catch {
      // The server cannot be reached just now; the next time it may.
    } finally {
      this.asking = false;
    }
  }

  async asked() {
    const headers = this.tag ? { "If-None-Match": this.tag } : {};
    // Whoever is led away to sign in has lost their session.
    const way = { headers, cache: "no-store", redirect: "manual" };
    const answer = await fetch(`${this.address}?since=${this.told}`, way);
    if (!answer.ok && answer.status !== 304) {
      this.stop(answer.status);
      return;
    }
    this.toast.querySelector(".signed-out")?.remove(); // back from signing in
    if (!this.draft?.isOpen) await this.views.catchUp();
    if (answer.status === 304) return;
    const { activity, here, news } = await answer.json();
    if (this.isEditing) return;
    this.tag = answer.headers.get("ETag") ?? "";
    this.here.hidden = !here.length;
    this.here.textContent = here.length ? `Also here: ${listed(here)}` : "";
    this.told = activity;
    // What this page did itself meanwhile is drawn already.
    if (news.length || activity > this.drawn) await this.tell(news);
  }

  async tell(news) {
    this.waiting.push(...news);
    if (this.draft?.isOpen) this.say(news);
    else await this.views.follow();
    await renew(this.talk, this.talk.dataset.talk);
  }

  catchUp() {
    if (!this.waiting.length || this.draft?.isOpen) return;
    const news = this.waiting.splice(0);
    this.say(news);
    this.stage.flash(news.flatMap(({ keys }) => keys));
  }

  say(news) {
    const lines = news.slice(-3).map(({ who, said }) => {
      const line = document.createElement("p");
      line.textContent = `${who} ${said}`;
      return line;
    });
    if (lines.length) this.toast.replaceChildren(...lines);
  }

  stop(status) {
    if (status >= 500) return;
    clearInterval(this.timer);
    this.timer = null;
    if (this.toast.querySelector(".signed-out")) return; // said of what was sent, and with a link
    const line = document.createElement("p");
    line.className = "warning signed-out";
    line.textContent = "You no longer see what others change: sign in again, or reload the page.";
    this.toast.replaceChildren(line);
  }
}
