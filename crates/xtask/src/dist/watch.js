// The script of `serve --watch`: gives the app its notes, and reloads the page at the same place
// when others are there. No other build has it.
(() => {
  const scope = new URL(".", document.baseURI).pathname;
  const place = "quire-watch";
  const askEachMs = 250;
  let shown; // The version that this page has.
  let told = "";

  globalThis.quireDecks = async () => {
    const answer = await fetch("decks.bin");
    shown = answer.headers.get("quire-version");
    return new Uint8Array(await answer.arrayBuffer());
  };

  addEventListener("quire:started", () => requestAnimationFrame(comeBack), { once: true });
  ask();

  async function ask() {
    // While the server is away, the page stays as it is.
    const news = await fetch("watch.json").then((answer) => answer.json()).catch(() => undefined);
    if (news && shown && news.version !== shown) return leave(news);
    if (news) tell(news);
    setTimeout(ask, askEachMs);
  }

  function leave({ renamed, removed }) {
    for (const name of ["draft", "plan"]) {
      const key = `quire:${scope}:${name}`;
      const text = localStorage.getItem(key);
      if (text) localStorage.setItem(key, text.replace(/[0-9a-z-]+/g, (id) => renamed[id] ?? id));
    }
    sessionStorage.setItem(place, String(scrollY));
    const id = location.pathname.slice(scope.length).replace(/^cards\//, "");
    const next = renamed[id] ?? removed[id];
    if (next) history.replaceState(null, "", `${scope}cards/${next}`);
    location.reload();
  }

  function comeBack() {
    const top = Number(sessionStorage.getItem(place));
    sessionStorage.removeItem(place);
    if (top) scrollTo(0, top);
  }

  function tell({ problems, failure }) {
    const news = JSON.stringify([problems, failure]);
    if (news === told) return;
    told = news;
    document.querySelector(".watch")?.remove();
    const errors = problems.filter((problem) => problem.severity === "error").length;
    if (problems.length === 0 && !failure) return;
    const box = make("details", "watch");
    box.setAttribute("role", "status");
    box.open = errors > 0 || failure !== null;
    box.append(make("summary", "watch-summary", summary(errors, problems.length - errors, failure)));
    if (failure) box.append(make("p", "watch-failure", `${failure}: see the terminal.`));
    box.append(...problems.map(shownProblem));
    document.body.append(style(), box);
  }

  function summary(errors, warnings, failure) {
    const count = (number, word) => (number === 0 ? [] : [`${number} ${word}${number === 1 ? "" : "s"}`]);
    const found = [...count(errors, "error"), ...count(warnings, "warning")].join(", ");
    if (failure) return "The app could not be built";
    return errors > 0 ? `${found}: the cards are as they were before` : `${found} in the notes`;
  }

  function shownProblem({ severity, code, path, line, column, message, hint }) {
    const shown = make("div", `watch-problem watch-${severity}`);
    shown.append(
      make("code", "watch-place", `${path}:${line}:${column}`),
      make("p", "watch-message", `${severity}[${code}]: ${message}`),
      make("p", "watch-hint", hint),
    );
    return shown;
  }

  function style() {
    const link = document.querySelector(".watch-style") ?? make("link", "watch-style");
    link.rel = "stylesheet";
    link.href = "watch.css";
    return link;
  }

  function make(name, className, text = "") {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    return made;
  }
})();
