// Narrows what is found while somebody types. Without this file they press Search.

const PAUSE = 250;

for (const form of document.querySelectorAll("form[data-narrow]")) {
  const target = form.dataset.narrow;
  let wait, asked;

  form.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(narrow, PAUSE);
  });

  async function narrow() {
    asked?.abort();
    asked = new AbortController();
    const address = `${location.pathname}?${new URLSearchParams(new FormData(form))}`;
    try {
      const answer = await fetch(address, { signal: asked.signal });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      document.querySelector(target).replaceWith(page.querySelector(target));
      history.replaceState(null, "", address);
    } catch {
      // A newer question came first, or the network is away: what is there stays.
    }
  }
}
